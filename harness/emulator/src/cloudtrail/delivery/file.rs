//! A log file while it is filled.

use bytes::Bytes;
use flate2::{Compress, Compression, FlushCompress, Status};
use sha2::{Digest, Sha256};
use tributary_vocabulary::Timestamp;

use crate::cloudtrail::signing::hex;

/// How much text a file gathers before it is compressed: large enough for the window of deflate,
/// small enough that hundreds of files may be open at once.
const CHUNK_BYTES: usize = 64 * 1024;
/// The header of gzip without a time or a name.
const HEADER: [u8; 10] = [0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0xff];
const OPENING: &str = "{\"Records\":[";
const CLOSING: &str = "]}";

/// The one compressor of all files: its state is far larger than what a file waits with.
#[derive(Debug, Default)]
pub(in crate::cloudtrail) struct Packer {
    deflate: Option<(u32, Compress)>,
}

impl Packer {
    /// Appends the deflated form of a chunk that ends on a byte, and may be followed by another.
    fn pack(&mut self, level: u32, plain: &[u8], out: &mut Vec<u8>, last: bool) {
        let level = level.min(9);
        if self.deflate.as_ref().is_none_or(|(made_with, _)| *made_with != level) {
            self.deflate = Some((level, Compress::new(Compression::new(level), false)));
        }
        let Some((_, deflate)) = &mut self.deflate else { return };
        deflate.reset();
        let flush = if last { FlushCompress::Finish } else { FlushCompress::Sync };
        out.reserve(plain.len() / 4 + 64);
        loop {
            let read = usize::try_from(deflate.total_in()).unwrap_or(usize::MAX);
            let rest = plain.get(read..).unwrap_or_default();
            match deflate.compress_vec(rest, out, flush) {
                Ok(Status::StreamEnd) | Err(_) => break,
                // A sync flush is whole when it leaves room in the output.
                Ok(_) if !last && out.len() < out.capacity() => break,
                Ok(Status::Ok | Status::BufError) => out.reserve(plain.len() / 4 + 64),
            }
        }
    }
}

/// A log file while it is filled: `{"Records":[…]}` on one line, compressed piece by piece.
#[derive(Debug)]
pub(in crate::cloudtrail) struct LogFile {
    waiting: Vec<u8>,
    packed: Vec<u8>,
    crc: crc32fast::Hasher,
    hash: Sha256,
    size: u64,
    records: u64,
    oldest: Timestamp,
    newest: Timestamp,
}

/// A log file that is ready to be written.
#[derive(Debug)]
pub(super) struct Packed {
    /// Its gzip form.
    pub(super) body: Bytes,
    /// The SHA-256 of its text, in hexadecimal digits.
    pub(super) hash: String,
    pub(super) records: u64,
    pub(super) oldest: Timestamp,
    pub(super) newest: Timestamp,
}

impl LogFile {
    /// A file without records; the first is of this time.
    pub(super) fn new(at: Timestamp) -> Self {
        Self {
            waiting: OPENING.as_bytes().to_vec(),
            packed: HEADER.to_vec(),
            crc: crc32fast::Hasher::new(),
            hash: Sha256::new(),
            size: 0,
            records: 0,
            oldest: at,
            newest: at,
        }
    }

    /// How many records are in it.
    pub(in crate::cloudtrail) fn records(&self) -> u64 {
        self.records
    }

    /// The bytes of its compressed part.
    pub(super) fn packed_bytes(&self) -> usize {
        self.packed.len()
    }

    /// Adds a record.
    pub(super) fn push(&mut self, packer: &mut Packer, level: u32, at: Timestamp, record: &str) {
        if self.records > 0 {
            self.waiting.push(b',');
        }
        self.waiting.extend_from_slice(record.as_bytes());
        self.records += 1;
        self.oldest = self.oldest.min(at);
        self.newest = self.newest.max(at);
        if self.waiting.len() >= CHUNK_BYTES {
            self.pack(packer, level, false);
        }
    }

    /// Closes the file.
    pub(super) fn finish(mut self, packer: &mut Packer, level: u32) -> Packed {
        self.waiting.extend_from_slice(CLOSING.as_bytes());
        self.pack(packer, level, true);
        self.packed.extend_from_slice(&self.crc.clone().finalize().to_le_bytes());
        // The format wants the length modulo 2^32.
        let length = u32::try_from(self.size & 0xffff_ffff).unwrap_or(0);
        self.packed.extend_from_slice(&length.to_le_bytes());
        self.packed.shrink_to_fit();
        Packed {
            body: Bytes::from(self.packed),
            hash: hex(&self.hash.finalize()),
            records: self.records,
            oldest: self.oldest,
            newest: self.newest,
        }
    }

    fn pack(&mut self, packer: &mut Packer, level: u32, last: bool) {
        self.crc.update(&self.waiting);
        self.hash.update(&self.waiting);
        self.size += self.waiting.len() as u64;
        packer.pack(level, &self.waiting, &mut self.packed, last);
        self.waiting.clear();
    }
}

/// The gzip form of a short text, and the SHA-256 of the text.
pub(super) fn pack_text(packer: &mut Packer, level: u32, text: &str) -> (Bytes, String) {
    let mut packed = HEADER.to_vec();
    packer.pack(level, text.as_bytes(), &mut packed, true);
    packed.extend_from_slice(&crc32fast::hash(text.as_bytes()).to_le_bytes());
    packed.extend_from_slice(&u32::try_from(text.len()).unwrap_or(0).to_le_bytes());
    (Bytes::from(packed), hex(&Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use proptest::prelude::*;

    use super::*;

    fn unpack(body: &[u8]) -> String {
        let mut text = String::new();
        flate2::read::GzDecoder::new(body).read_to_string(&mut text).expect("gzip of text");
        text
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn a_file_reads_as_its_records(
            seeds in prop::collection::vec((any::<u64>(), 1_usize..20_000), 1..30),
            level in 0_u32..10,
        ) {
            let mut packer = Packer::default();
            let records: Vec<String> = seeds
                .iter()
                .map(|(seed, size)| {
                    let number = |n: usize| seed.wrapping_mul(n as u64 + 1) >> 40;
                    let text: String = (0..*size / 8).map(|n| number(n).to_string()).collect();
                    format!("\"{text}\"")
                })
                .collect();
            let mut file = LogFile::new(Timestamp::from_ms(5));
            for (n, record) in records.iter().enumerate() {
                file.push(&mut packer, level, Timestamp::from_ms(n as i64), record);
            }
            let packed = file.finish(&mut packer, level);
            let text = unpack(&packed.body);
            prop_assert_eq!(&text, &format!("{{\"Records\":[{}]}}", records.join(",")));
            prop_assert_eq!(packed.hash, hex(&Sha256::digest(&text)));
            prop_assert_eq!(packed.records, records.len() as u64);
            let (body, _) = pack_text(&mut packer, level, &text);
            prop_assert_eq!(unpack(&body), text);
        }
    }
}
