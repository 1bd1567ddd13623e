//! ListObjects, the first version (S3 reference, ListObjectsV2).

use super::super::access::to_bucket;
use super::super::error::no_such_bucket;
use super::super::request::S3Request;
use super::listing::Listing;
use super::xml;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::xml::Element;

/// Lists the objects of a bucket behind `marker`, at most 1,000 a page, each with its owner.
///
/// # Errors
/// `NoSuchBucket`, `AccessDenied`, `InvalidArgument`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    to_bucket(world, caller, "s3:ListBucket", &request.bucket)?;
    let mut listing = Listing::read(request)?;
    request.parameter("marker").unwrap_or_default().clone_into(&mut listing.after);
    listing.owner = true;
    let name = request.bucket.as_str();
    let bucket = world.s3.buckets.get(name).ok_or_else(|| no_such_bucket(name))?;
    let page = listing.page(bucket);
    let text = |name: &'static str, value: &str| Element::text(name, listing.encode(value));
    let next = page.next.as_ref().filter(|_| !listing.delimiter.is_empty());
    let answer = Element::new("ListBucketResult")
        .child(Element::text("Name", name))
        .child(text("Prefix", listing.prefix))
        .child(text("Marker", &listing.after))
        .maybe(next.map(|next| text("NextMarker", next)))
        .maybe((!listing.delimiter.is_empty()).then(|| text("Delimiter", listing.delimiter)))
        .child(Element::text("MaxKeys", listing.max_keys.to_string()))
        .maybe(listing.url.then(|| Element::text("EncodingType", "url")))
        .child(Element::text("IsTruncated", page.next.is_some().to_string()))
        .children(listing.elements(bucket, &page));
    Ok(xml(answer))
}
