//! Traffic: batches in the order in which the services deliver them.

use std::collections::VecDeque;
use std::sync::Arc;

use tributary_vocabulary::{AccountId, EventRecord, Region, Source, Timestamp};

use crate::incidents::Plot;
use crate::lane::{Lane, Sink};

/// The most events of a `PutLogEvents` call (CloudWatch Logs reference).
const MAX_EVENTS: usize = 10_000;
/// The most bytes of a call, each event counted as its message and 26 more.
const MAX_BYTES: usize = 1_000_000;
const EVENT_OVERHEAD: usize = 26;

/// What an event is about: where in an account it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// One network interface.
    Interface {
        /// Its VPC, `vpc-…`.
        vpc_id: Arc<str>,
        /// Its subnet, `subnet-…`.
        subnet_id: Arc<str>,
        /// Itself, `eni-…`.
        interface_id: Arc<str>,
    },
    /// The account as a whole.
    Account,
}

/// What is said about a batch without its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchHead {
    /// When the service delivers it: the intended time of sending.
    pub at: Timestamp,
    /// Whose it is.
    pub account: AccountId,
    /// Where it was made.
    pub region: Region,
    /// What it is made of.
    pub source: Source,
    /// The log stream it goes to, such as `eni-0a1b2c3d4e5f60718-all`.
    pub log_stream: Arc<str>,
    /// What saw it.
    pub origin: Origin,
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
    /// Where it was made.
    pub region: Region,
    /// What it is made of.
    pub source: Source,
    /// The log stream it goes to, such as `eni-0a1b2c3d4e5f60718-all`.
    pub log_stream: Arc<str>,
    /// What saw it.
    pub origin: Origin,
    /// At least one, at most 10,000 and 1,000,000 bytes (messages, and 26 bytes for each), with
    /// timestamps that do not fall.
    pub events: Vec<EventRecord>,
}

/// The traffic of a plan: an iterator of [`Batch`]es, ordered by (at, source, account, stream).
///
/// It is made as it is asked for; what is held is one minute's list of deliveries.
#[derive(Debug)]
pub struct Traffic {
    lanes: Vec<Box<dyn Lane>>,
    plots: Arc<[Plot]>,
    sink: Sink,
    /// Parts of a delivery that was too large for one call.
    parts: VecDeque<Batch>,
}

impl Traffic {
    pub(crate) fn new(lanes: Vec<Box<dyn Lane>>, plots: Arc<[Plot]>) -> Self {
        Self { lanes, plots, sink: Sink::default(), parts: VecDeque::new() }
    }

    /// Appends the messages of the next delivery to `out`, a line each, and says what they are;
    /// `None` at the end. Nothing is allocated for an event.
    ///
    /// Deliveries are not cut at the limits of a call here. To use both this and the iterator on
    /// one traffic is possible; a delivery comes from one of them.
    pub fn write_plain(&mut self, out: &mut Vec<u8>) -> Option<BatchHead> {
        std::mem::swap(&mut self.sink.text, out);
        let head = self.fill();
        std::mem::swap(&mut self.sink.text, out);
        head
    }

    /// As [`Traffic::write_plain`], and appends the timestamp of every event, and where in `out`
    /// its line ends, to `marks`.
    pub fn write_marked(
        &mut self,
        out: &mut Vec<u8>,
        marks: &mut Vec<(Timestamp, usize)>,
    ) -> Option<BatchHead> {
        let head = self.write_plain(out)?;
        marks.extend(self.sink.marks.iter().map(|mark| (mark.timestamp, mark.end)));
        Some(head)
    }

    /// What the plan's incidents do, each with the events that were made of it so far, in the
    /// order of [`Source::ALL`].
    pub fn planted(&self) -> impl Iterator<Item = (&Plot, [u64; 3])> {
        let made = |nth: usize| self.sink.planted.get(nth).copied().unwrap_or([0; 3]);
        self.plots.iter().enumerate().map(move |(nth, plot)| (plot, made(nth)))
    }

    /// Makes the next delivery into the sink.
    fn fill(&mut self) -> Option<BatchHead> {
        self.sink.marks.clear();
        let mut best = None;
        for (nth, lane) in self.lanes.iter_mut().enumerate() {
            let Some(head) = lane.peek() else { continue };
            if best
                .as_ref()
                .is_none_or(|(other, _): &(crate::lane::Head<'_>, usize)| head.key() < other.key())
            {
                best = Some((head, nth));
            }
        }
        let (head, nth) = best?;
        let mut head = BatchHead {
            at: head.at,
            account: head.account,
            region: head.region.clone(),
            source: head.source,
            log_stream: Arc::clone(head.log_stream),
            origin: head.origin.clone(),
            events: 0,
        };
        self.sink.source = head.source;
        self.lanes[nth].take(&mut self.sink);
        head.events = self.sink.marks.len();
        Some(head)
    }

    /// Makes the next delivery, in as many batches as the limits ask for.
    fn deliver(&mut self) -> Option<()> {
        self.sink.text.clear();
        let head = self.fill()?;
        let text = String::from_utf8_lossy(&self.sink.text);
        let mut events = Vec::with_capacity(self.sink.marks.len().min(MAX_EVENTS));
        let (mut bytes, mut from) = (0, 0);
        for mark in &self.sink.marks {
            let message = text.get(from..mark.end).unwrap_or_default().to_owned();
            from = mark.end + 1;
            let size = message.len() + EVENT_OVERHEAD;
            if events.len() == MAX_EVENTS || bytes + size > MAX_BYTES && !events.is_empty() {
                self.parts.push_back(head.clone().with(std::mem::take(&mut events)));
                bytes = 0;
            }
            bytes += size;
            events.push(EventRecord { timestamp: mark.timestamp, message });
        }
        self.parts.push_back(head.with(events));
        Some(())
    }
}

impl BatchHead {
    fn with(self, events: Vec<EventRecord>) -> Batch {
        let Self { at, account, region, source, log_stream, origin, .. } = self;
        Batch { at, account, region, source, log_stream, origin, events }
    }
}

impl Batch {
    /// What is said about it without its events.
    #[must_use]
    pub fn head(&self) -> BatchHead {
        BatchHead {
            at: self.at,
            account: self.account,
            region: self.region.clone(),
            source: self.source,
            log_stream: Arc::clone(&self.log_stream),
            origin: self.origin.clone(),
            events: self.events.len(),
        }
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
