//! CreateMultipartUpload (S3 reference, operations).

use std::collections::BTreeMap;

use super::super::access::to_object;
use super::super::error::no_such_bucket;
use super::super::multipart::Upload;
use super::super::name::check_key;
use super::super::request::S3Request;
use super::create_bucket::check_object_acl;
use super::{put_object, xml};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::xml::Element;

/// Begins an upload in parts.
///
/// # Errors
/// Those of PutObject.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    let (name, key) = (request.bucket.as_str(), request.key.as_str());
    put_object::refuse_unsupported(request)?;
    check_key(key)?;
    let acl = request.header("x-amz-acl");
    let context: Vec<_> = acl.iter().map(|acl| ("s3:x-amz-acl", *acl)).collect();
    to_object(world, caller, "s3:PutObject", (name, key), &context)?;
    check_object_acl(acl)?;
    let id =
        world.s3.ids.text(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._", 128);
    let upload =
        Upload { key: key.to_owned(), description: request.description(), parts: BTreeMap::new() };
    let bucket = world.s3.buckets.get_mut(name).ok_or_else(|| no_such_bucket(name))?;
    bucket.uploads.insert(id.clone(), upload);
    let answer = Element::new("InitiateMultipartUploadResult")
        .child(Element::text("Bucket", name))
        .child(Element::text("Key", key))
        .child(Element::text("UploadId", id));
    Ok(xml(answer))
}
