//! AbortMultipartUpload (S3 reference, operations).

use super::super::access::to_object;
use super::super::request::S3Request;
use super::upload_part::upload;
use crate::kernel::{Caller, ServiceError, WireResponse, World};

/// Gives up an upload and its parts.
///
/// # Errors
/// `NoSuchBucket`, `AccessDenied`, `NoSuchUpload`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    let address = (request.bucket.as_str(), request.key.as_str());
    to_object(world, caller, "s3:AbortMultipartUpload", address, &[])?;
    upload(world, request)?;
    let id = request.parameter("uploadId").unwrap_or_default();
    if let Some(bucket) = world.s3.buckets.get_mut(&request.bucket) {
        bucket.uploads.remove(id);
    }
    Ok(WireResponse::empty(204))
}
