//! The events of one PutLogEvents call, stored as one piece.

use std::sync::Arc;

use tributary_vocabulary::Timestamp;

use super::{LogEventId, StoredEvent, Text};

/// What AWS adds to the bytes of each event when it counts (cloudwatch-logs reference,
/// PutLogEvents).
pub const EVENT_OVERHEAD_BYTES: usize = 26;

/// The events of one PutLogEvents call: all messages in one allocation, 16 bytes for each event
/// beside them.
#[derive(Debug, Clone)]
pub struct Batch {
    ingestion: Timestamp,
    number: u64,
    first_index: u16,
    text: Arc<String>,
    marks: Box<[Mark]>,
}

/// One event: its time, and where its message ends.
#[derive(Debug, Clone, Copy)]
struct Mark {
    timestamp: Timestamp,
    end: u32,
}

impl Batch {
    /// A batch of these events, accepted at `ingestion`.
    ///
    /// `number` is the random number that the ids share, `first_index` the place of the first of
    /// them in its call. Messages beyond 4 GiB in all are stored as empty ones; PutLogEvents takes
    /// one MiB.
    pub fn new<'a>(
        ingestion: Timestamp,
        number: u64,
        first_index: u16,
        events: impl ExactSizeIterator<Item = (Timestamp, &'a str)> + Clone,
    ) -> Self {
        let size = events.clone().map(|(_, message)| message.len()).sum();
        let mut text = String::with_capacity(size);
        let mut marks = Vec::with_capacity(events.len());
        for (timestamp, message) in events {
            text.push_str(message);
            marks.push(Mark { timestamp, end: u32::try_from(text.len()).unwrap_or(u32::MAX) });
        }
        Self {
            ingestion,
            number,
            first_index,
            text: Arc::new(text),
            marks: marks.into_boxed_slice(),
        }
    }

    /// The number of events.
    #[must_use]
    pub fn len(&self) -> usize {
        self.marks.len()
    }

    /// Whether there is none; such a batch is never stored.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// When the events were accepted.
    #[must_use]
    pub fn ingestion(&self) -> Timestamp {
        self.ingestion
    }

    /// The earliest and the latest time of an event; `None` when there is no event.
    #[must_use]
    pub fn span(&self) -> Option<(Timestamp, Timestamp)> {
        let times = self.marks.iter().map(|mark| mark.timestamp);
        times.clone().min().zip(times.max())
    }

    /// The bytes that AWS counts for these events.
    #[must_use]
    pub fn counted_bytes(&self) -> u64 {
        (self.text.len() + self.marks.len() * EVENT_OVERHEAD_BYTES) as u64
    }

    /// All messages, one after the other.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The time of an event; 1970 when there is none of this index.
    #[must_use]
    pub fn timestamp(&self, index: usize) -> Timestamp {
        self.marks.get(index).map_or(Timestamp::from_ms(0), |mark| mark.timestamp)
    }

    /// The message of an event; empty when there is none of this index.
    #[must_use]
    pub fn message(&self, index: usize) -> &str {
        let (start, end) = self.bounds(index);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The message of an event, sharing the batch's allocation.
    #[must_use]
    pub fn shared_message(&self, index: usize) -> Text {
        let (start, end) = self.bounds(index);
        Text::slice(&self.text, start, end)
    }

    /// The id of an event.
    #[must_use]
    pub fn id(&self, index: usize) -> LogEventId {
        let place = u16::try_from(index).unwrap_or(u16::MAX).saturating_add(self.first_index);
        LogEventId::new(self.timestamp(index), self.ingestion, self.number, place)
    }

    /// One event.
    #[must_use]
    pub fn event(&self, index: usize) -> StoredEvent {
        StoredEvent {
            timestamp: self.timestamp(index),
            ingestion_time: self.ingestion,
            message: self.shared_message(index),
        }
    }

    /// All events, in the order in which they were sent.
    #[must_use]
    pub fn events(&self) -> Vec<StoredEvent> {
        (0..self.len()).map(|index| self.event(index)).collect()
    }

    fn bounds(&self, index: usize) -> (u32, u32) {
        let end = |index: usize| self.marks.get(index).map_or(0, |mark| mark.end);
        (index.checked_sub(1).map_or(0, end), end(index))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn gives_back_what_it_was_given(
            given in prop::collection::vec((0_i64..1 << 41, ".{0,20}"), 0..30),
        ) {
            let events = given.iter().map(|(at, text)| (Timestamp::from_ms(*at), text.as_str()));
            let batch = Batch::new(Timestamp::DEFAULT_EPOCH, 9, 3, events);
            let back: Vec<_> = batch
                .events()
                .into_iter()
                .map(|event| (event.timestamp.ms(), event.message.to_string()))
                .collect();
            prop_assert_eq!(&back, &given);
            let text: usize = given.iter().map(|(_, text)| text.len()).sum();
            prop_assert_eq!(batch.counted_bytes(), (text + 26 * given.len()) as u64);
            prop_assert_eq!(batch.message(given.len()), "");
        }
    }

    #[test]
    fn an_event_costs_sixteen_bytes_beside_its_message() {
        assert_eq!(size_of::<Mark>(), 16);
    }

    #[test]
    fn ids_count_from_the_first_accepted_event() {
        let at = Timestamp::from_ms(5);
        let batch = Batch::new(at, 9, 3, [(at, "a"), (at, "b")].into_iter());
        assert_eq!(batch.id(1), LogEventId::new(at, at, 9, 4));
        assert!(batch.id(0) < batch.id(1));
    }
}
