//! UpdateDestination.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::create_delivery_stream::check_each_role;
use crate::firehose::config::{DESTINATION_ID, DestinationMembers, Plan, PlanContext, invalid};
use crate::firehose::lane;
use crate::firehose::stream::{Status, authorized, required_name, stream_mut};
use crate::kernel::{Caller, ServiceError, Validation, World};

/// What UpdateDestination reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Input {
    /// The name.
    pub delivery_stream_name: Option<String>,
    /// The `VersionId` that the caller has seen.
    pub current_delivery_stream_version_id: Option<String>,
    /// The id of the stream's one destination.
    pub destination_id: Option<String>,
    /// What changes.
    #[serde(flatten)]
    pub destination: DestinationMembers,
}

/// What UpdateDestination answers: `{}`.
#[derive(Debug, Clone, Serialize)]
pub struct Output {}

/// Changes a destination: members that are given take the place of what was there; records that
/// wait already are delivered as it was.
///
/// # Errors
/// Those of the reference, §2 and §2.4.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    let version = input.current_delivery_stream_version_id;
    validation.required("currentDeliveryStreamVersionId", version.as_ref());
    validation.required("destinationId", input.destination_id.as_ref());
    let given = input.destination.only();
    if let Ok(given) = &given {
        given.validate(&mut validation, false);
    }
    let name = required_name(validation, input.delivery_stream_name)?;
    let id = authorized(world, caller, "firehose:UpdateDestination", &name)?;
    let given = given?;
    let now = world.now();
    let stream = stream_mut(world, caller, &name, id)?;
    if stream.status != Status::Active {
        return Err(ServiceError::client(
            "ResourceInUseException",
            format!("Firehose {name} is not ACTIVE: it is {}.", stream.status.name()),
        ));
    }
    if input.destination_id.as_deref() != Some(DESTINATION_ID) {
        return Err(invalid("Destination Id not found"));
    }
    if version != Some(stream.plan.version.to_string()) {
        return Err(ServiceError::client(
            "ConcurrentModificationException",
            format!(
                "Cannot update firehose: {name} since the current version id: {} and specified \
                 version id: {} do not match",
                stream.plan.version,
                version.unwrap_or_default()
            ),
        ));
    }
    let roles: Vec<String> = given.roles().into_iter().map(str::to_owned).collect();
    let mut destination = stream.destination.clone();
    destination.update(given)?;
    let context = PlanContext {
        arn: stream.plan.arn.clone(),
        name: stream.plan.name.clone(),
        version: stream.plan.version + 1,
        account: stream.plan.account,
        region: stream.plan.region.clone(),
        created: stream.created,
    };
    let plan = Arc::new(Plan::of(context, stream.source.as_ref(), &destination)?);
    check_each_role(world, caller, &plan, &roles)?;
    let stream = stream_mut(world, caller, &name, id)?;
    stream.destination = destination;
    stream.plan = plan.clone();
    stream.updated = Some(now);
    let lanes: Vec<_> = stream.lanes.values().flatten().copied().collect();
    world.trace("update", &plan.arn, plan.version.to_string().as_bytes());
    for lane in lanes {
        lane::change(world, lane, plan.clone());
    }
    Ok(Output {})
}
