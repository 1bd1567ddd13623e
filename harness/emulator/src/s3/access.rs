//! Asking the policies for a bucket and for an object.

use super::bucket::arn;
use super::error::no_such_bucket;
use crate::kernel::{Access, Caller, ServiceError, World};

/// Asks whether `caller` may do this to a bucket that exists.
///
/// # Errors
/// `NoSuchBucket`, `AccessDenied`.
pub(super) fn to_bucket(
    world: &mut World,
    caller: &Caller,
    action: &str,
    bucket: &str,
) -> Result<(), ServiceError> {
    let owner = world.s3.buckets.get(bucket).ok_or_else(|| no_such_bucket(bucket))?.owner;
    world.authorize(caller, Access::to(action, &arn(bucket)).owned_by(owner))
}

/// Asks whether `caller` may do this to an object of a bucket that exists, with more of context.
///
/// # Errors
/// `NoSuchBucket`, `AccessDenied`.
pub(super) fn to_object(
    world: &mut World,
    caller: &Caller,
    action: &str,
    (bucket, key): (&str, &str),
    context: &[(&str, &str)],
) -> Result<(), ServiceError> {
    let owner = world.s3.buckets.get(bucket).ok_or_else(|| no_such_bucket(bucket))?.owner;
    let resource = format!("{}/{key}", arn(bucket));
    let mut access = Access::to(action, &resource).owned_by(owner);
    for (name, value) in context {
        access = access.with(name, *value);
    }
    world.authorize(caller, access)
}

/// Whether `caller` may list a bucket: only then is it told that an object does not exist.
pub(super) fn may_list(world: &World, caller: &Caller, bucket: &str) -> bool {
    let Some(owner) = world.s3.buckets.get(bucket).map(|bucket| bucket.owner) else { return false };
    let resource = arn(bucket);
    world.decide(caller, Access::to("s3:ListBucket", &resource).owned_by(owner)).is_allowed()
}
