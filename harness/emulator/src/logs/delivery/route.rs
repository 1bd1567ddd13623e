//! Where a filter's records go, and with which role.

use tributary_vocabulary::{AccountId, Region};

use super::lane::LaneKey;
use crate::kernel::{Access, ArnParts, Caller, ServiceError, World};
use crate::logs::error::not_found;
use crate::logs::{DestinationKey, Distribution};

/// What a subscription may deliver to directly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// A Kinesis data stream.
    Kinesis,
    /// A Firehose delivery stream.
    Firehose,
}

impl Target {
    /// The kind of resource that an ARN names.
    pub(crate) fn of(arn: &str) -> Option<Self> {
        let parts = ArnParts::split(arn)?;
        match parts.service {
            "kinesis" if parts.resource.starts_with("stream/") => Some(Self::Kinesis),
            "firehose" if parts.resource.starts_with("deliverystream/") => Some(Self::Firehose),
            _ => None,
        }
    }

    /// AWS's word for it in error texts.
    pub(crate) fn vendor(self) -> &'static str {
        match self {
            Self::Kinesis => "kinesis",
            Self::Firehose => "firehose",
        }
    }

    /// AWS's name of it in error texts and control messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Kinesis => "Kinesis",
            Self::Firehose => "Firehose",
        }
    }
}

/// On whose behalf records are put.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    /// The account of the log group or destination.
    pub(crate) account: AccountId,
    /// Its Region.
    pub(crate) region: &'a Region,
    /// What is named as the source when the role is taken on.
    pub(crate) arn: &'a str,
}

/// Where records go.
#[derive(Debug, Clone)]
pub(super) struct Route {
    pub(super) target_arn: String,
    pub(super) role_arn: String,
    pub(super) distribution: Distribution,
}

/// The route of a lane as its filter and destination stand now.
///
/// The destination's policy is asked every time, so that a sender who is taken out of it is no
/// longer served; AWS does so after a delay that is not documented, here it is none.
pub(super) fn route(world: &mut World, key: &LaneKey) -> Result<Route, ServiceError> {
    let group = world.logs.groups.get(&key.group).ok_or_else(|| not_found("log group"))?;
    let filter = group.filters.get(&key.filter).ok_or_else(|| not_found("subscription filter"))?;
    let distribution = filter.distribution;
    let Some(destination) = DestinationKey::from_arn(&filter.destination_arn) else {
        return Ok(Route {
            target_arn: filter.destination_arn.clone(),
            role_arn: filter.role_arn.clone().unwrap_or_default(),
            distribution,
        });
    };
    let Some(found) = world.logs.destinations.get(&destination) else {
        return Err(not_found("destination"));
    };
    let route = Route {
        target_arn: found.target_arn.clone(),
        role_arn: found.role_arn.clone(),
        distribution,
    };
    let sender = Caller::root(key.group.account, key.group.region.clone());
    may_subscribe(world, &sender, &destination)?;
    Ok(route)
}

/// Whether the policies let `sender` subscribe to a destination: the destination's own, and the
/// sender's. Without a policy it is closed to everybody, its owner too.
pub(crate) fn may_subscribe(
    world: &mut World,
    sender: &Caller,
    destination: &DestinationKey,
) -> Result<(), ServiceError> {
    const ACTION: &str = "logs:PutSubscriptionFilter";
    let arn = destination.arn();
    let has_policy =
        world.logs.destinations.get(destination).is_some_and(|found| found.policy.is_some());
    let allowed = world.authorize(sender, Access::to(ACTION, &arn));
    // AWS names only the account, not the caller, when it is about a destination.
    if has_policy && allowed.is_ok() {
        return Ok(());
    }
    Err(ServiceError::access_denied(format!(
        "User with accountId: {} is not authorized to perform: {ACTION} on resource: {arn}",
        sender.account
    )))
}
