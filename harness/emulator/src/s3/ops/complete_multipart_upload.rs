//! CompleteMultipartUpload (S3 reference, operations and object semantics).

use bytes::BytesMut;
use md5::{Digest, Md5};

use super::super::access::to_object;
use super::super::bucket::arn;
use super::super::error::{malformed_xml, no_such_bucket};
use super::super::multipart::{PART_MIN_BYTES, Upload};
use super::super::object::{Object, hex, quoted};
use super::super::request::S3Request;
use super::upload_part::upload;
use super::xml;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::xml::Element;
use crate::protocol::xml_read::Node;

/// Makes one object of the parts that the body names, in ascending order.
///
/// # Errors
/// `NoSuchBucket`, `AccessDenied`, `NoSuchUpload`, `MalformedXML`, `InvalidPart`,
/// `InvalidPartOrder`, `EntityTooSmall`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    let (name, key) = (request.bucket.as_str(), request.key.as_str());
    to_object(world, caller, "s3:PutObject", (name, key), &[])?;
    let id = request.parameter("uploadId").unwrap_or_default();
    let now = world.now();
    let upload = upload(world, request)?;
    let wanted = wanted(request)?;
    let object = assemble(upload, &wanted, id, now)?;
    let etag = quoted(&object.etag);
    let bytes = object.body.clone();
    let bucket = world.s3.buckets.get_mut(name).ok_or_else(|| no_such_bucket(name))?;
    let region = bucket.region.clone();
    bucket.uploads.remove(id);
    bucket.objects.insert(key.to_owned(), object);
    world.trace("s3.object", &format!("{}/{key}", arn(name)), &bytes);
    let answer = Element::new("CompleteMultipartUploadResult")
        .child(Element::text("Location", format!("https://{name}.s3.{region}.amazonaws.com/{key}")))
        .child(Element::text("Bucket", name))
        .child(Element::text("Key", key))
        .child(Element::text("ETag", etag));
    Ok(xml(answer))
}

/// The numbers and entity tags that the body names.
fn wanted(request: &S3Request<'_>) -> Result<Vec<(u16, String)>, ServiceError> {
    let body = Node::parse(&request.body).ok_or_else(malformed_xml)?;
    let parts: Option<Vec<_>> = body
        .all("Part")
        .map(|part| {
            let number = part.child_text("PartNumber")?.trim().parse().ok()?;
            Some((number, part.child_text("ETag")?.trim_matches('"').to_owned()))
        })
        .collect();
    parts.filter(|parts| !parts.is_empty()).ok_or_else(malformed_xml)
}

fn assemble(
    upload: &Upload,
    wanted: &[(u16, String)],
    id: &str,
    now: tributary_vocabulary::Timestamp,
) -> Result<Object, ServiceError> {
    if !wanted.is_sorted_by(|before, after| before.0 < after.0) {
        return Err(ServiceError::client(
            "InvalidPartOrder",
            "The list of parts was not in ascending order. Parts must be ordered by part number.",
        )
        .field("UploadId", id));
    }
    let mut body = BytesMut::new();
    let mut digests = Md5::new();
    for (nth, (number, etag)) in wanted.iter().enumerate() {
        let Some(part) = upload.parts.get(number).filter(|part| part.etag == *etag) else {
            return Err(ServiceError::client(
                "InvalidPart",
                "One or more of the specified parts could not be found.  The part may not have \
                 been uploaded, or the specified entity tag may not match the part's entity tag.",
            )
            .field("UploadId", id)
            .field("PartNumber", number.to_string())
            .field("ETag", etag.as_str()));
        };
        if nth + 1 < wanted.len() && part.body.len() < PART_MIN_BYTES {
            return Err(ServiceError::client(
                "EntityTooSmall",
                "Your proposed upload is smaller than the minimum allowed size",
            )
            .field("ProposedSize", part.body.len().to_string())
            .field("MinSizeAllowed", PART_MIN_BYTES.to_string())
            .field("PartNumber", number.to_string())
            .field("ETag", etag.as_str()));
        }
        digests.update(Md5::digest(&part.body));
        body.extend_from_slice(&part.body);
    }
    let mut object = Object::new(body.freeze(), now, upload.description.clone(), None);
    object.etag = format!("{}-{}", hex(&digests.finalize()), wanted.len());
    Ok(object)
}
