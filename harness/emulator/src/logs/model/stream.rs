//! A log stream.

use std::sync::Arc;

use tributary_vocabulary::Timestamp;

use super::Batch;

/// A log stream: batches in the order in which they were accepted.
#[derive(Debug)]
pub struct LogStream {
    /// When it was made.
    pub creation_time: Timestamp,
    /// The earliest and the latest time of an event so far.
    pub event_span: Option<(Timestamp, Timestamp)>,
    /// When events were last accepted.
    pub last_ingestion: Option<Timestamp>,
    /// The token that the last PutLogEvents answered; nobody has to use it any more.
    pub sequence_token: String,
    batches: Vec<Arc<Batch>>,
}

impl LogStream {
    /// An empty stream, made at `now`.
    #[must_use]
    pub fn new(now: Timestamp, sequence_token: String) -> Self {
        Self {
            creation_time: now,
            event_span: None,
            last_ingestion: None,
            sequence_token,
            batches: Vec::new(),
        }
    }

    /// Takes a batch in.
    pub fn push(&mut self, batch: Arc<Batch>) {
        let Some((first, last)) = batch.span() else { return };
        self.event_span = match self.event_span {
            Some((earliest, latest)) => Some((earliest.min(first), latest.max(last))),
            None => Some((first, last)),
        };
        self.last_ingestion = Some(batch.ingestion());
        self.batches.push(batch);
    }

    /// Lets go of batches that hold only events before `expiry`.
    pub fn forget_before(&mut self, expiry: Timestamp) {
        self.batches.retain(|batch| batch.span().is_some_and(|(_, last)| last >= expiry));
    }

    /// The batches, in the order in which they were accepted.
    pub fn batches(&self) -> impl Iterator<Item = &Arc<Batch>> {
        self.batches.iter()
    }

    /// The bytes of its events, as AWS counts them.
    #[must_use]
    pub fn stored_bytes(&self) -> u64 {
        self.batches.iter().map(|batch| batch.counted_bytes()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgets_whole_batches_only() {
        let at = Timestamp::from_ms;
        let mut stream = LogStream::new(at(0), String::new());
        for times in [[1, 2], [3, 9]] {
            let events = times.iter().map(|&time| (at(time), "m"));
            stream.push(Arc::new(Batch::new(at(10), 1, 0, events)));
        }
        assert_eq!(stream.event_span, Some((at(1), at(9))));
        assert_eq!(stream.stored_bytes(), 4 * 27);
        stream.forget_before(at(5));
        assert_eq!(stream.batches().count(), 1);
        assert_eq!(stream.event_span, Some((at(1), at(9))), "the history stays");
    }
}
