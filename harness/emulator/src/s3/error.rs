//! The errors of S3, and how it writes them (S3 reference, protocol).

use crate::kernel::{ServiceError, WireResponse, World};
use crate::protocol::xml::Element;

/// There is no such bucket.
pub(super) fn no_such_bucket(bucket: &str) -> ServiceError {
    ServiceError::client("NoSuchBucket", "The specified bucket does not exist")
        .status(404)
        .field("BucketName", bucket)
}

/// There is no such object.
pub(super) fn no_such_key(key: &str) -> ServiceError {
    ServiceError::client("NoSuchKey", "The specified key does not exist.")
        .status(404)
        .field("Key", key)
}

/// An argument is not what it should be.
pub(super) fn invalid_argument(
    message: impl Into<String>,
    name: &str,
    value: &str,
) -> ServiceError {
    ServiceError::client("InvalidArgument", message)
        .field("ArgumentName", name)
        .field("ArgumentValue", value)
}

/// The body is not the XML that the operation reads.
pub(super) fn malformed_xml() -> ServiceError {
    ServiceError::client(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema",
    )
}

/// S3 has this, this emulator has it not.
pub(super) fn not_implemented(what: &str) -> ServiceError {
    ServiceError::client(
        "NotImplemented",
        format!(
            "{what} is not implemented in this emulator; it has {}",
            super::OPERATIONS.iter().map(|o| o.name).collect::<Vec<_>>().join(", ")
        ),
    )
    .status(501)
}

/// The response of an error, as S3 writes it; a HEAD's has no body, which its caller removes.
pub(crate) fn error_response(world: &mut World, error: &ServiceError) -> WireResponse {
    let (code, status) = if error.is_access_denied() {
        ("AccessDenied", 403)
    } else if error.code == "UnrecognizedClientException" {
        ("InvalidAccessKeyId", 403)
    } else if error.code == "ExpiredTokenException" {
        ("ExpiredToken", 400)
    } else {
        (error.code.as_ref(), error.status)
    };
    let request_id = world.s3.ids.upper(16);
    let mut body = Element::new("Error")
        .child(Element::text("Code", code))
        .child(Element::text("Message", error.message.as_str()));
    for (name, value) in &error.fields {
        body = body.child(Element::text(*name, value.as_str()));
    }
    let body = body
        .child(Element::text("RequestId", request_id.as_str()))
        .child(Element::text("HostId", "tributary"));
    WireResponse::new(status, "application/xml", body.document())
        .header("x-amz-request-id", &request_id)
}
