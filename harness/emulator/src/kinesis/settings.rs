//! What may be set of Kinesis Data Streams.

/// Delays and quotas; the defaults are AWS's where they are known.
#[derive(Debug, Clone)]
pub struct Settings {
    /// From CreateStream until the stream is ACTIVE, in ms (natively 5 to 7 s).
    pub create_ms: i64,
    /// From DeleteStream until the stream is gone, in ms (not documented; that of creation).
    pub delete_ms: i64,
    /// How long a stream is UPDATING after any change of its configuration, in ms (natively about
    /// 5 s for UpdateMaxRecordSize; not documented for the others).
    pub update_ms: i64,
    /// How long a stream is UPDATING after a split, a merge or UpdateShardCount, in ms (documented
    /// as "a few minutes" at the most; not measured).
    pub reshard_ms: i64,
    /// The shards that one account may have in one Region; `None` is AWS's default: 20,000 in
    /// us-east-1, us-west-2 and eu-west-1, 1,000 elsewhere.
    pub shard_quota: Option<u32>,
    /// The on-demand streams that one account may have in one Region.
    pub on_demand_stream_quota: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            create_ms: 5_000,
            delete_ms: 5_000,
            update_ms: 5_000,
            reshard_ms: 5_000,
            shard_quota: None,
            on_demand_stream_quota: 50,
        }
    }
}

impl Settings {
    /// The shards that one account may have in this Region.
    #[must_use]
    pub fn shard_quota(&self, region: &str) -> u32 {
        self.shard_quota.unwrap_or(match region {
            "us-east-1" | "us-west-2" | "eu-west-1" => 20_000,
            _ => 1_000,
        })
    }
}
