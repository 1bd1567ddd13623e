//! Lanes: each makes the deliveries of one load, in the order of time; traffic is their merge.

use std::sync::Arc;

use tributary_vocabulary::{AccountId, Region, Source, Timestamp};

use crate::apportion::Deal;
use crate::incidents::Plot;
use crate::plan::Worker;
use crate::shape::Curve;
use crate::traffic::Origin;
use crate::world::World;

/// What is said about a delivery before it is made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head<'a> {
    /// When the service delivers it.
    pub(crate) at: Timestamp,
    pub(crate) account: AccountId,
    pub(crate) region: &'a Region,
    pub(crate) source: Source,
    pub(crate) log_stream: &'a Arc<str>,
    pub(crate) origin: &'a Origin,
}

impl Head<'_> {
    /// What deliveries are ordered by.
    pub(crate) fn key(&self) -> (Timestamp, Source, AccountId, &Arc<str>) {
        (self.at, self.source, self.account, self.log_stream)
    }
}

/// The deliveries of one load that are this worker's.
pub(crate) trait Lane: std::fmt::Debug + Send {
    /// The next delivery; `None` at the end. Asking again does not move on.
    fn peek(&mut self) -> Option<Head<'_>>;

    /// Writes the events of the delivery that `peek` shows into `sink`, at least one and with
    /// timestamps that do not fall, and moves on to the next.
    fn take(&mut self, sink: &mut Sink);
}

/// Where a lane writes the events of a delivery: text into a buffer that is used again.
#[derive(Debug)]
pub(crate) struct Sink {
    /// The messages, each followed by a line end. A lane appends a message and calls
    /// [`Sink::end`]; nothing is allocated for an event.
    pub(crate) text: Vec<u8>,
    /// One for every event of the delivery.
    pub(crate) marks: Vec<Mark>,
    /// What is being written; set by the traffic.
    pub(crate) source: Source,
    /// Events of each plot since the traffic began, by source.
    pub(crate) planted: Vec<[u64; 3]>,
}

/// Where an event ends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    pub(crate) timestamp: Timestamp,
    /// Place of its line end in the text.
    pub(crate) end: usize,
}

impl Default for Sink {
    fn default() -> Self {
        let (text, marks, planted) = (Vec::new(), Vec::new(), Vec::new());
        Self { text, marks, source: Source::VpcFlowLogs, planted }
    }
}

impl Sink {
    /// Ends the event whose message was appended to `text`.
    pub(crate) fn end(&mut self, timestamp: Timestamp) {
        self.marks.push(Mark { timestamp, end: self.text.len() });
        self.text.push(b'\n');
    }

    /// Counts an event that belongs to the `plot`-th plot; called beside [`Sink::end`].
    pub(crate) fn plant(&mut self, plot: usize) {
        if self.planted.len() <= plot {
            self.planted.resize(plot + 1, [0; 3]);
        }
        self.planted[plot][self.source as usize] += 1;
    }
}

/// A load that has been checked, and everything that a lane is made of.
#[derive(Debug, Clone)]
pub(crate) struct Job {
    pub(crate) world: Arc<World>,
    /// The plan's seed; a source takes a child of its own.
    pub(crate) seed: tributary_vocabulary::Seed,
    /// What the incidents of the plan do, in the plan's order.
    pub(crate) plots: Arc<[Plot]>,
    /// When the load begins: nothing is delivered before.
    pub(crate) start: Timestamp,
    /// Nothing is delivered later than this after the start.
    pub(crate) duration_ms: i64,
    /// Events a second without the shape.
    pub(crate) rate: f64,
    /// How many events are due before each moment; exact, so that N asked are N made.
    pub(crate) curve: Curve,
    /// Which account has which of them.
    pub(crate) deal: Deal,
    pub(crate) worker: Worker,
    /// Units of work (log streams, or whatever a source divides) of the loads before this one:
    /// the worker makes the units whose number, this added, it owns.
    pub(crate) first: u64,
}
