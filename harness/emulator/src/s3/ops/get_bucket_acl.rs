//! GetBucketAcl (S3 reference, operations).

use super::super::access::to_bucket;
use super::super::bucket::canonical_id;
use super::super::request::S3Request;
use super::xml;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::xml::Element;

/// Tells the ACL of a bucket: ACLs are disabled, so its owner has FULL_CONTROL and nobody else.
///
/// # Errors
/// `NoSuchBucket`, `AccessDenied`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    run(world, caller, &request.bucket)?;
    let owner = world.s3.buckets.get(&request.bucket).map(|bucket| canonical_id(bucket.owner));
    let owner = owner.unwrap_or_default();
    let grantee = Element::new("Grantee")
        .attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .attribute("xsi:type", "CanonicalUser")
        .child(Element::text("ID", owner.as_str()));
    let grant =
        Element::new("Grant").child(grantee).child(Element::text("Permission", "FULL_CONTROL"));
    let answer = Element::new("AccessControlPolicy")
        .child(Element::new("Owner").child(Element::text("ID", owner.as_str())))
        .child(Element::new("AccessControlList").child(grant));
    Ok(xml(answer))
}

/// Asks whether the caller may read the ACL of a bucket, as CloudTrail does before it writes.
///
/// # Errors
/// `NoSuchBucket`, `AccessDenied`.
pub fn run(world: &mut World, caller: &Caller, bucket: &str) -> Result<(), ServiceError> {
    to_bucket(world, caller, "s3:GetBucketAcl", bucket)
}
