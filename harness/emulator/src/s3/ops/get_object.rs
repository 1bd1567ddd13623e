//! GetObject (S3 reference, operations and object semantics).

use super::super::access::{may_list, to_object};
use super::super::error::{no_such_bucket, no_such_key, not_implemented};
use super::super::object::{Object, quoted};
use super::super::request::S3Request;
use crate::kernel::{Caller, ServiceError, WireResponse, World};

/// Reads an object, or the range of its bytes that is asked for.
///
/// # Errors
/// `NoSuchBucket`, `AccessDenied`, `NoSuchKey` (to those who may list the bucket), `InvalidRange`,
/// `PreconditionFailed`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<WireResponse, ServiceError> {
    let object = find(world, caller, request)?;
    if let Some(response) = unchanged(request, object)? {
        return Ok(response);
    }
    let size = object.body.len();
    let mut response = match range(request.header("range"), size)? {
        None => {
            let response = object.describe(WireResponse::empty(200));
            let mut response = with_checksum(request, object, response);
            response.body = object.body.clone();
            response
        }
        Some((first, last)) => {
            let mut response = object.describe(WireResponse::empty(206));
            response.body = object.body.slice(first..=last);
            response.header("content-range", &format!("bytes {first}-{last}/{size}"))
        }
    };
    for (parameter, header) in [
        ("response-content-type", "content-type"),
        ("response-content-encoding", "content-encoding"),
        ("response-content-disposition", "content-disposition"),
        ("response-content-language", "content-language"),
        ("response-cache-control", "cache-control"),
        ("response-expires", "expires"),
    ] {
        if let Some(value) = request.parameter(parameter) {
            response = response.header(header, value);
        }
    }
    Ok(response)
}

/// The object that is asked for.
pub(super) fn find<'w>(
    world: &'w mut World,
    caller: &Caller,
    request: &S3Request<'_>,
) -> Result<&'w Object, ServiceError> {
    let (name, key) = (request.bucket.as_str(), request.key.as_str());
    if request.parameter("versionId").is_some_and(|version| version != "null") {
        return Err(not_implemented("reading a version of an object (versionId)"));
    }
    to_object(world, caller, "s3:GetObject", (name, key), &[])?;
    let exists = world.s3.buckets.get(name).is_some_and(|b| b.objects.contains_key(key));
    if !exists && !may_list(world, caller, name) {
        return Err(ServiceError::access_denied(format!(
            "Access Denied: there is no object {key} in {name}, which S3 tells only to those who \
             have s3:ListBucket on the bucket"
        )));
    }
    let bucket = world.s3.buckets.get(name).ok_or_else(|| no_such_bucket(name))?;
    bucket.objects.get(key).ok_or_else(|| no_such_key(key))
}

/// Adds the checksum when it is asked for.
pub(super) fn with_checksum(
    request: &S3Request<'_>,
    object: &Object,
    response: WireResponse,
) -> WireResponse {
    let asked = request.header("x-amz-checksum-mode");
    if !asked.is_some_and(|mode| mode.eq_ignore_ascii_case("enabled")) {
        return response;
    }
    let checksum = object.checksum();
    response
        .header(checksum.algorithm.header(), &checksum.value)
        .header("x-amz-checksum-type", "FULL_OBJECT")
}

/// What the conditions of a reader say: go on, 304, or `PreconditionFailed`.
pub(super) fn unchanged(
    request: &S3Request<'_>,
    object: &Object,
) -> Result<Option<WireResponse>, ServiceError> {
    let has = |list: &str| {
        list.split(',')
            .map(|tag| tag.trim().trim_matches('"'))
            .any(|t| t == "*" || t == object.etag)
    };
    if request.header("if-match").is_some_and(|list| !has(list)) {
        return Err(ServiceError::client(
            "PreconditionFailed",
            "At least one of the pre-conditions you specified did not hold",
        )
        .status(412)
        .field("Condition", "If-Match"));
    }
    if request.header("if-none-match").is_some_and(has) {
        return Ok(Some(WireResponse::empty(304).header("etag", &quoted(&object.etag))));
    }
    Ok(None)
}

/// The first and the last byte of a `Range`; `None` for the whole object, as for a malformed one.
///
/// # Errors
/// `InvalidRange` when it begins behind the end.
fn range(header: Option<&str>, size: usize) -> Result<Option<(usize, usize)>, ServiceError> {
    let Some(spec) = header.and_then(|header| header.strip_prefix("bytes=")) else {
        return Ok(None);
    };
    let Some((first, last)) = spec.split_once('-') else { return Ok(None) };
    let refused = || {
        ServiceError::client("InvalidRange", "The requested range is not satisfiable")
            .status(416)
            .field("RangeRequested", format!("bytes={spec}"))
            .field("ActualObjectSize", size.to_string())
    };
    let end = size.checked_sub(1);
    match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) if first > last => Ok(None),
        (Ok(first), last) if last.is_ok() || spec.ends_with('-') => match end {
            Some(end) if first <= end => Ok(Some((first, last.map_or(end, |last| last.min(end))))),
            _ => Err(refused()),
        },
        (Err(_), Ok(count)) if first.is_empty() => match end {
            Some(end) if count > 0 => Ok(Some((size.saturating_sub(count), end))),
            _ => Err(refused()),
        },
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn ranges_are_those_of_the_captures() {
        let whole = Ok(None);
        let cases = [
            ("bytes=0-8", Ok(Some((0, 8)))),
            ("bytes=1-", Ok(Some((1, 9)))),
            ("bytes=-3", Ok(Some((7, 9)))),
            ("bytes=-30", Ok(Some((0, 9)))),
            ("bytes=8-99", Ok(Some((8, 9)))),
            ("bytes=1-0", whole.clone()),
            ("bytes=a-b", whole.clone()),
            ("0-8", whole.clone()),
            ("bytes=0-1,3-4", whole),
        ];
        for (header, wanted) in cases {
            assert_eq!(range(Some(header), 10), wanted, "{header}");
        }
        assert!(range(Some("bytes=10-"), 10).is_err());
        assert!(range(Some("bytes=0-"), 0).is_err());
    }
}
