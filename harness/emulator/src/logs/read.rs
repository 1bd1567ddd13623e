//! Reading stored events, in the order of their ids: by time, then by acceptance.

use std::ops::Range;
use std::sync::Arc;

use tributary_vocabulary::Timestamp;

use super::{Batch, EVENT_OVERHEAD_BYTES, Group, LogEventId, LogStream};

/// The most bytes that one page of events has, counted as PutLogEvents counts them.
const PAGE_MAX_BYTES: usize = 1_048_576;

/// An event that was found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found<'a> {
    pub(crate) id: LogEventId,
    pub(crate) stream: &'a Arc<str>,
    pub(crate) batch: &'a Batch,
    pub(crate) index: usize,
}

impl<'a> Found<'a> {
    pub(crate) fn message(&self) -> &'a str {
        self.batch.message(self.index)
    }

    pub(crate) fn timestamp(&self) -> i64 {
        self.batch.timestamp(self.index).ms()
    }
}

/// The times from `start` on and before `end`, as requests give them, in milliseconds.
pub(crate) fn times(start: Option<i64>, end: Option<i64>) -> Range<Timestamp> {
    let bound = |time: Option<i64>, open: i64| Timestamp::from_ms(time.unwrap_or(open));
    bound(start, i64::MIN)..bound(end, i64::MAX)
}

/// The events of these streams within these times that the group's retention still keeps, sorted.
pub(crate) fn scan<'a>(
    now: Timestamp,
    group: &'a Group,
    streams: impl Iterator<Item = (&'a Arc<str>, &'a LogStream)>,
    times: Range<Timestamp>,
) -> Vec<Found<'a>> {
    let start = group.expiry(now).map_or(times.start, |expiry| expiry.max(times.start));
    let times = start..times.end;
    let mut found = Vec::new();
    for (stream, lies) in streams {
        for batch in lies.batches() {
            let touches =
                batch.span().is_some_and(|(first, last)| first < times.end && last >= times.start);
            if !touches {
                continue;
            }
            let inside = (0..batch.len()).filter(|&index| times.contains(&batch.timestamp(index)));
            found.extend(inside.map(|index| Found { id: batch.id(index), stream, batch, index }));
        }
    }
    found.sort_by_key(|event| event.id);
    found
}

/// How many of these events one page holds.
pub(crate) fn page_len<'a>(events: impl Iterator<Item = Found<'a>>, limit: usize) -> usize {
    let mut bytes = 0;
    let fits = |event: &Found<'a>| {
        bytes += event.message().len() + EVENT_OVERHEAD_BYTES;
        bytes <= PAGE_MAX_BYTES
    };
    events.take(limit).take_while(fits).count()
}
