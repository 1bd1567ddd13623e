//! The roles that Firehose takes on for its hops.

use super::config::Plan;
use crate::iam;
use crate::kernel::{Caller, ServiceError, World};

/// The principal that roles have to trust.
pub(crate) const SERVICE: &str = "firehose.amazonaws.com";

/// Takes on a role on behalf of a delivery stream.
///
/// # Errors
/// When the role is not there, or does not trust Firehose for this stream.
pub(crate) fn assume(
    world: &mut World,
    plan: &Plan,
    role_arn: &str,
) -> Result<Caller, ServiceError> {
    let (region, account) = (plan.region.clone(), plan.account);
    iam::assume_role_for_service(world, SERVICE, role_arn, &region, account, &plan.arn)
}
