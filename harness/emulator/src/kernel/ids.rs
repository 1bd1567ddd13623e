//! Ids that AWS makes up: request ids, GUIDs, keys; here from a seeded stream.

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use tributary_vocabulary::Seed;

/// A source of made-up ids.
#[derive(Debug, Clone)]
pub struct Ids {
    stream: ChaCha8Rng,
}

impl Ids {
    /// Ids from this seed.
    #[must_use]
    pub fn new(seed: Seed) -> Self {
        Self { stream: seed.stream() }
    }

    /// The next 64 random bits.
    pub fn number(&mut self) -> u64 {
        self.stream.next_u64()
    }

    /// A number from `low` to `high`, both included; `low` when they cross.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high.saturating_sub(low)).unwrap_or(0).saturating_add(1);
        low.saturating_add(i64::try_from(self.number() % span).unwrap_or(0))
    }

    /// A UUID of version 4, lower case, such as `0f8fad5b-d9cb-469f-a165-70867728950e`.
    pub fn uuid(&mut self) -> String {
        let high = (self.number() & 0xffff_ffff_ffff_0fff) | 0x4000;
        let low = (self.number() & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000;
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xffff,
            low >> 48,
            low & 0xffff_ffff_ffff
        )
    }

    /// `length` characters of `alphabet` (at most 256 of them; an empty alphabet gives nothing).
    pub fn text(&mut self, alphabet: &[u8], length: usize) -> String {
        if alphabet.is_empty() {
            return String::new();
        }
        let size = alphabet.len() as u64;
        (0..length)
            .map(|_| char::from(alphabet[usize::try_from(self.number() % size).unwrap_or(0)]))
            .collect()
    }

    /// `length` characters of A–Z and 0–9.
    pub fn upper(&mut self, length: usize) -> String {
        self.text(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_has_its_version_and_variant() {
        let mut ids = Ids::new(Seed::new(1));
        for _ in 0..100 {
            let uuid = ids.uuid();
            assert_eq!(uuid.len(), 36);
            assert_eq!(uuid.as_bytes()[14], b'4', "{uuid}");
            assert!(matches!(uuid.as_bytes()[19], b'8' | b'9' | b'a' | b'b'), "{uuid}");
        }
        assert!((0..1000).all(|_| (-3..=4).contains(&ids.between(-3, 4))));
    }
}
