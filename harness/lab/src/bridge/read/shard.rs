//! Reads one shard, from its oldest record until it is closed or the bridges are to stop.

use std::time::Duration;

use aws_sdk_kinesis::operation::get_records::GetRecordsOutput;

use super::client::record;
use super::{StreamReader, Taker};
use crate::bridge::board::ShardKey;
use crate::bridge::common::Common;
use crate::bridge::failure::CallFailure;
use crate::bridge::patience::Patience;

/// The time between two calls at the tip of a shard: Kinesis allows five a second.
const BETWEEN: Duration = Duration::from_millis(250);

/// Where the reading of a shard ended.
#[derive(Debug)]
pub(super) enum End {
    /// At its end, which told of these children.
    Closed(Vec<String>),
    /// The bridges are to stop.
    Stopped,
}

/// One shard that is read.
pub(super) struct ShardReading<T> {
    pub(super) common: Common,
    pub(super) reader: StreamReader,
    pub(super) shard: String,
    pub(super) taker: T,
}

/// Where it stands.
#[derive(Default)]
struct Position {
    iterator: Option<String>,
    /// The sequence number of the last record that was read.
    after: Option<String>,
}

impl<T: Taker> ShardReading<T> {
    /// Reads to the end; what was read is handed on when this is done.
    pub(super) async fn run(mut self) -> (String, End) {
        let end = self.read().await;
        self.taker.finish().await;
        (self.shard, end)
    }

    async fn read(&mut self) -> End {
        let place = format!("{} {}", self.reader.name, self.shard);
        let key: ShardKey = (self.reader.name.to_string(), self.shard.clone());
        let mut position = Position::default();
        let mut patience = Patience::new();
        while !self.common.is_stopping() {
            let tick = self.common.board().reads();
            match self.call(&mut position).await {
                Ok(output) => {
                    patience.renew();
                    self.common.troubles().well(&place);
                    if let Some(end) = self.take(&key, tick, &mut position, output).await {
                        return end;
                    }
                }
                Err(failure) => {
                    if failure.is_about_iterator() {
                        // It has expired, or came from before a restart: there is another one.
                        position.iterator = None;
                    }
                    self.common.troubles().failing(&place, failure.told());
                    patience.wait_while_running(&self.common).await;
                }
            }
        }
        End::Stopped
    }

    async fn call(&self, position: &mut Position) -> Result<GetRecordsOutput, CallFailure> {
        let iterator = match position.iterator.take() {
            Some(iterator) => iterator,
            None => self
                .reader
                .iterator(&self.shard, position.after.as_deref())
                .await?
                .unwrap_or_default(),
        };
        // It is kept for the next attempt, should this one fail.
        let iterator = position.iterator.insert(iterator);
        self.reader.records(iterator).await
    }

    async fn take(
        &mut self,
        key: &ShardKey,
        tick: u64,
        position: &mut Position,
        output: GetRecordsOutput,
    ) -> Option<End> {
        let at_tip = output.millis_behind_latest.is_none_or(|ms| ms == 0);
        let now = self.common.now();
        let records: Vec<_> = output.records.into_iter().map(|read| record(read, now)).collect();
        if let Some(last) = records.last() {
            position.after = Some(last.origin.sequence.to_string());
        }
        position.iterator = output.next_shard_iterator;
        // Behind the end of a closed shard its children are still to be read.
        let is_all = at_tip && position.iterator.is_some();
        let hand = self.common.has_read(key, tick, records.len() as u64, is_all);
        if !records.is_empty() {
            self.taker.take(records, hand).await;
        }
        if position.iterator.is_none() {
            let children = output.child_shards.unwrap_or_default();
            let ids = children.into_iter().map(|child| child.shard_id).collect();
            return Some(End::Closed(ids));
        }
        if at_tip {
            self.common.rest(BETWEEN).await;
        }
        None
    }
}
