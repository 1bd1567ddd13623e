//! PutObject (S3 reference, operations and object semantics).

use bytes::Bytes;

use super::super::access::to_object;
use super::super::bucket::arn;
use super::super::checksum::Checksum;
use super::super::error::{no_such_bucket, not_implemented};
use super::super::name::check_key;
use super::super::object::{Description, Object, quoted};
use super::super::request::S3Request;
use super::create_bucket::check_object_acl;
use crate::kernel::{Caller, ServiceError, WireResponse, World};

/// The largest object of one request, in bytes.
const OBJECT_MAX_BYTES: usize = 5 * 1024 * 1024 * 1024;
/// The most metadata of an object, names and values, in bytes.
const METADATA_MAX_BYTES: usize = 2 * 1024;

/// An object to write.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// The bucket.
    pub bucket: String,
    /// The key.
    pub key: String,
    /// The bytes.
    pub body: Bytes,
    /// What is stored beside them.
    pub description: Description,
    /// A canned ACL: none, or `bucket-owner-full-control`.
    pub acl: Option<String>,
    /// The checksum that the writer gave, verified.
    pub checksum: Option<Checksum>,
    /// Only when no object of this key is there (`If-None-Match: *`).
    pub only_if_absent: bool,
    /// Only when the object there has this entity tag (`If-Match`).
    pub only_if_match: Option<String>,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The entity tag, without its quotes.
    pub etag: String,
}

/// Reads the request.
///
/// # Errors
/// Those of [`run`], `InvalidRequest`, `BadDigest`, `InvalidDigest`, `NotImplemented`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    refuse_unsupported(request)?;
    let checksum = request.checksum()?;
    if let Some(value) = request.header("if-none-match").filter(|value| *value != "*") {
        return Err(not_implemented(&format!("If-None-Match: {value} on a write")));
    }
    let etag = |text: &str| text.trim_matches('"').to_owned();
    let input = Input {
        bucket: request.bucket.clone(),
        key: request.key.clone(),
        body: request.body.clone(),
        description: request.description(),
        acl: request.header("x-amz-acl").map(str::to_owned),
        checksum,
        only_if_absent: request.header("if-none-match").is_some(),
        only_if_match: request.header("if-match").map(etag),
    };
    let output = run(world, caller, input)?;
    let object = world.s3.buckets.get(&request.bucket).and_then(|b| b.objects.get(&request.key));
    let response = WireResponse::empty(200)
        .header("etag", &quoted(&output.etag))
        .header("x-amz-server-side-encryption", "AES256");
    Ok(match object.map(Object::checksum) {
        Some(checksum) => response
            .header(checksum.algorithm.header(), &checksum.value)
            .header("x-amz-checksum-type", "FULL_OBJECT"),
        None => response,
    })
}

/// Refuses headers that would change what is stored.
pub(super) fn refuse_unsupported(request: &S3Request<'_>) -> Result<(), ServiceError> {
    let unsupported = [
        ("x-amz-tagging", "object tags"),
        ("x-amz-website-redirect-location", "redirects of websites"),
        ("x-amz-object-lock-mode", "object lock"),
        ("x-amz-object-lock-legal-hold", "object lock"),
        ("x-amz-server-side-encryption-customer-algorithm", "encryption with customer keys"),
    ];
    for (header, what) in unsupported {
        if request.header(header).is_some() {
            return Err(not_implemented(&format!("{what} ({header})")));
        }
    }
    match request.header("x-amz-storage-class") {
        None | Some("STANDARD") => {}
        Some(other) => return Err(not_implemented(&format!("storage class {other}"))),
    }
    let grants = request.wire.headers.keys().any(|n| n.as_str().starts_with("x-amz-grant-"));
    if grants {
        return Err(ServiceError::client(
            "AccessControlListNotSupported",
            "The bucket does not allow ACLs",
        ));
    }
    Ok(())
}

/// Writes an object in place of the one that may be there.
///
/// # Errors
/// `NoSuchBucket`, `KeyTooLongError`, `AccessDenied`, `AccessControlListNotSupported`,
/// `InvalidArgument`, `EntityTooLarge`, `MetadataTooLarge`, `PreconditionFailed`, `NoSuchKey`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let Input { bucket: name, key, body, description, acl, checksum, .. } = &input;
    if !world.s3.buckets.contains_key(name) {
        return Err(no_such_bucket(name));
    }
    check_key(key)?;
    let context: Vec<_> = acl.iter().map(|acl| ("s3:x-amz-acl", acl.as_str())).collect();
    to_object(world, caller, "s3:PutObject", (name, key), &context)?;
    check_object_acl(acl.as_deref())?;
    check_size(body, description)?;
    let now = world.now();
    let bucket = world.s3.buckets.get_mut(name).ok_or_else(|| no_such_bucket(name))?;
    check_preconditions(&input, bucket.objects.get(key))?;
    let object = Object::new(body.clone(), now, description.clone(), checksum.clone());
    let etag = object.etag.clone();
    bucket.objects.insert(key.clone(), object);
    world.trace("s3.object", &format!("{}/{key}", arn(name)), body);
    Ok(Output { etag })
}

fn check_size(body: &Bytes, description: &Description) -> Result<(), ServiceError> {
    if body.len() > OBJECT_MAX_BYTES {
        return Err(ServiceError::client(
            "EntityTooLarge",
            "Your proposed upload exceeds the maximum allowed size",
        )
        .field("ProposedSize", body.len().to_string())
        .field("MaxSizeAllowed", OBJECT_MAX_BYTES.to_string()));
    }
    let metadata = &description.metadata;
    let size: usize = metadata.iter().map(|(name, value)| name.len() + value.len()).sum();
    if size > METADATA_MAX_BYTES {
        return Err(ServiceError::client(
            "MetadataTooLarge",
            "Your metadata headers exceed the maximum allowed metadata size",
        )
        .field("Size", size.to_string())
        .field("MaxSizeAllowed", METADATA_MAX_BYTES.to_string()));
    }
    Ok(())
}

fn check_preconditions(input: &Input, there: Option<&Object>) -> Result<(), ServiceError> {
    let failed = |condition: &str| {
        ServiceError::client(
            "PreconditionFailed",
            "At least one of the pre-conditions you specified did not hold",
        )
        .status(412)
        .field("Condition", condition)
    };
    if input.only_if_absent && there.is_some() {
        return Err(failed("If-None-Match"));
    }
    match (&input.only_if_match, there) {
        (Some(_), None) => Err(super::super::error::no_such_key(&input.key)),
        (Some(wanted), Some(there)) if *wanted != there.etag => Err(failed("If-Match")),
        _ => Ok(()),
    }
}
