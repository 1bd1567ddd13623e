//! ListObjectsV2 (S3 reference, ListObjectsV2).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::super::access::to_bucket;
use super::super::error::{invalid_argument, no_such_bucket};
use super::super::request::S3Request;
use super::listing::Listing;
use super::xml;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::xml::Element;

/// Lists the objects of a bucket in UTF-8 byte order, at most 1,000 a page.
///
/// # Errors
/// `NoSuchBucket`, `AccessDenied`, `InvalidArgument`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    to_bucket(world, caller, "s3:ListBucket", &request.bucket)?;
    if let Some(other) = request.parameter("list-type").filter(|kind| *kind != "2") {
        return Err(invalid_argument("Invalid List Type specified in Request", "list-type", other));
    }
    let mut listing = Listing::read(request)?;
    let token = request.parameter("continuation-token");
    listing.after = match token {
        Some(token) => read_token(token)?,
        None => request.parameter("start-after").unwrap_or_default().to_owned(),
    };
    listing.owner = request.parameter("fetch-owner") == Some("true");
    let name = request.bucket.as_str();
    let bucket = world.s3.buckets.get(name).ok_or_else(|| no_such_bucket(name))?;
    let page = listing.page(bucket);
    let start_after = request.parameter("start-after").filter(|_| token.is_none());
    let text = |name: &'static str, value: &str| Element::text(name, listing.encode(value));
    let answer = Element::new("ListBucketResult")
        .child(Element::text("Name", name))
        .child(text("Prefix", listing.prefix))
        .maybe((!listing.delimiter.is_empty()).then(|| text("Delimiter", listing.delimiter)))
        .maybe(start_after.map(|start| text("StartAfter", start)))
        .maybe(token.map(|token| Element::text("ContinuationToken", token)))
        .maybe(page.next.as_ref().map(|next| {
            Element::text("NextContinuationToken", STANDARD.encode(format!("v1:{next}")))
        }))
        .child(Element::text("KeyCount", (page.objects.len() + page.prefixes.len()).to_string()))
        .child(Element::text("MaxKeys", listing.max_keys.to_string()))
        .maybe(listing.url.then(|| Element::text("EncodingType", "url")))
        .child(Element::text("IsTruncated", page.next.is_some().to_string()))
        .children(listing.elements(bucket, &page));
    Ok(xml(answer))
}

fn read_token(token: &str) -> Result<String, ServiceError> {
    let decoded = STANDARD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let after = decoded.as_deref().and_then(|text| text.strip_prefix("v1:"));
    after.map(str::to_owned).ok_or_else(|| {
        let message = "The continuation token provided is incorrect";
        invalid_argument(message, "continuation-token", token)
    })
}
