//! What the harness may see of the streams.

use super::statistics::ShardStatistics;
use crate::kernel::World;

impl World {
    /// What each shard of a stream took and refused, in the order of their names; shards that are
    /// gone are among them. Empty when there is no such stream.
    #[must_use]
    pub fn shard_statistics(&self, stream_arn: &str) -> Vec<ShardStatistics> {
        let Some(stream) = self.kinesis.streams.get(stream_arn) else { return Vec::new() };
        let mut all = stream.retired.clone();
        all.extend(stream.shards.iter().map(super::shard::Shard::statistics));
        all.sort_by(|one, other| one.shard_id.cmp(&other.shard_id));
        all
    }

    /// The ARNs of all streams of all accounts.
    pub fn streams(&self) -> impl Iterator<Item = &str> {
        self.kinesis.streams.keys().map(AsRef::as_ref)
    }
}
