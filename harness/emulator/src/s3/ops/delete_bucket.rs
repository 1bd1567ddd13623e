//! DeleteBucket (S3 reference, operations).

use super::super::access::to_bucket;
use super::super::bucket::arn;
use super::super::error::no_such_bucket;
use super::super::request::S3Request;
use crate::kernel::{Caller, ServiceError, WireResponse, World};

/// Deletes an empty bucket.
///
/// # Errors
/// `NoSuchBucket`, `AccessDenied`, `BucketNotEmpty`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    let name = request.bucket.as_str();
    to_bucket(world, caller, "s3:DeleteBucket", name)?;
    let bucket = world.s3.buckets.get(name).ok_or_else(|| no_such_bucket(name))?;
    if !bucket.objects.is_empty() {
        return Err(ServiceError::client(
            "BucketNotEmpty",
            "The bucket you tried to delete is not empty",
        )
        .status(409)
        .field("BucketName", name));
    }
    world.s3.buckets.remove(name);
    world.trace("s3.bucket-deleted", &arn(name), &[]);
    Ok(WireResponse::empty(204))
}
