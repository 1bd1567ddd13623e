//! GetBucketPolicy (S3 reference, operations).

use super::super::access::to_bucket;
use super::super::request::S3Request;
use crate::kernel::{Caller, ServiceError, WireResponse, World};

/// Tells the policy of a bucket, byte for byte as it was given.
///
/// # Errors
/// `NoSuchBucket`, `AccessDenied`, `NoSuchBucketPolicy`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    let name = request.bucket.as_str();
    to_bucket(world, caller, "s3:GetBucketPolicy", name)?;
    let policy = world.s3.buckets.get(name).and_then(|bucket| bucket.policy.as_ref());
    let policy = policy.ok_or_else(|| {
        ServiceError::client("NoSuchBucketPolicy", "The bucket policy does not exist")
            .status(404)
            .field("BucketName", name)
    })?;
    Ok(WireResponse::new(200, "application/json", policy.document.text().to_owned()))
}
