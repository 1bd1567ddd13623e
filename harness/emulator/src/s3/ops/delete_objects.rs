//! DeleteObjects (S3 reference, operations).

use super::super::error::{malformed_xml, no_such_bucket};
use super::super::request::S3Request;
use super::{delete_object, xml};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::xml::Element;
use crate::protocol::xml_read::Node;

/// The most keys of a call.
const KEYS_MAX: usize = 1_000;

/// Deletes up to 1,000 objects, each for itself; a key without an object counts as deleted.
///
/// # Errors
/// `NoSuchBucket`, `MalformedXML`, `InvalidRequest`, `BadDigest`; what is refused of a key stands in
/// the answer.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    if !world.s3.buckets.contains_key(&request.bucket) {
        return Err(no_such_bucket(&request.bucket));
    }
    let checked = request.checksum()?.is_some() || request.header("content-md5").is_some();
    if !checked {
        return Err(ServiceError::client(
            "InvalidRequest",
            "Missing required header for this request: Content-MD5 OR x-amz-checksum-*",
        ));
    }
    let body = Node::parse(&request.body).filter(|node| node.name == "Delete");
    let body = body.ok_or_else(malformed_xml)?;
    let keys: Option<Vec<_>> = body.all("Object").map(|object| object.child_text("Key")).collect();
    let keys =
        keys.filter(|keys| (1..=KEYS_MAX).contains(&keys.len())).ok_or_else(malformed_xml)?;
    let quiet = body.child_text("Quiet") == Some("true");
    let mut answer = Element::new("DeleteResult");
    for key in keys {
        match delete_object::run(world, caller, &request.bucket, key) {
            Ok(()) if quiet => {}
            Ok(()) => {
                answer = answer.child(Element::new("Deleted").child(Element::text("Key", key)));
            }
            Err(error) => {
                let code = if error.is_access_denied() { "AccessDenied" } else { &error.code };
                let refused = Element::new("Error")
                    .child(Element::text("Key", key))
                    .child(Element::text("Code", code))
                    .child(Element::text("Message", error.message.as_str()));
                answer = answer.child(refused);
            }
        }
    }
    Ok(xml(answer))
}
