//! What is in the bridges' hands, and which shards are read to their tips.

use std::collections::{BTreeMap, BTreeSet};

/// A shard of a stream that is read: the reader's name and the shard's.
pub(super) type ShardKey = (String, String);

/// How far a shard is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tip {
    /// There may be something to read.
    Behind,
    /// A call that was made at this tick found nothing more.
    At(u64),
    /// It is closed and read to its end.
    Closed,
}

/// Counts what is in hand, and in which order calls were made: ticks, no time.
#[derive(Debug, Default)]
pub(super) struct Board {
    tick: u64,
    mark: u64,
    in_hand: u64,
    /// When the last records were put on each stream that is also read, by its reader's name.
    puts: BTreeMap<String, u64>,
    tips: BTreeMap<ShardKey, Tip>,
    /// Readers whose shards are not all known.
    unlisted: BTreeSet<String>,
}

impl Board {
    fn next(&mut self) -> u64 {
        self.tick += 1;
        self.tick
    }

    /// From here on it counts what is read.
    pub(super) fn mark(&mut self) {
        self.mark = self.next();
    }

    /// A reader does not know all shards of its stream.
    pub(super) fn listing(&mut self, reader: &str) {
        self.unlisted.insert(reader.to_owned());
    }

    /// A reader knows all shards of its stream: these are read from now on.
    pub(super) fn listed<'a>(&mut self, reader: &str, begun: impl Iterator<Item = &'a str>) {
        for shard in begun {
            self.tips.insert((reader.to_owned(), shard.to_owned()), Tip::Behind);
        }
        self.unlisted.remove(reader);
    }

    /// A shard is about to be read.
    pub(super) fn reads(&mut self) -> u64 {
        self.next()
    }

    /// What a call that was made at `tick` has read: so many records are in hand from now on.
    pub(super) fn has_read(&mut self, shard: &ShardKey, tick: u64, records: u64, at_tip: bool) {
        self.in_hand += records;
        let tip = if records == 0 && at_tip { Tip::At(tick) } else { Tip::Behind };
        self.tips.insert(shard.clone(), tip);
    }

    /// A shard is closed and read to its end; what its children are is not known yet.
    pub(super) fn ended(&mut self, shard: &ShardKey) {
        self.tips.insert(shard.clone(), Tip::Closed);
        self.unlisted.insert(shard.0.clone());
    }

    /// So many more are in hand: the same records on a second way.
    pub(super) fn hold(&mut self, records: u64) {
        self.in_hand += records;
    }

    /// So many were handed on, or given up.
    pub(super) fn release(&mut self, records: u64) {
        self.in_hand = self.in_hand.saturating_sub(records);
    }

    /// Records lie on the stream of this reader.
    pub(super) fn has_put(&mut self, reader: &str) {
        let tick = self.next();
        self.puts.insert(reader.to_owned(), tick);
    }

    /// Whether nothing is in hand, and every shard was found read to its tip by a call that was made
    /// after the mark and after everything that the bridges put on its stream.
    pub(super) fn is_idle(&self) -> bool {
        self.in_hand == 0
            && self.unlisted.is_empty()
            && self.tips.iter().all(|((reader, _), tip)| match tip {
                Tip::Behind => false,
                Tip::At(tick) => {
                    *tick > self.mark && *tick > self.puts.get(reader).copied().unwrap_or(0)
                }
                Tip::Closed => true,
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(shard: &str) -> ShardKey {
        ("central".to_owned(), shard.to_owned())
    }

    fn look(board: &mut Board, shard: &str, records: u64, at_tip: bool) {
        let tick = board.reads();
        board.has_read(&key(shard), tick, records, at_tip);
    }

    #[test]
    fn idle_is_when_all_is_read_and_handed_on_since_the_mark() {
        let mut board = Board::default();
        board.listing("central");
        assert!(!board.is_idle(), "its shards are not known");
        board.listed("central", ["0", "1"].into_iter());
        board.mark();
        look(&mut board, "0", 0, true);
        assert!(!board.is_idle(), "the other shard was not read");
        look(&mut board, "1", 3, true);
        board.release(3);
        assert!(!board.is_idle(), "there may be more behind what was read");
        look(&mut board, "1", 0, false);
        assert!(!board.is_idle(), "nothing was read, but it is not the tip");
        look(&mut board, "1", 0, true);
        assert!(board.is_idle());
        board.hold(1);
        assert!(!board.is_idle());
        board.release(1);
        board.mark();
        assert!(!board.is_idle(), "nothing was read since the mark");
    }

    #[test]
    fn what_is_put_has_to_be_read_again() {
        let mut board = Board::default();
        board.listed("central", ["0"].into_iter());
        let before = board.reads();
        board.has_put("central");
        board.has_read(&key("0"), before, 0, true);
        assert!(!board.is_idle(), "the call was made before the put was done");
        look(&mut board, "0", 0, true);
        assert!(board.is_idle());
    }

    #[test]
    fn a_closed_shard_is_done_once_its_children_are_known() {
        let mut board = Board::default();
        board.listed("central", ["0"].into_iter());
        board.ended(&key("0"));
        assert!(!board.is_idle());
        board.listed("central", ["1"].into_iter());
        assert!(!board.is_idle());
        look(&mut board, "1", 0, true);
        assert!(board.is_idle());
    }
}
