//! HeadBucket (S3 reference, operations).

use super::super::access::to_bucket;
use super::super::request::S3Request;
use crate::kernel::{Caller, ServiceError, WireResponse, World};

/// Tells whether a bucket is there and may be listed, and its Region.
///
/// # Errors
/// 404 and 403 without a body.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    to_bucket(world, caller, "s3:ListBucket", &request.bucket)?;
    let region = world.s3.buckets.get(&request.bucket).map(|bucket| bucket.region.clone());
    let region = region.unwrap_or_else(|| caller.region.clone());
    Ok(WireResponse::empty(200).header("x-amz-bucket-region", region.as_str()))
}
