//! A delivery stream, and where all of them are kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use tributary_vocabulary::Timestamp;

use super::config::{Destination, KinesisSourceMembers, Plan};
use super::lane::LaneId;
use super::view::FirehoseStatistics;
use crate::kernel::{Caller, ServiceError, Validation, World, arn};

/// The number of a delivery stream: a name that is used again gets another one.
pub type StreamId = u64;

/// `DeliveryStreamStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Not yet usable.
    Creating,
    /// Takes and delivers records.
    Active,
    /// Going; its buffers are dropped.
    Deleting,
}

impl Status {
    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Creating => "CREATING",
            Self::Active => "ACTIVE",
            Self::Deleting => "DELETING",
        }
    }
}

/// What DirectPut took in the current second.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PutWindow {
    /// The second, since 1970.
    pub second: i64,
    /// Bytes.
    pub bytes: u64,
    /// Records.
    pub records: u64,
    /// Requests.
    pub requests: u64,
}

/// Why the source cannot be read at present.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// A code such as `Kinesis.AccessDenied`.
    pub code: &'static str,
    /// The source's own sentence.
    pub message: String,
    /// Attempts so far.
    pub attempts: u32,
}

/// A delivery stream.
#[derive(Debug)]
pub struct DeliveryStream {
    /// Its number.
    pub id: StreamId,
    /// Its configuration for the data path, with its ARN, name and version.
    pub plan: Arc<Plan>,
    /// Its state.
    pub status: Status,
    /// When it was created.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Option<Timestamp>,
    /// Its source as given; `None` for DirectPut.
    pub source: Option<KinesisSourceMembers>,
    /// Its destination as stored.
    pub destination: Destination,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// Its lanes by shard: the one of delivery, then the one of the backup.
    pub lanes: BTreeMap<Arc<str>, Vec<LaneId>>,
    /// Why its source's shards cannot be listed at present.
    pub blocked: Option<Blocked>,
    /// What DirectPut took in the current second.
    pub window: PutWindow,
    /// How many records DirectPut took; they are numbered by it.
    pub puts: u64,
    /// What happened so far.
    pub statistics: FirehoseStatistics,
}

/// The ARN of the caller's delivery stream of this name.
pub(crate) fn stream_arn(caller: &Caller, name: &str) -> String {
    arn("firehose", &caller.region, caller.account, &format!("deliverystream/{name}"))
}

/// Validates the name that every operation requires, and gives it.
pub(crate) fn required_name(
    mut validation: Validation,
    name: Option<String>,
) -> Result<String, ServiceError> {
    super::config::check_name(&mut validation, name.as_ref());
    validation.finish()?;
    Ok(name.unwrap_or_default())
}

/// The caller's delivery stream of this name.
///
/// # Errors
/// `ResourceNotFoundException` in AWS's words.
pub(crate) fn find(world: &World, caller: &Caller, name: &str) -> Result<StreamId, ServiceError> {
    let arn = stream_arn(caller, name);
    world.firehose.by_arn.get(arn.as_str()).copied().ok_or_else(|| not_found(caller, name))
}

/// The stream of a number that [`find`] has just given.
///
/// # Errors
/// `ResourceNotFoundException`, were it gone.
pub(crate) fn stream_mut<'w>(
    world: &'w mut World,
    caller: &Caller,
    name: &str,
    id: StreamId,
) -> Result<&'w mut DeliveryStream, ServiceError> {
    world.firehose.streams.get_mut(&id).ok_or_else(|| not_found(caller, name))
}

/// Validates the name, finds the stream and asks whether the caller may do this to it.
pub(crate) fn authorized(
    world: &mut World,
    caller: &Caller,
    action: &str,
    name: &str,
) -> Result<StreamId, ServiceError> {
    let arn = stream_arn(caller, name);
    let found = find(world, caller, name);
    world.authorize(caller, crate::kernel::Access::to(action, &arn))?;
    found
}

fn not_found(caller: &Caller, name: &str) -> ServiceError {
    ServiceError::client(
        "ResourceNotFoundException",
        format!("Firehose {name} under account {} not found.", caller.account),
    )
}
