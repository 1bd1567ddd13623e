//! GetBucketLocation (S3 reference, operations).

use super::super::access::to_bucket;
use super::super::request::S3Request;
use super::xml;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::xml::Element;

/// Tells the Region of a bucket; nothing for us-east-1.
///
/// # Errors
/// `NoSuchBucket`, `AccessDenied`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    to_bucket(world, caller, "s3:GetBucketLocation", &request.bucket)?;
    let region = world.s3.buckets.get(&request.bucket).map(|bucket| bucket.region.as_str());
    let region = region.filter(|region| *region != "us-east-1").unwrap_or_default();
    Ok(xml(Element::text("LocationConstraint", region)))
}
