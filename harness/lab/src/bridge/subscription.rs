//! Bridge "subscription": from the members' outboxes to the central stream, where a backend's
//! filters do not deliver to other accounts.

use tributary_emulator::firehose::record::SourceRecord;
use tributary_vocabulary::Stage;

use super::common::{Common, InHand};
use super::put::{StreamEntry, StreamPut};
use super::read::{ListedShard, Taker, Takers};

/// Carries the records of one outbox.
pub(super) struct Subscription {
    pub(super) common: Common,
    pub(super) put: StreamPut,
    /// What it is called in troubles.
    pub(super) place: String,
}

/// Carries the records of one shard of an outbox.
pub(super) struct SubscriptionTaker {
    common: Common,
    put: StreamPut,
    place: String,
}

impl Takers for Subscription {
    type Taker = SubscriptionTaker;

    fn of(&self, shard: &ListedShard) -> SubscriptionTaker {
        SubscriptionTaker {
            common: self.common.clone(),
            put: self.put.clone(),
            place: format!("{} {}", self.place, shard.id),
        }
    }
}

impl Taker for SubscriptionTaker {
    /// Puts the records as they are, with their keys; the shard is read on when all lie on the
    /// central stream, so that its order is kept.
    async fn take(&mut self, records: Vec<SourceRecord>, hand: InHand) {
        for record in &records {
            let mut ledger = self.common.ledger().lock();
            ledger.carried(record.origin.arrival, Stage::Subscription, &record.data);
        }
        let entries = records
            .into_iter()
            .map(|SourceRecord { partition_key, data, .. }| StreamEntry { partition_key, data })
            .collect();
        if let Err((failure, left)) = self.put.all(&self.place, entries, |_| {}).await {
            let left: Vec<_> = left.into_iter().map(|entry| entry.data).collect();
            let (code, message) = (&failure.code, &failure.message);
            self.common.give_up(Stage::Subscription, &self.place, code, message, &left);
        }
        drop(hand);
    }

    async fn finish(self) {}
}
