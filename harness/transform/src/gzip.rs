//! Gzip, as CloudWatch Logs makes it and a transform reads it.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;

/// The most that a record is inflated to. A Kinesis record holds 1 MiB, which gzip can make a
/// thousand times as much; no envelope that CloudWatch Logs writes comes near this.
pub const INFLATED_MAX_BYTES: u64 = 128 * 1024 * 1024;

/// Inflates all gzip members; `None` when the bytes are no gzip or inflate to over 128 MiB.
#[must_use]
pub fn inflate(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len().saturating_mul(8));
    let read =
        MultiGzDecoder::new(bytes).take(INFLATED_MAX_BYTES + 1).read_to_end(&mut out).ok()?;
    (read as u64 <= INFLATED_MAX_BYTES).then_some(out)
}

/// One gzip member of these bytes, at a level that is quick.
#[must_use]
pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4 + 64), Compression::fast());
    // Writing to a Vec cannot fail; an empty result would be found out by whoever inflates it.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_member_and_refuses_what_is_no_gzip() {
        let mut two = deflate(b"one ");
        two.extend(deflate(b"two"));
        assert_eq!(inflate(&two).as_deref(), Some(&b"one two"[..]));
        assert_eq!(inflate(b"plain text"), None);
        assert_eq!(inflate(&deflate(b"cut off in the middle")[..20]), None);
        assert_eq!(inflate(b""), None);
    }
}
