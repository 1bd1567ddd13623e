//! The reader of a shard: GetRecords once a second, while there is or may be something to read
//! (firehose reference, §3).
//!
//! A drained reader sleeps. A put on its shard wakes it for the next instant of its one-second
//! grid, so that it reads when a reader would that had never stopped polling.

use std::sync::Arc;

use tributary_vocabulary::{SECOND_MS, Timestamp};

use super::{Lane, Purpose, count, pass_firehose};
use crate::firehose::aggregate;
use crate::firehose::hop;
use crate::firehose::record::{Origin, SourceRecord};
use crate::firehose::stream::Blocked;
use crate::kernel::{ServiceError, World};
use crate::kinesis::reader::{self as source, Cursor, Read, StartAt};

/// The records of one GetRecords call at the most.
const RECORDS_MAX: usize = 10_000;

/// Where a reader stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// It reads then.
    Due(Timestamp),
    /// It has read all there is, and waits for a put.
    Asleep,
    /// Its lane holds too much; it goes on when there is room.
    Paused,
    /// The shard is closed and read to its end.
    Ended,
}

/// The reader of a shard.
#[derive(Debug)]
pub struct Reader {
    shard: Arc<str>,
    start: StartAt,
    cursor: Option<Cursor>,
    /// An instant of its grid.
    grid: Timestamp,
    state: State,
    blocked: Option<Blocked>,
    /// Whether its end is still to be told.
    end_untold: bool,
}

impl Reader {
    /// A reader of a shard that begins now.
    pub(in super::super) fn new(shard: Arc<str>, start: StartAt, now: Timestamp) -> Self {
        Self {
            shard,
            start,
            cursor: None,
            grid: now,
            state: State::Due(now),
            blocked: None,
            end_untold: false,
        }
    }

    /// Its shard.
    #[must_use]
    pub fn shard(&self) -> &Arc<str> {
        &self.shard
    }

    /// When it reads.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        match self.state {
            State::Due(at) => Some(at),
            _ => None,
        }
    }

    /// Whether there is or may be something to read.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        matches!(self.state, State::Due(_) | State::Paused)
    }

    /// Why it cannot read at present.
    #[must_use]
    pub fn blocked(&self) -> Option<&Blocked> {
        self.blocked.as_ref()
    }

    /// Its shard was written to; whether that wakes it.
    pub(super) fn wake(&mut self, now: Timestamp) -> bool {
        let asleep = self.state == State::Asleep;
        if asleep {
            self.state = State::Due(self.next_instant(now));
        }
        asleep
    }

    /// Whether it has come to its shard's end since it was last asked.
    pub(super) fn take_ended(&mut self) -> bool {
        std::mem::take(&mut self.end_untold)
    }

    /// The first instant of the grid after `now`.
    fn next_instant(&self, now: Timestamp) -> Timestamp {
        let seconds = now.ms_since(self.grid).div_euclid(SECOND_MS) + 1;
        self.grid.plus_s(seconds)
    }

    /// It could not read: it tries again without end, ever more seldom.
    fn refused(&mut self, world: &World, error: &ServiceError) {
        let attempts = self.blocked.as_ref().map_or(0, |blocked| blocked.attempts) + 1;
        let wait = world.settings.firehose.backoff_ms(SECOND_MS, attempts);
        let at = world.now().plus_ms((wait - SECOND_MS).max(0));
        self.state = State::Due(self.next_instant(at));
        let code = code_of(error);
        self.blocked = Some(Blocked { code, message: error.message.clone(), attempts });
    }
}

/// The log code of a refusal of the source (firehose reference, §3).
pub(in super::super) fn code_of(error: &ServiceError) -> &'static str {
    if error.is_access_denied() {
        return "Kinesis.AccessDenied";
    }
    match error.code.as_ref() {
        "ResourceNotFoundException" => "Kinesis.ResourceNotFound",
        _ => "Kinesis.Throttling",
    }
}

