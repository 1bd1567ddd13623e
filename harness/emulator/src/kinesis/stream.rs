//! A data stream, and the changes that it goes through (kinesis reference, states).

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use tributary_vocabulary::{AccountId, HOUR_MS, Region, Timestamp};

use super::limits::WRITE_BYTES_PER_S;
use super::shards::Shards;
use super::statistics::ShardStatistics;
use crate::kernel::ServiceError;
use crate::policy::NamedPolicy;

/// The hours for which a new stream keeps its records.
pub const DEFAULT_RETENTION_H: i64 = 24;
/// The hours for which a stream may keep its records: a year.
pub const MAX_RETENTION_H: i64 = 8760;
/// The largest record of a new stream, in KiB.
pub const DEFAULT_RECORD_KIB: i64 = 1024;
/// The largest record that a stream may be set to take, in KiB.
pub const MAX_RECORD_KIB: i64 = 10_240;

/// Where a stream stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Creating,
    Active,
    Updating,
    Deleting,
}

impl Status {
    /// AWS's name of it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Creating => "CREATING",
            Self::Active => "ACTIVE",
            Self::Updating => "UPDATING",
            Self::Deleting => "DELETING",
        }
    }
}

/// How a stream's capacity is bought.
///
/// A stream on demand has shards with the same limits; it is not scaled by itself here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Provisioned,
    OnDemand,
}

impl Mode {
    /// AWS's name of it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Provisioned => "PROVISIONED",
            Self::OnDemand => "ON_DEMAND",
        }
    }

    /// The mode of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Provisioned, Self::OnDemand].into_iter().find(|mode| mode.name() == name)
    }
}

/// What a stream turns into when its delay is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// Its first shards open.
    Open { shards: u32 },
    /// One shard becomes two, the second from `at` on.
    Split { shard: u32, at: u128 },
    /// Two shards become one.
    Merge { shard: u32, adjacent: u32 },
    /// So many shards of equal width.
    Resize { shards: u32 },
    /// It keeps its records for so many hours.
    Retain { hours: i64 },
    /// It takes records up to so many KiB.
    RecordSize { kib: i64 },
    /// Another capacity mode.
    Mode(Mode),
    /// It is gone.
    Delete,
    /// Only its status changes: what was set holds already.
    Settle,
}

/// A data stream.
#[derive(Debug)]
pub(crate) struct Stream {
    pub(crate) arn: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) account: AccountId,
    pub(crate) region: Region,
    pub(crate) status: Status,
    pub(crate) mode: Mode,
    /// When it was created, in whole seconds.
    pub(crate) created: Timestamp,
    pub(crate) retention_h: i64,
    pub(crate) record_kib: i64,
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) metrics: BTreeSet<&'static str>,
    /// The key that its records are encrypted with, when they are.
    pub(crate) key_id: Option<String>,
    pub(crate) policy: Option<NamedPolicy>,
    pub(crate) shards: Shards,
    /// What shards told before they were gone.
    pub(crate) retired: Vec<ShardStatistics>,
    /// Which change is under way; a deadline of another number is stale.
    pub(crate) generation: u64,
    pub(crate) pending: Option<Change>,
    /// When UpdateShardCount was called in the last 24 hours.
    pub(crate) resizes: VecDeque<Timestamp>,
    /// When UpdateStreamMode was called in the last 24 hours.
    pub(crate) mode_changes: VecDeque<Timestamp>,
}

impl Stream {
    /// A stream that is being created.
    pub(crate) fn new(
        arn: &str,
        name: &str,
        account: AccountId,
        region: Region,
        mode: Mode,
        now: Timestamp,
    ) -> Self {
        let arn: Arc<str> = Arc::from(arn);
        Self {
            shards: Shards::new(Arc::clone(&arn)),
            arn,
            name: Arc::from(name),
            account,
            region,
            status: Status::Creating,
            mode,
            created: Timestamp::from_s(now.s()),
            retention_h: DEFAULT_RETENTION_H,
            record_kib: DEFAULT_RECORD_KIB,
            tags: BTreeMap::new(),
            metrics: BTreeSet::new(),
            key_id: None,
            policy: None,
            retired: Vec::new(),
            generation: 0,
            pending: None,
            resizes: VecDeque::new(),
            mode_changes: VecDeque::new(),
        }
    }

    /// The oldest moment whose records are kept.
    pub(crate) fn horizon(&self, now: Timestamp) -> Timestamp {
        now.plus_ms(-self.retention_h.saturating_mul(HOUR_MS))
    }

    /// The largest record, in bytes of data and partition key.
    pub(crate) fn record_max_bytes(&self) -> usize {
        usize::try_from(self.record_kib).unwrap_or(1024) << 10
    }

    /// How many bytes a shard takes at once: a second's worth, or one record when that is more.
    pub(crate) fn burst_bytes(&self) -> usize {
        self.record_max_bytes().max(WRITE_BYTES_PER_S)
    }

    /// `KMS` when its records are encrypted.
    pub(crate) fn encryption_type(&self) -> Option<&'static str> {
        self.key_id.as_ref().map(|_| "KMS")
    }

    /// Takes out closed shards whose records are all too old.
    pub(crate) fn retire(&mut self, now: Timestamp) {
        let gone = self.shards.retire(self.horizon(now));
        self.retired.extend(gone.iter().map(super::shard::Shard::statistics));
    }

    /// What comes true when the delay of a change is over; `false` when the stream is gone.
    pub(crate) fn settle(&mut self, now: Timestamp) -> bool {
        match self.pending.take() {
            Some(Change::Delete) => return false,
            Some(Change::Open { shards }) => self.shards.open_even(shards, now),
            Some(Change::Split { shard, at }) => self.shards.split(shard, at, now),
            Some(Change::Merge { shard, adjacent }) => self.shards.merge(shard, adjacent, now),
            Some(Change::Resize { shards }) => self.shards.resize(shards, now),
            Some(Change::Retain { hours }) => self.retention_h = hours,
            Some(Change::RecordSize { kib }) => self.record_kib = kib,
            Some(Change::Mode(mode)) => self.mode = mode,
            Some(Change::Settle) | None => {}
        }
        self.status = Status::Active;
        true
    }

    /// `ResourceInUseException` unless the stream is ACTIVE.
    pub(crate) fn must_be_active(&self) -> Result<(), ServiceError> {
        if self.status == Status::Active {
            return Ok(());
        }
        Err(ServiceError::client(
            "ResourceInUseException",
            format!(
                "Stream {} under account {} not ACTIVE, instead in state {}",
                self.name,
                self.account,
                self.status.name()
            ),
        ))
    }
}
