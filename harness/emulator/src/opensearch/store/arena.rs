//! Bytes that are written once and read often, in blocks that never move.

/// Size of a block; a longer piece gets a block of its own.
const BLOCK: usize = 1 << 20;

/// Where a piece is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    block: u32,
    offset: u32,
}

/// The blocks.
#[derive(Debug, Default)]
pub(super) struct Arena {
    blocks: Vec<Vec<u8>>,
    bytes: usize,
}

impl Arena {
    /// Keeps the two pieces side by side.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "blocks are at most as long as one request, and fewer than 2^32"
    )]
    pub(super) fn push(&mut self, first: &[u8], second: &[u8]) -> Place {
        let length = first.len() + second.len();
        let full = self.blocks.last().is_none_or(|block| block.len() + length > block.capacity());
        if full {
            // The first block is small, as most indices of a test hold a handful of documents.
            let size = if self.blocks.is_empty() { BLOCK / 64 } else { BLOCK };
            self.blocks.push(Vec::with_capacity(size.max(length)));
        }
        self.bytes += length;
        let block = self.blocks.len() - 1;
        let offset = self.blocks[block].len();
        self.blocks[block].extend_from_slice(first);
        self.blocks[block].extend_from_slice(second);
        Place { block: block as u32, offset: offset as u32 }
    }

    /// This many bytes from a place, after `skip`.
    pub(super) fn get(&self, place: Place, skip: usize, length: usize) -> &[u8] {
        let start = place.offset as usize + skip;
        &self.blocks[place.block as usize][start..start + length]
    }

    /// How many bytes are kept.
    pub(super) const fn bytes(&self) -> usize {
        self.bytes
    }
}
