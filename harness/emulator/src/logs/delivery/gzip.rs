//! Gzip as CloudWatch Logs writes it.

use flate2::{Compress, Compression, FlushCompress, Status};

/// Ten bytes that AWS's records begin with: no time, no hint of the level, operating system 0.
const HEADER: [u8; 10] = [0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0];

/// A compressor that is used again and again, for its state is far larger than an envelope.
#[derive(Debug)]
pub struct Gzip {
    level: u32,
    deflate: Option<Compress>,
}

impl Gzip {
    /// A compressor of this level, 0 to 9; its state is made when it is first used.
    #[must_use]
    pub fn new(level: u32) -> Self {
        Self { level: level.min(9), deflate: None }
    }

    /// The gzip form of these bytes.
    pub fn compress(&mut self, plain: &[u8]) -> Vec<u8> {
        let level = Compression::new(self.level);
        let deflate = self.deflate.get_or_insert_with(|| Compress::new(level, false));
        deflate.reset();
        let mut out = Vec::with_capacity(plain.len() / 3 + 64);
        out.extend_from_slice(&HEADER);
        loop {
            let read = usize::try_from(deflate.total_in()).unwrap_or(usize::MAX);
            let rest = plain.get(read..).unwrap_or_default();
            // With room in the output, Finish either ends or asks for more room.
            match deflate.compress_vec(rest, &mut out, FlushCompress::Finish) {
                Ok(Status::StreamEnd) | Err(_) => break,
                Ok(Status::Ok | Status::BufError) => out.reserve(plain.len() / 2 + 64),
            }
        }
        out.extend_from_slice(&crc32fast::hash(plain).to_le_bytes());
        // The format wants the length modulo 2^32.
        let length = u32::try_from(plain.len() & 0xffff_ffff).unwrap_or(0);
        out.extend_from_slice(&length.to_le_bytes());
        // Records lie on their shards for hours: they keep no spare room.
        out.shrink_to_fit();
        out
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn one_compressor_writes_what_any_reader_reads(
            texts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..3000), 1..4),
            level in 0_u32..10,
        ) {
            let mut gzip = Gzip::new(level);
            for text in texts {
                let packed = gzip.compress(&text);
                prop_assert_eq!(&packed[..10], &HEADER[..]);
                let mut plain = Vec::new();
                flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut plain).expect("gzip");
                prop_assert_eq!(plain, text);
            }
        }
    }
}
