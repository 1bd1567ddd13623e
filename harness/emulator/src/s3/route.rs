//! Which operation a request asks for: a method, a level, and a word of the query.

use http::Method;

use super::address::Address;
use super::error::{error_response, not_implemented};
use super::ops;
use super::request::S3Request;
use crate::kernel::{Caller, ServiceError, WireRequest, WireResponse, World};

/// What an operation is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The service: `/`.
    Service,
    /// A bucket: `/b`.
    Bucket,
    /// An object: `/b/k`.
    Object,
}

/// The methods of S3's operations (`http::Method` is no constant).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum S3Method {
    /// GET.
    Get,
    /// HEAD.
    Head,
    /// PUT.
    Put,
    /// POST.
    Post,
    /// DELETE.
    Delete,
}

/// One operation of S3.
#[derive(Clone, Copy)]
pub struct S3Operation {
    /// AWS's name, such as `PutObject`.
    pub name: &'static str,
    /// The method.
    pub method: S3Method,
    /// What it is done to.
    pub level: Level,
    /// The words that the query must have, such as `policy`.
    pub words: &'static [&'static str],
    /// Runs it.
    pub call: fn(&mut World, &Caller, &S3Request<'_>) -> Result<WireResponse, ServiceError>,
}

const fn row(
    name: &'static str,
    method: S3Method,
    level: Level,
    words: &'static [&'static str],
    call: fn(&mut World, &Caller, &S3Request<'_>) -> Result<WireResponse, ServiceError>,
) -> S3Operation {
    S3Operation { name, method, level, words, call }
}

use Level::{Bucket, Object, Service};
use S3Method::{Delete, Get, Head, Post, Put};

/// The rows of the operation table; the first that fits is meant.
pub const OPERATIONS: &[S3Operation] = &[
    row("ListBuckets", Get, Service, &[], ops::list_buckets::call),
    row("PutBucketPolicy", Put, Bucket, &["policy"], ops::put_bucket_policy::call),
    row("GetBucketPolicy", Get, Bucket, &["policy"], ops::get_bucket_policy::call),
    row("DeleteBucketPolicy", Delete, Bucket, &["policy"], ops::delete_bucket_policy::call),
    row("GetBucketAcl", Get, Bucket, &["acl"], ops::get_bucket_acl::call),
    row("GetBucketLocation", Get, Bucket, &["location"], ops::get_bucket_location::call),
    row("DeleteObjects", Post, Bucket, &["delete"], ops::delete_objects::call),
    row("ListObjectsV2", Get, Bucket, &["list-type"], ops::list_objects_v2::call),
    row("ListObjects", Get, Bucket, &[], ops::list_objects::call),
    row("CreateBucket", Put, Bucket, &[], ops::create_bucket::call),
    row("HeadBucket", Head, Bucket, &[], ops::head_bucket::call),
    row("DeleteBucket", Delete, Bucket, &[], ops::delete_bucket::call),
    row("CreateMultipartUpload", Post, Object, &["uploads"], ops::create_multipart_upload::call),
    row("UploadPart", Put, Object, &["partNumber", "uploadId"], ops::upload_part::call),
    row("ListParts", Get, Object, &["uploadId"], ops::list_parts::call),
    row(
        "CompleteMultipartUpload",
        Post,
        Object,
        &["uploadId"],
        ops::complete_multipart_upload::call,
    ),
    row("AbortMultipartUpload", Delete, Object, &["uploadId"], ops::abort_multipart_upload::call),
    row("PutObject", Put, Object, &[], ops::put_object::call),
    row("GetObject", Get, Object, &[], ops::get_object::call),
    row("HeadObject", Head, Object, &[], ops::head_object::call),
    row("DeleteObject", Delete, Object, &[], ops::delete_object::call),
];

/// Words of a query that ask for another operation than the bare method does.
const SUBRESOURCES: [&str; 36] = [
    "accelerate",
    "acl",
    "analytics",
    "attributes",
    "cors",
    "delete",
    "encryption",
    "intelligent-tiering",
    "inventory",
    "legal-hold",
    "lifecycle",
    "list-type",
    "location",
    "logging",
    "metadataTable",
    "metrics",
    "notification",
    "object-lock",
    "ownershipControls",
    "partNumber",
    "policy",
    "policyStatus",
    "publicAccessBlock",
    "replication",
    "requestPayment",
    "restore",
    "retention",
    "select",
    "session",
    "tagging",
    "torrent",
    "uploadId",
    "uploads",
    "versioning",
    "versions",
    "website",
];

impl S3Method {
    fn is(self, method: &Method) -> bool {
        let own = match self {
            Self::Get => Method::GET,
            Self::Head => Method::HEAD,
            Self::Put => Method::PUT,
            Self::Post => Method::POST,
            Self::Delete => Method::DELETE,
        };
        own == *method
    }
}

/// Answers a request: path style and virtual-host style.
pub(crate) fn handle(world: &mut World, caller: &Caller, request: &WireRequest) -> WireResponse {
    let mut response = match answer(world, caller, request) {
        Ok(response) => response,
        Err(error) => error_response(world, &error),
    };
    if request.method == Method::HEAD {
        response.body = bytes::Bytes::new();
    }
    if !response.headers.contains_key("x-amz-request-id") {
        response = response.header("x-amz-request-id", &world.s3.ids.upper(16));
    }
    response.header("server", "AmazonS3")
}

fn answer(
    world: &mut World,
    caller: &Caller,
    request: &WireRequest,
) -> Result<WireResponse, ServiceError> {
    let address = Address::of(request)?;
    let level = match &address {
        Address::Service => Service,
        Address::Bucket(_) => Bucket,
        Address::Object(..) => Object,
    };
    let request = S3Request::read(request, address)?;
    let operation = find(level, &request)?;
    (operation.call)(world, caller, &request)
}

/// The operation that a request asks for.
fn find(level: Level, request: &S3Request<'_>) -> Result<&'static S3Operation, ServiceError> {
    let asked = |word: &&str| request.parameter(word).is_some();
    let method = &request.wire.method;
    if request.header("x-amz-copy-source").is_some() {
        return Err(not_implemented("copying an object (x-amz-copy-source)"));
    }
    let other: Vec<&str> = SUBRESOURCES.iter().copied().filter(|word| asked(word)).collect();
    let fits = |operation: &&S3Operation| {
        operation.method.is(method)
            && operation.level == level
            && operation.words.iter().all(asked)
            && other.iter().all(|word| operation.words.contains(word))
    };
    // GET and HEAD of one part of an object: the part is no other operation.
    OPERATIONS.iter().find(fits).ok_or_else(|| {
        let path = match level {
            Service => "/",
            Bucket => "/BUCKET",
            Object => "/BUCKET/KEY",
        };
        let words = if other.is_empty() { String::new() } else { format!("?{}", other.join("&")) };
        not_implemented(&format!("{method} {path}{words}"))
    })
}
