//! ListBuckets (S3 reference, operations).

use super::super::bucket::canonical_id;
use super::super::error::invalid_argument;
use super::super::request::S3Request;
use super::xml;
use crate::kernel::{Access, Caller, ServiceError, WireResponse, World};
use crate::protocol::xml::Element;

/// The most buckets of a page.
const PAGE_MAX: usize = 10_000;

/// Lists the buckets of the caller's account by name, from `continuation-token` on.
///
/// # Errors
/// `AccessDenied`, `InvalidArgument`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    world.authorize(
        caller,
        Access::to("s3:ListAllMyBuckets", "arn:aws:s3:::*").owned_by(caller.account),
    )?;
    let most = request.number("max-buckets", PAGE_MAX)?;
    if most == 0 {
        return Err(invalid_argument(
            "max-buckets must be between 1 and 10000",
            "max-buckets",
            "0",
        ));
    }
    let prefix = request.parameter("prefix").unwrap_or_default();
    let after = request.parameter("continuation-token").unwrap_or_default();
    let mut found = world.s3.buckets.values().filter(|bucket| {
        bucket.owner == caller.account && bucket.name.starts_with(prefix) && *bucket.name > *after
    });
    let page: Vec<_> = found.by_ref().take(most).collect();
    let token = page.last().filter(|_| found.next().is_some()).map(|bucket| bucket.name.clone());
    let buckets = page.iter().map(|bucket| {
        Element::new("Bucket")
            .child(Element::text("Name", bucket.name.as_str()))
            .child(Element::text("CreationDate", bucket.created.format("%Y-%m-%dT%H:%M:%S.000Z")))
            .child(Element::text("BucketRegion", bucket.region.as_str()))
    });
    let owner = Element::new("Owner").child(Element::text("ID", canonical_id(caller.account)));
    let answer = Element::new("ListAllMyBucketsResult")
        .child(owner)
        .child(Element::new("Buckets").children(buckets))
        .maybe((!prefix.is_empty()).then(|| Element::text("Prefix", prefix)))
        .maybe(token.map(|token| Element::text("ContinuationToken", token)));
    Ok(xml(answer))
}
