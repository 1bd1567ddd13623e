//! The operations of S3, one a file.

pub mod abort_multipart_upload;
pub mod complete_multipart_upload;
pub mod create_bucket;
pub mod create_multipart_upload;
pub mod delete_bucket;
pub mod delete_bucket_policy;
pub mod delete_object;
pub mod delete_objects;
pub mod get_bucket_acl;
pub mod get_bucket_location;
pub mod get_bucket_policy;
pub mod get_object;
pub mod head_bucket;
pub mod head_object;
pub mod list_buckets;
pub mod list_objects;
pub mod list_objects_v2;
pub mod list_parts;
mod listing;
pub mod put_bucket_policy;
pub mod put_object;
pub mod upload_part;

use crate::kernel::WireResponse;
use crate::protocol::xml::Element;

/// The namespace of S3's documents.
pub(super) const NAMESPACE: &str = "http://s3.amazonaws.com/doc/2006-03-01/";

/// A response with an XML document.
pub(super) fn xml(element: Element) -> WireResponse {
    let body = element.attribute("xmlns", NAMESPACE).document();
    WireResponse::new(200, "application/xml", body)
}
