//! A buffer that is emptied by size or interval, whichever comes first (firehose reference, §4).

use tributary_vocabulary::Timestamp;

use crate::firehose::config::Buffering;

/// Records that wait to be sent together.
#[derive(Debug)]
pub struct Buffer<T> {
    items: Vec<T>,
    bytes: u64,
    /// When its first record came, and what it is emptied by.
    opened: Timestamp,
}

/// Records that are sent together.
#[derive(Debug)]
pub struct Batch<T> {
    /// The records, in the order in which they came.
    pub items: Vec<T>,
    /// Their bytes.
    pub bytes: u64,
}

impl<T> Default for Buffer<T> {
    fn default() -> Self {
        Self { items: Vec::new(), bytes: 0, opened: Timestamp::default() }
    }
}

impl<T> Buffer<T> {
    /// Adds a record; gives the batches that are full by it.
    ///
    /// A record that does not fit any more begins the next batch, so that a batch is over the size
    /// only when a single record is.
    pub fn push(
        &mut self,
        now: Timestamp,
        item: T,
        bytes: u64,
        buffering: Buffering,
    ) -> [Option<Batch<T>>; 2] {
        let overflows = self.bytes + bytes > buffering.bytes;
        let before = if overflows { self.take() } else { None };
        if self.items.is_empty() {
            self.opened = now;
        }
        self.items.push(item);
        self.bytes += bytes;
        let full = self.bytes >= buffering.bytes;
        [before, if full { self.take() } else { None }]
    }

    /// When the interval is over; `None` while there is nothing in it.
    #[must_use]
    pub fn deadline(&self, buffering: Buffering) -> Option<Timestamp> {
        (!self.items.is_empty()).then(|| self.opened.plus_ms(buffering.interval_ms))
    }

    /// The batch whose interval is over.
    pub fn due(&mut self, now: Timestamp, buffering: Buffering) -> Option<Batch<T>> {
        if self.deadline(buffering)? <= now { self.take() } else { None }
    }

    /// All that is in it, when there is anything.
    pub fn take(&mut self) -> Option<Batch<T>> {
        let bytes = std::mem::take(&mut self.bytes);
        let items = std::mem::take(&mut self.items);
        (!items.is_empty()).then_some(Batch { items, bytes })
    }

    /// How many records are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// How many bytes are in it.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    const BUFFERING: Buffering = Buffering { bytes: 10, interval_ms: 60_000 };

    #[test]
    fn the_first_condition_met_empties_it() {
        let mut buffer = Buffer::default();
        assert!(buffer.push(at(5), 'a', 4, BUFFERING).iter().all(Option::is_none));
        assert!(buffer.push(at(9), 'b', 5, BUFFERING).iter().all(Option::is_none));
        assert_eq!(buffer.deadline(BUFFERING), Some(at(60_005)));
        let [before, full] = buffer.push(at(10), 'c', 2, BUFFERING);
        assert_eq!(before.map(|batch| batch.items), Some(vec!['a', 'b']));
        assert!(full.is_none());
        assert_eq!(buffer.deadline(BUFFERING), Some(at(60_010)), "a new clock");
        let [before, full] = buffer.push(at(11), 'd', 8, BUFFERING);
        assert!(before.is_none());
        assert_eq!(full.map(|batch| (batch.items, batch.bytes)), Some((vec!['c', 'd'], 10)));
        assert_eq!(buffer.deadline(BUFFERING), None);
        let [before, full] = buffer.push(at(12), 'e', 50, BUFFERING);
        assert!(before.is_none());
        assert_eq!(full.map(|batch| batch.bytes), Some(50), "a record alone may be over");
        buffer.push(at(20), 'f', 1, BUFFERING);
        assert!(buffer.due(at(60_019), BUFFERING).is_none());
        assert_eq!(buffer.due(at(60_020), BUFFERING).map(|batch| batch.items), Some(vec!['f']));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_reordered_or_oversized(sizes in prop::collection::vec(0_u64..15, 0..200)) {
            let mut buffer = Buffer::default();
            let mut out = Vec::new();
            for (n, size) in sizes.iter().enumerate() {
                for batch in buffer.push(at(0), n, *size, BUFFERING).into_iter().flatten() {
                    prop_assert!(batch.bytes <= BUFFERING.bytes || batch.items.len() == 1
                        || batch.items[..batch.items.len() - 1].iter().all(|n| sizes[*n] == 0));
                    out.extend(batch.items);
                }
            }
            out.extend(buffer.take().into_iter().flat_map(|batch| batch.items));
            prop_assert_eq!(out, (0..sizes.len()).collect::<Vec<_>>());
        }
    }
}
