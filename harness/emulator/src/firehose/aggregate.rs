//! Records that a producer library aggregated (firehose reference, §3): split before all else.
//!
//! The form: four magic bytes, a protobuf message, and its MD5. The message has a table of
//! partition keys (field 1), one of explicit hash keys (field 2), and records (field 3), each with
//! the index of its partition key (field 1) and its data (field 3).

use std::sync::Arc;

use bytes::Bytes;
use md5::{Digest, Md5};

const MAGIC: [u8; 4] = [0xf3, 0x89, 0x9a, 0xc2];
const DIGEST_BYTES: usize = 16;

/// The parts of an aggregated record, each with its partition key; `None` when it is not one.
#[must_use]
pub fn split(record: &Bytes) -> Option<Vec<(Arc<str>, Bytes)>> {
    let rest = record.strip_prefix(&MAGIC)?;
    let end = rest.len().checked_sub(DIGEST_BYTES)?;
    let (message, digest) = rest.split_at(end);
    if Md5::digest(message).as_slice() != digest {
        return None;
    }
    let mut keys: Vec<Arc<str>> = Vec::new();
    let mut parts: Vec<(usize, &[u8])> = Vec::new();
    let mut fields = Fields(message);
    while let Some((number, field)) = fields.next()? {
        match (number, field) {
            (1, Field::Bytes(key)) => keys.push(Arc::from(std::str::from_utf8(key).ok()?)),
            (3, Field::Bytes(part)) => parts.push(part_of(part)?),
            _ => {}
        }
    }
    parts
        .into_iter()
        .map(|(key, data)| Some((keys.get(key)?.clone(), record.slice_ref(data))))
        .collect()
}

fn part_of(message: &[u8]) -> Option<(usize, &[u8])> {
    let (mut key, mut data): (usize, &[u8]) = (0, &[]);
    let mut fields = Fields(message);
    while let Some((number, field)) = fields.next()? {
        match (number, field) {
            (1, Field::Number(index)) => key = usize::try_from(index).ok()?,
            (3, Field::Bytes(bytes)) => data = bytes,
            _ => {}
        }
    }
    Some((key, data))
}

/// The value of a protobuf field.
enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

/// Reads the fields of a protobuf message, one after another.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    /// The next field; nothing at the end; `None` when it is no message.
    #[expect(clippy::option_option, reason = "the end and a fault are two things")]
    fn next(&mut self) -> Option<Option<(u64, Field<'a>)>> {
        if self.0.is_empty() {
            return Some(None);
        }
        let tag = self.varint()?;
        let field = match tag & 7 {
            0 => Field::Number(self.varint()?),
            2 => {
                let length = usize::try_from(self.varint()?).ok()?;
                let (bytes, rest) = self.0.split_at_checked(length)?;
                self.0 = rest;
                Field::Bytes(bytes)
            }
            _ => return None,
        };
        Some(Some((tag >> 3, field)))
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
        let length = u8::try_from(bytes.len()).expect("short");
        [&[(number << 3) | 2, length][..], bytes].concat()
    }

    fn aggregated(message: &[u8]) -> Bytes {
        let digest = Md5::digest(message);
        Bytes::from([&MAGIC[..], message, digest.as_slice()].concat())
    }

    #[test]
    fn splits_what_a_producer_aggregated() {
        let part = |key: u8, data: &[u8]| field(3, &[&[8, key][..], &field(3, data)].concat());
        let message =
            [field(1, b"a"), field(1, b"b"), part(1, b"one"), part(0, b""), part(1, b"two")];
        let parts = split(&aggregated(&message.concat())).expect("aggregated");
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(key, data)| (&**key, &**data)).collect();
        assert_eq!(parts, [("b", &b"one"[..]), ("a", b""), ("b", b"two")]);
    }

    #[test]
    fn leaves_everything_else_alone() {
        assert!(split(&Bytes::from_static(b"")).is_none());
        assert!(split(&Bytes::from_static(b"{\"a\":1}")).is_none());
        assert!(split(&Bytes::copy_from_slice(&MAGIC)).is_none());
        let message = field(3, &[8, 9]);
        assert!(split(&aggregated(&message)).is_none(), "no such partition key");
        let mut broken = aggregated(&field(1, b"a")).to_vec();
        broken[5] ^= 1;
        assert!(split(&Bytes::from(broken)).is_none(), "the digest differs");
    }
}
