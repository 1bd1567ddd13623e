//! DeleteObject (S3 reference, operations).

use super::super::access::to_object;
use super::super::bucket::arn;
use super::super::request::S3Request;
use crate::kernel::{Caller, ServiceError, WireResponse, World};

/// Deletes an object; also when there is none.
///
/// # Errors
/// `NoSuchBucket`, `AccessDenied`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    run(world, caller, &request.bucket, &request.key)?;
    Ok(WireResponse::empty(204))
}

/// Deletes an object; also when there is none.
///
/// # Errors
/// `NoSuchBucket`, `AccessDenied`.
pub(super) fn run(
    world: &mut World,
    caller: &Caller,
    bucket: &str,
    key: &str,
) -> Result<(), ServiceError> {
    to_object(world, caller, "s3:DeleteObject", (bucket, key), &[])?;
    let there = world.s3.buckets.get_mut(bucket).and_then(|bucket| bucket.objects.remove(key));
    if there.is_some() {
        world.trace("s3.object-deleted", &format!("{}/{key}", arn(bucket)), &[]);
    }
    Ok(())
}