impl Lane {
    /// Reads, when that is due.
    pub(super) fn read(&mut self, world: &mut World) {
        let now = world.now();
        if self.reader.as_ref().and_then(Reader::deadline).is_none_or(|at| at > now) {
            return;
        }
        let full = self.held().bytes >= world.settings.firehose.lane_bytes_max;
        let Some(mut reader) = self.reader.take() else { return };
        if full {
            reader.state = State::Paused;
            self.reader = Some(reader);
            return;
        }
        match self.get_records(world, &mut reader) {
            Ok(read) => {
                reader.blocked = None;
                reader.state = if read.end_of_shard {
                    reader.end_untold = true;
                    State::Ended
                } else if read.records.is_empty() && read.millis_behind_latest == 0 {
                    State::Asleep
                } else {
                    State::Due(reader.next_instant(now))
                };
                self.reader = Some(reader);
                self.take_records(world, read);
            }
            Err(error) => {
                reader.refused(world, &error);
                if self.purpose == Purpose::Delivery && code_of(&error) == "Kinesis.Throttling" {
                    world.firehose.count(self.stream, |statistics| statistics.throttled_reads += 1);
                }
                self.reader = Some(reader);
            }
        }
    }

    /// Goes on reading once there is room again.
    pub(super) fn resume_reading(&mut self, world: &World) {
        let paused = self.reader.as_ref().is_some_and(|reader| reader.state == State::Paused);
        if paused
            && self.held().bytes < world.settings.firehose.lane_bytes_max
            && let Some(reader) = &mut self.reader
        {
            reader.state = State::Due(reader.next_instant(world.now()));
        }
    }

    /// One GetRecords call with the source's role, after GetShardIterator when it is the first.
    fn get_records(&self, world: &mut World, reader: &mut Reader) -> Result<Read, ServiceError> {
        let Some(plan) = &self.plan.source else {
            return Ok(Read { records: Vec::new(), millis_behind_latest: 0, end_of_shard: false });
        };
        let caller = hop::assume(world, &self.plan, &plan.role_arn)?;
        let mut cursor = match reader.cursor.take() {
            Some(cursor) => cursor,
            None => source::open(world, &caller, &plan.stream_arn, &reader.shard, reader.start)?,
        };
        let read = source::read(world, &caller, &mut cursor, RECORDS_MAX);
        reader.cursor = Some(cursor);
        read
    }

    /// Takes what was read: aggregated records are split first.
    fn take_records(&mut self, world: &mut World, read: Read) {
        if read.records.is_empty() {
            return;
        }
        let mut records = Vec::with_capacity(read.records.len());
        for record in read.records {
            let sequence: Arc<str> = Arc::from(record.sequence_number.to_string());
            let arrival = record.approximate_arrival;
            let part = |sub: usize, data, partition_key| SourceRecord {
                origin: Origin {
                    sequence: sequence.clone(),
                    sub: u32::try_from(sub).unwrap_or(u32::MAX),
                    arrival,
                },
                partition_key,
                data,
            };
            match aggregate::split(&record.data) {
                None => records.push(part(0, record.data, record.partition_key)),
                Some(parts) => {
                    records.extend((0..).zip(parts).map(|(sub, (key, data))| part(sub, data, key)));
                }
            }
        }
        if self.purpose == Purpose::Delivery {
            let read = count(records.len());
            world.firehose.count(self.stream, |statistics| statistics.read += read);
            records = pass_firehose(world, records);
        }
        self.ingest(world, records);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wakes_at_the_next_instant_of_its_grid() {
        let grid = Timestamp::from_ms(300);
        let mut reader = Reader::new(Arc::from("shardId-000000000000"), StartAt::TrimHorizon, grid);
        assert_eq!(reader.deadline(), Some(grid), "it begins by reading");
        assert!(!reader.wake(grid), "it is awake");
        for (put, read) in [(300, 1300), (301, 1300), (1299, 1300), (1300, 2300), (9301, 10_300)] {
            reader.state = State::Asleep;
            assert!(reader.wake(Timestamp::from_ms(put)));
            assert_eq!(reader.deadline(), Some(Timestamp::from_ms(read)), "put at {put}");
        }
    }
}
