//! What the ledger keeps of an event.

use std::sync::Arc;

use tributary_vocabulary::{AccountId, EventId, Source, Stage};

/// What the ledger keeps of an event: 32 bytes, whatever its size.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    /// Its identity.
    pub(crate) id: EventId,
    /// When it was sent, in milliseconds since the lab's epoch.
    pub(crate) sent_ms: u32,
    /// Its log stream, as an index into the ledger's list.
    pub(crate) stream: u32,
    /// A hash of its time and text.
    pub(crate) content: u32,
    /// The stages that it was seen at: bit n for the nth of [`Stage::ALL`].
    pub(crate) seen: u8,
    /// How often a transform put it back on the source; saturates.
    pub(crate) put_back: u8,
    /// Whether a transform dropped it without putting it back.
    pub(crate) dropped: bool,
    /// Whether it was given up and lies under an error prefix.
    pub(crate) failed: bool,
    /// Whether a trail wrote it to its own bucket.
    pub(crate) archived: bool,
}

impl Entry {
    /// The last stage that it was seen at on its way to `end`.
    pub(crate) fn last_stage_before(&self, end: Stage) -> Option<Stage> {
        // The backup reads the stream by itself: firehose and transform are not on its way.
        let on_the_way = |stage: &Stage| match end {
            Stage::S3 => *stage <= Stage::Kinesis,
            _ => *stage < end,
        };
        Stage::ALL.into_iter().rev().filter(on_the_way).find(|stage| self.was_seen(*stage))
    }

    pub(crate) fn was_seen(&self, stage: Stage) -> bool {
        self.seen & (1 << stage.index()) != 0
    }

    /// Marks it as seen; whether it is the first time at this stage.
    pub(crate) fn see(&mut self, stage: Stage) -> bool {
        let first = !self.was_seen(stage);
        self.seen |= 1 << stage.index();
        first
    }
}

/// A log stream that events were sent to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StreamKey {
    /// The account whose events it carries.
    pub(crate) account: AccountId,
    /// The owner of the log group: another account where findings are gathered.
    pub(crate) owner: AccountId,
    /// The source of its events.
    pub(crate) source: Source,
    /// The log group.
    pub(crate) group: Arc<str>,
    /// The log stream.
    pub(crate) stream: Arc<str>,
}
