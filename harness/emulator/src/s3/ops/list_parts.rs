//! ListParts (S3 reference, operations).

use super::super::access::to_object;
use super::super::object::quoted;
use super::super::request::S3Request;
use super::upload_part::upload;
use super::xml;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::xml::Element;

/// Lists the parts that came, by number, at most 1,000 a page.
///
/// # Errors
/// `NoSuchBucket`, `AccessDenied`, `NoSuchUpload`, `InvalidArgument`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    let (name, key) = (request.bucket.as_str(), request.key.as_str());
    to_object(world, caller, "s3:ListMultipartUploadParts", (name, key), &[])?;
    let most = request.number("max-parts", 1_000)?;
    let after = request.number("part-number-marker", 10_000)?;
    let after = if request.parameter("part-number-marker").is_none() { 0 } else { after };
    let upload = upload(world, request)?;
    let mut rest = upload.parts.iter().filter(|(number, _)| usize::from(**number) > after);
    let page: Vec<_> = rest.by_ref().take(most).collect();
    let more = rest.next().is_some();
    let parts = page.iter().map(|(number, part)| {
        Element::new("Part")
            .child(Element::text("PartNumber", number.to_string()))
            .child(Element::text("LastModified", part.modified.format("%Y-%m-%dT%H:%M:%S.000Z")))
            .child(Element::text("ETag", quoted(&part.etag)))
            .child(Element::text("Size", part.body.len().to_string()))
    });
    let next = page.last().filter(|_| more).map(|(number, _)| number.to_string());
    let answer = Element::new("ListPartsResult")
        .child(Element::text("Bucket", name))
        .child(Element::text("Key", key))
        .child(Element::text("UploadId", request.parameter("uploadId").unwrap_or_default()))
        .child(Element::text("PartNumberMarker", after.to_string()))
        .maybe(next.map(|next| Element::text("NextPartNumberMarker", next)))
        .child(Element::text("MaxParts", most.to_string()))
        .child(Element::text("IsTruncated", more.to_string()))
        .children(parts);
    Ok(xml(answer))
}
