//! What the harness may look at.

use tributary_vocabulary::{AccountId, Region};

use super::delivery::Lane;
use super::{LogStream, StoredEvent};
use crate::kernel::World;

/// A log group, as a harness sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogGroupView<'a> {
    /// The account that owns it.
    pub account: AccountId,
    /// The Region in which it lies.
    pub region: &'a Region,
    /// Its name.
    pub name: &'a str,
    /// How many streams it has.
    pub streams: usize,
    /// The names of its subscription filters are that many.
    pub filters: usize,
}

impl World {
    /// How many envelopes wait for their first or next attempt to be delivered.
    #[must_use]
    pub fn envelopes_pending(&self) -> usize {
        self.logs.lanes.values().map(Lane::pending).sum()
    }

    /// All log groups, by account, Region and name.
    pub fn log_groups(&self) -> impl Iterator<Item = LogGroupView<'_>> {
        self.logs.groups.iter().map(|(key, group)| LogGroupView {
            account: key.account,
            region: &key.region,
            name: &key.name,
            streams: group.streams.len(),
            filters: group.filters.len(),
        })
    }

    /// The events of a log stream, in the order in which they were accepted; of the account's first
    /// Region that has the stream. Retention is not applied: this is what is stored.
    pub fn log_events(
        &self,
        account: AccountId,
        group: &str,
        stream: &str,
    ) -> impl Iterator<Item = StoredEvent> {
        let groups = self.logs.groups.iter();
        groups
            .filter(move |(key, _)| key.account == account && *key.name == *group)
            .find_map(|(_, found)| found.streams.get(stream))
            .into_iter()
            .flat_map(LogStream::batches)
            .flat_map(|batch| (0..batch.len()).map(|index| batch.event(index)))
    }
}
