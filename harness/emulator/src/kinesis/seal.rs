//! Opaque tokens: shard iterators and page tokens, which only the service that gave them can read.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rand::Rng;
use tributary_vocabulary::{Seed, Timestamp, stable_hash};

/// What every token of the service begins with.
const PREFIX: [u8; 8] = [0, 0, 0, 0, 0, 0, 0, 1];

/// Seals fields into a token, and opens what it sealed.
///
/// The contents are hidden by a stream of the service's seed and guarded by a hash: enough that
/// nobody builds on them, or mistypes them unseen. No protection against an adversary is meant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seal {
    seed: Seed,
}

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// When it was given.
    pub(crate) issued: Timestamp,
    /// The ARN of the stream that it belongs to, or another subject.
    pub(crate) subject: String,
    /// The index of the shard.
    pub(crate) shard: u32,
    /// The place within it.
    pub(crate) place: u64,
}

impl Seal {
    pub(crate) fn new(seed: Seed) -> Self {
        Self { seed }
    }

    /// The token of these fields, for use as `kind`.
    pub(crate) fn close(self, kind: &str, token: &Token) -> String {
        let mut body = Vec::with_capacity(20 + token.subject.len());
        body.extend(token.issued.ms().to_be_bytes());
        body.extend(token.shard.to_be_bytes());
        body.extend(token.place.to_be_bytes());
        body.extend(token.subject.as_bytes());
        let guard = self.guard(kind, &body);
        self.mask(guard, &mut body);
        STANDARD.encode([&PREFIX[..], &guard.to_be_bytes(), &body].concat())
    }

    /// The fields of a token that was given as `kind`; `None` when it was not.
    pub(crate) fn open(self, kind: &str, text: &str) -> Option<Token> {
        let bytes = STANDARD.decode(text).ok()?;
        let (guard, body) = bytes.strip_prefix(&PREFIX)?.split_first_chunk::<8>()?;
        let guard = u64::from_be_bytes(*guard);
        let mut body = body.to_vec();
        self.mask(guard, &mut body);
        if self.guard(kind, &body) != guard {
            return None;
        }
        let (issued, rest) = body.split_first_chunk::<8>()?;
        let (shard, rest) = rest.split_first_chunk::<4>()?;
        let (place, subject) = rest.split_first_chunk::<8>()?;
        Some(Token {
            issued: Timestamp::from_ms(i64::from_be_bytes(*issued)),
            subject: String::from_utf8(subject.to_vec()).ok()?,
            shard: u32::from_be_bytes(*shard),
            place: u64::from_be_bytes(*place),
        })
    }

    fn guard(self, kind: &str, body: &[u8]) -> u64 {
        stable_hash(&[&self.seed.child(kind).number().to_be_bytes()[..], body].concat())
    }

    fn mask(self, guard: u64, body: &mut [u8]) {
        let mut stream = self.seed.numbered(guard).stream();
        let mut mask = vec![0; body.len()];
        stream.fill_bytes(&mut mask);
        for (byte, mask) in body.iter_mut().zip(mask) {
            *byte ^= mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_only_what_it_sealed() {
        let seal = Seal::new(Seed::new(7));
        let token = Token {
            issued: Timestamp::DEFAULT_EPOCH,
            subject: format!("arn:aws:kinesis:us-west-2:222222222222:stream/{}", "n".repeat(128)),
            shard: 3,
            place: 9,
        };
        let text = seal.close("iterator", &token);
        assert!(text.starts_with("AAAAAAAAAA") && text.len() <= 512, "{text}");
        assert_eq!(seal.open("iterator", &text), Some(token));
        assert_eq!(seal.open("page", &text), None);
        assert_eq!(Seal::new(Seed::new(8)).open("iterator", &text), None);
        for garbage in ["", "AAAA", "not base64!", &text[4..], &text.replace('A', "B")] {
            assert_eq!(seal.open("iterator", garbage), None, "{garbage}");
        }
    }
}
