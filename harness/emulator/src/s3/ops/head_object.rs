//! HeadObject (S3 reference, operations).

use super::super::request::S3Request;
use super::get_object::{find, unchanged, with_checksum};
use crate::kernel::{Caller, ServiceError, WireResponse, World};

/// Tells what GetObject would answer, without the bytes.
///
/// # Errors
/// 404, 403 and 412 without a body.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    let object = find(world, caller, request)?;
    if let Some(response) = unchanged(request, object)? {
        return Ok(response);
    }
    let response = object.describe(WireResponse::empty(200));
    let response = response.header("content-length", &object.body.len().to_string());
    Ok(with_checksum(request, object, response))
}
