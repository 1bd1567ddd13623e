//! Reads a stream to its end: all shards, children after their parents.

mod client;
mod follow;
mod lineage;
mod range;
mod shard;

pub(super) use client::{StreamReader, client};
pub(super) use follow::follow;
pub(super) use lineage::ListedShard;
pub(super) use range::{ShardRange, shard_of};

use std::future::Future;

use tributary_emulator::firehose::record::SourceRecord;

use super::common::InHand;

/// Takes the records of one shard.
pub(super) trait Taker: Send + Sync + 'static {
    /// Takes what one call read, in its order; the shard is read on when this is done.
    fn take(&mut self, records: Vec<SourceRecord>, hand: InHand)
    -> impl Future<Output = ()> + Send;

    /// The shard is not read any more: hands on what is still held.
    fn finish(self) -> impl Future<Output = ()> + Send;
}

/// Makes the takers of a stream's shards.
pub(super) trait Takers: Send + Sync + 'static {
    type Taker: Taker;

    /// All shards of the stream, before any of them is begun, and whenever there are others.
    fn listed(&self, _shards: &[ListedShard]) {}

    /// The taker of a shard that is about to be read.
    fn of(&self, shard: &ListedShard) -> Self::Taker;
}
