//! DeleteBucketPolicy (S3 reference, operations).

use super::super::access::to_bucket;
use super::super::bucket::arn;
use super::super::request::S3Request;
use crate::kernel::{Caller, ServiceError, WireResponse, World};

/// Takes the policy off a bucket; also when it has none.
///
/// # Errors
/// `NoSuchBucket`, `AccessDenied`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    let name = request.bucket.as_str();
    to_bucket(world, caller, "s3:DeleteBucketPolicy", name)?;
    if let Some(bucket) = world.s3.buckets.get_mut(name) {
        bucket.policy = None;
    }
    world.trace("s3.policy", &arn(name), &[]);
    Ok(WireResponse::empty(204))
}
