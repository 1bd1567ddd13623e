//! PutBucketPolicy (S3 reference, operations).

use std::sync::Arc;

use super::super::access::to_bucket;
use super::super::bucket::arn;
use super::super::error::no_such_bucket;
use super::super::request::S3Request;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::policy::{NamedPolicy, PolicyDocument, PolicyKind, ResourceService};

/// The largest policy, in bytes.
const POLICY_MAX_BYTES: usize = 20_480;

/// Sets the policy of a bucket, in place of the one it may have.
///
/// # Errors
/// `NoSuchBucket`, `AccessDenied`, `MalformedPolicy`, `InvalidRequest`, `BadDigest`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    request.checksum()?;
    store(world, caller, &request.bucket, &request.body)?;
    Ok(WireResponse::empty(204))
}

/// The same for a caller who has the policy's text at hand.
///
/// # Errors
/// `NoSuchBucket`, `AccessDenied`, `MalformedPolicy`.
pub(crate) fn store(
    world: &mut World,
    caller: &Caller,
    name: &str,
    body: &[u8],
) -> Result<(), ServiceError> {
    to_bucket(world, caller, "s3:PutBucketPolicy", name)?;
    let malformed = |message: &str| ServiceError::client("MalformedPolicy", message);
    if body.len() > POLICY_MAX_BYTES {
        return Err(malformed("Policy exceeds the maximum allowed document size."));
    }
    let text = std::str::from_utf8(body)
        .map_err(|_| malformed("Policies must be valid JSON and the first byte must be '{'"))?;
    let document = PolicyDocument::parse(text, PolicyKind::Resource(ResourceService::S3))
        .map_err(|error| malformed(&error.sentence()))?;
    document
        .resources_lie_in(&arn(name))
        .then_some(())
        .ok_or_else(|| malformed("Policy has invalid resource"))?;
    let bucket = world.s3.buckets.get_mut(name).ok_or_else(|| no_such_bucket(name))?;
    bucket.policy = Some(NamedPolicy {
        name: format!("the bucket policy of {name}"),
        document: Arc::new(document),
    });
    world.trace("s3.policy", &arn(name), body);
    Ok(())
}
