//! Onto a Kinesis stream or a delivery stream, in the role of the target.

use bytes::Bytes;

use super::{Parcel, SERVICE};
use crate::events::bus::BusKey;
use crate::events::rule::Rule;
use crate::events::target::Target;
use crate::firehose::ops::put_record as firehose_put;
use crate::iam::assume_role_for_service;
use crate::kernel::{ArnParts, Caller, ServiceError, World};
use crate::kinesis::ops::put_record as kinesis_put;
use crate::protocol::blob::Blob;

/// The session of the role that the target or else its rule names.
pub(super) fn role(
    world: &mut World,
    bus: &BusKey,
    rule: &Rule,
    target: &Target,
) -> Result<Caller, ServiceError> {
    let role = target.given.role_arn.as_deref().or(rule.role_arn.as_deref()).unwrap_or_default();
    assume_role_for_service(world, SERVICE, role, &bus.region, bus.account, &rule.arn)
}

fn blob(parcel: &Parcel) -> Blob {
    Blob(Bytes::copy_from_slice(parcel.text.as_bytes()))
}

/// Puts a record on a stream.
pub(super) fn kinesis(
    world: &mut World,
    bus: &BusKey,
    rule: &Rule,
    target: &Target,
    parcel: &Parcel,
) -> Result<(), ServiceError> {
    let caller = role(world, bus, rule, target)?;
    let input = kinesis_put::Input {
        stream_arn: Some(target.arn().to_owned()),
        data: Some(blob(parcel)),
        partition_key: Some(parcel.partition_key.clone()),
        ..Default::default()
    };
    kinesis_put::run(world, &caller, input).map(|_| ())
}

/// Puts a record on a delivery stream.
pub(super) fn firehose(
    world: &mut World,
    bus: &BusKey,
    rule: &Rule,
    target: &Target,
    name: &str,
    parcel: &Parcel,
) -> Result<(), ServiceError> {
    let caller = role(world, bus, rule, target)?;
    let owner = ArnParts::split(target.arn()).and_then(|arn| arn.account_id());
    if owner != Some(caller.account) {
        return Err(ServiceError::access_denied(format!(
            "A delivery stream has no resource policy: a role of {} cannot reach {}",
            caller.account,
            target.arn()
        )));
    }
    let input = firehose_put::Input {
        delivery_stream_name: Some(name.to_owned()),
        record: Some(firehose_put::Record { data: Some(blob(parcel)) }),
    };
    firehose_put::run(world, &caller, input).map(|_| ())
}
