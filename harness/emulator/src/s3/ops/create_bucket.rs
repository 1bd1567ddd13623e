//! CreateBucket (S3 reference, operations).

use tributary_vocabulary::{AccountId, Region};

use super::super::access::to_bucket;
use super::super::bucket::{Bucket, arn};
use super::super::error::{invalid_argument, malformed_xml};
use super::super::name::check_bucket;
use super::super::request::S3Request;
use crate::kernel::{Access, Caller, ServiceError, WireResponse, World};
use crate::protocol::xml_read::Node;

/// Creates a bucket, owned by the caller's account, in the Region of the endpoint.
///
/// # Errors
/// `InvalidBucketName`, `AccessDenied`, `IllegalLocationConstraintException`, `MalformedXML`,
/// `BucketAlreadyOwnedByYou`, `BucketAlreadyExists`, `AccessControlListNotSupported`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    let name = request.bucket.as_str();
    check_bucket(name)?;
    refuse_unsupported(request)?;
    let region = region(caller, request)?;
    if let Some(owner) = world.s3.buckets.get(name).map(|bucket| bucket.owner) {
        return exists(world, caller, name, owner);
    }
    world.authorize(caller, Access::to("s3:CreateBucket", &arn(name)).owned_by(caller.account))?;
    let bucket = Bucket {
        name: name.to_owned(),
        owner: caller.account,
        region,
        created: world.now(),
        policy: None,
        objects: std::collections::BTreeMap::new(),
        uploads: std::collections::BTreeMap::new(),
    };
    world.s3.buckets.insert(name.to_owned(), bucket);
    world.trace("s3.bucket", &arn(name), caller.account.as_str().as_bytes());
    Ok(created(name))
}

fn created(name: &str) -> WireResponse {
    WireResponse::empty(200).header("location", &format!("/{name}"))
}

/// Refuses what a bucket of this emulator cannot be.
fn refuse_unsupported(request: &S3Request<'_>) -> Result<(), ServiceError> {
    if let Some(acl) = request.header("x-amz-acl").filter(|acl| *acl != "private") {
        return Err(ServiceError::client(
            "InvalidBucketAclWithObjectOwnership",
            format!(
                "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting \
                 (x-amz-acl: {acl})"
            ),
        ));
    }
    match request.header("x-amz-object-ownership") {
        None | Some("BucketOwnerEnforced") => {}
        Some(other) => {
            return Err(super::super::error::not_implemented(&format!("object ownership {other}")));
        }
    }
    match request.header("x-amz-bucket-object-lock-enabled") {
        Some(text) if text.eq_ignore_ascii_case("true") => {
            Err(super::super::error::not_implemented("object lock"))
        }
        _ => Ok(()),
    }
}

/// The bucket's Region: that of the endpoint, which the body has to name unless it is us-east-1.
fn region(caller: &Caller, request: &S3Request<'_>) -> Result<Region, ServiceError> {
    let constraint = if request.body.is_empty() {
        None
    } else {
        let body = Node::parse(&request.body).ok_or_else(malformed_xml)?;
        body.child_text("LocationConstraint").filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let endpoint = caller.region.as_str();
    match constraint.as_deref() {
        None if endpoint == "us-east-1" => Ok(caller.region.clone()),
        Some(wanted) if wanted == endpoint && endpoint != "us-east-1" => Ok(caller.region.clone()),
        Some(wanted) if endpoint == "us-east-1" && wanted != "us-east-1" => {
            wanted.parse().map_err(|_| {
                ServiceError::client(
                    "InvalidLocationConstraint",
                    "The specified location-constraint is not valid",
                )
                .field("LocationConstraint", wanted)
            })
        }
        Some("us-east-1") if endpoint == "us-east-1" => Err(ServiceError::client(
            "InvalidLocationConstraint",
            "The specified location-constraint is not valid",
        )
        .field("LocationConstraint", "us-east-1")),
        other => Err(ServiceError::client(
            "IllegalLocationConstraintException",
            format!(
                "The {} location constraint is incompatible for the region specific endpoint this \
                 request was sent to.",
                other.unwrap_or("unspecified")
            ),
        )),
    }
}

/// What the owner, and what others hear of a name that is taken.
fn exists(
    world: &mut World,
    caller: &Caller,
    name: &str,
    owner: AccountId,
) -> Result<WireResponse, ServiceError> {
    if owner != caller.account {
        return Err(ServiceError::client(
            "BucketAlreadyExists",
            "The requested bucket name is not available. The bucket namespace is shared by all \
             users of the system. Please select a different name and try again.",
        )
        .status(409)
        .field("BucketName", name));
    }
    to_bucket(world, caller, "s3:CreateBucket", name)?;
    if caller.region.as_str() == "us-east-1" {
        return Ok(created(name));
    }
    Err(ServiceError::client(
        "BucketAlreadyOwnedByYou",
        "Your previous request to create the named bucket succeeded and you already own it.",
    )
    .status(409)
    .field("BucketName", name))
}

/// Whether the ACL that a writer asks for may be had in a bucket without ACLs.
///
/// # Errors
/// `InvalidArgument` when there is no such ACL, `AccessControlListNotSupported`.
pub(super) fn check_object_acl(acl: Option<&str>) -> Result<(), ServiceError> {
    const CANNED: [&str; 6] = [
        "private",
        "public-read",
        "public-read-write",
        "authenticated-read",
        "aws-exec-read",
        "bucket-owner-read",
    ];
    match acl {
        None | Some("bucket-owner-full-control") => Ok(()),
        Some(acl) if CANNED.contains(&acl) => Err(ServiceError::client(
            "AccessControlListNotSupported",
            "The bucket does not allow ACLs",
        )),
        Some(other) => Err(invalid_argument("", "x-amz-acl", other)),
    }
}
