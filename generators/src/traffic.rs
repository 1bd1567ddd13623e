//! Traffic: batches in the order in which the services deliver them.

use std::collections::VecDeque;
use std::sync::Arc;

use tributary_vocabulary::{AccountId, EventRecord, Source, Timestamp};

use crate::flow::{FlowLane, Scratch};
use crate::text;
use crate::world::World;

/// The most events of a `PutLogEvents` call (CloudWatch Logs reference).
const MAX_EVENTS: usize = 10_000;
/// The most bytes of a call, each event counted as its message and 26 more.
const MAX_BYTES: usize = 1_000_000;
const EVENT_OVERHEAD: usize = 26;

/// What is said about a batch without its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchHead {
    /// When the service delivers it: the intended time of sending.
    pub at: Timestamp,
    /// Whose it is.
    pub account: AccountId,
    /// What it is made of.
    pub source: Source,
    /// The log stream it goes to, such as `eni-0a1b2c3d4e5f60718-all`.
    pub log_stream: Arc<str>,
    /// How many events it has.
    pub events: usize,
}

/// Events that a service delivers together, in one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// When the service delivers it: the intended time of sending, within the load's duration.
    pub at: Timestamp,
    /// Whose it is.
    pub account: AccountId,
    /// What it is made of.
    pub source: Source,
    /// The log stream it goes to, such as `eni-0a1b2c3d4e5f60718-all`.
    pub log_stream: Arc<str>,
    /// At least one, at most 10,000 and 1,000,000 bytes (messages, and 26 bytes for each), with
    /// timestamps that do not fall.
    pub events: Vec<EventRecord>,
}

/// The traffic of a plan: an iterator of [`Batch`]es, ordered by (at, source, account, stream).
///
/// It is made as it is asked for; what is held is one minute's list of deliveries.
#[derive(Debug)]
pub struct Traffic {
    world: Arc<World>,
    lanes: Vec<FlowLane>,
    scratch: Scratch,
    /// Parts of a delivery that was too large for one call.
    parts: VecDeque<Batch>,
}

impl Traffic {
    pub(crate) fn new(world: Arc<World>, lanes: Vec<FlowLane>) -> Self {
        Self { world, lanes, scratch: Scratch::default(), parts: VecDeque::new() }
    }

    /// Appends the messages of the next delivery to `out`, a line each, and says what they are;
    /// `None` at the end. Nothing is allocated for an event.
    ///
    /// Deliveries are not cut at the limits of a call here. To use both this and the iterator on
    /// one traffic is possible; a delivery comes from one of them.
    pub fn write_plain(&mut self, out: &mut Vec<u8>) -> Option<BatchHead> {
        let (mut head, lane) = self.next_lane()?;
        let interface = self.lanes[lane].take(&mut self.scratch)?;
        for record in &self.scratch.records {
            record.write_default(&interface.head, out);
            out.push(b'\n');
        }
        head.events = self.scratch.records.len();
        Some(head)
    }

    /// The head of the next delivery, without a count, and the lane that makes it.
    fn next_lane(&mut self) -> Option<(BatchHead, usize)> {
        let mut best: Option<(BatchHead, usize)> = None;
        for (nth, lane) in self.lanes.iter_mut().enumerate() {
            let Some((at, interface)) = lane.peek() else { continue };
            let account = self.world.accounts[interface.site.account as usize];
            let before = best.as_ref().is_none_or(|(head, _)| {
                (at, Source::VpcFlowLogs, account, &interface.stream)
                    < (head.at, head.source, head.account, &head.log_stream)
            });
            if before {
                let log_stream = Arc::clone(&interface.stream);
                let source = Source::VpcFlowLogs;
                best = Some((BatchHead { at, account, source, log_stream, events: 0 }, nth));
            }
        }
        best
    }

    /// Makes the next delivery, in as many batches as the limits ask for.
    fn deliver(&mut self) -> Option<()> {
        let (head, lane) = self.next_lane()?;
        let interface = self.lanes[lane].take(&mut self.scratch)?;
        let mut events = Vec::with_capacity(self.scratch.records.len());
        let mut bytes = 0;
        for record in &self.scratch.records {
            let mut line = Vec::with_capacity(160);
            record.write_default(&interface.head, &mut line);
            let size = line.len() + EVENT_OVERHEAD;
            if events.len() == MAX_EVENTS || bytes + size > MAX_BYTES {
                self.parts.push_back(head.clone().with(std::mem::take(&mut events)));
                bytes = 0;
            }
            bytes += size;
            let timestamp = Timestamp::from_s(i64::from(record.start));
            events.push(EventRecord { timestamp, message: text::ascii(line) });
        }
        self.parts.push_back(head.with(events));
        Some(())
    }
}

impl BatchHead {
    fn with(self, events: Vec<EventRecord>) -> Batch {
        let Self { at, account, source, log_stream, .. } = self;
        Batch { at, account, source, log_stream, events }
    }
}

impl Iterator for Traffic {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        if self.parts.is_empty() {
            self.deliver()?;
        }
        self.parts.pop_front()
    }
}
