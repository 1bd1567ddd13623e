//! UploadPart (S3 reference, operations).

use md5::{Digest, Md5};

use super::super::access::to_object;
use super::super::error::{invalid_argument, no_such_bucket};
use super::super::multipart::{PART_MAX_NUMBER, Part, Upload, no_such_upload};
use super::super::object::{hex, quoted};
use super::super::request::S3Request;
use crate::kernel::{Caller, ServiceError, WireResponse, World};

/// Stores one part in place of the one of its number that may be there.
///
/// # Errors
/// `NoSuchBucket`, `AccessDenied`, `NoSuchUpload`, `InvalidArgument`, `BadDigest`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    let number = request.parameter("partNumber").unwrap_or_default();
    let number = number.parse().ok().filter(|number| (1..=PART_MAX_NUMBER).contains(number));
    let Some(number) = number else {
        return Err(invalid_argument(
            "Part number must be an integer between 1 and 10000, inclusive",
            "partNumber",
            request.parameter("partNumber").unwrap_or_default(),
        ));
    };
    let checksum = request.checksum()?;
    let address = (request.bucket.as_str(), request.key.as_str());
    to_object(world, caller, "s3:PutObject", address, &[])?;
    let modified = world.now();
    let etag = hex(&Md5::digest(&request.body));
    let part = Part { body: request.body.clone(), etag: etag.clone(), modified };
    upload(world, request)?.parts.insert(number, part);
    let response = WireResponse::empty(200).header("etag", &quoted(&etag));
    Ok(match checksum {
        Some(checksum) => response.header(checksum.algorithm.header(), &checksum.value),
        None => response,
    })
}

/// The upload that a request names.
pub(super) fn upload<'w>(
    world: &'w mut World,
    request: &S3Request<'_>,
) -> Result<&'w mut Upload, ServiceError> {
    let id = request.parameter("uploadId").unwrap_or_default();
    let name = request.bucket.as_str();
    let bucket = world.s3.buckets.get_mut(name).ok_or_else(|| no_such_bucket(name))?;
    let upload = bucket.uploads.get_mut(id).filter(|upload| upload.key == request.key);
    upload.ok_or_else(|| no_such_upload(id))
}
