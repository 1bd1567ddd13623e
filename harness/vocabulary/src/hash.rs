//! A hash that never changes.

/// A 64-bit hash of `bytes` that is the same on every platform and in every release.
///
/// Not for adversaries: it identifies synthetic events and seeds child streams.
#[must_use]
pub fn stable_hash(bytes: &[u8]) -> u64 {
    const MULTIPLY: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut state = MULTIPLY ^ (bytes.len() as u64);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0_u8; 8];
        word.copy_from_slice(chunk);
        state = fold(state ^ u64::from_le_bytes(word), MULTIPLY);
    }
    let rest = chunks.remainder();
    let mut word = [0_u8; 8];
    word[..rest.len()].copy_from_slice(rest);
    fold(fold(state ^ u64::from_le_bytes(word), MULTIPLY), 0xd6e8_feb8_6659_fd93)
}

/// The two halves of the 128-bit product, folded together.
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a ^ 0x2545_f491_4f6c_dd1d) * u128::from(b);
    #[expect(clippy::cast_possible_truncation, reason = "the two halves are wanted")]
    {
        (product as u64) ^ ((product >> 64) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn differs_for_near_inputs_and_never_changes() {
        let mut seen = BTreeSet::new();
        for n in 0..100_000_u32 {
            seen.insert(stable_hash(format!("10.0.0.1 10.0.0.2 {n} 443").as_bytes()));
        }
        assert_eq!(seen.len(), 100_000);
        assert_ne!(stable_hash(b""), stable_hash(b"\0"));
        assert_ne!(stable_hash(b"12345678"), stable_hash(b"12345678\0"));
    }
}
