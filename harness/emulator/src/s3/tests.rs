//! The service at its wire: what a client sends and what it gets.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use tributary_vocabulary::{AccountId, Region};

use crate::kernel::{Caller, WireRequest, WireResponse, World, WorldConfig};
use crate::router::ServiceName;

struct Site {
    world: World,
    caller: Caller,
}

fn site() -> Site {
    let caller = Caller::root(AccountId::repeated(4), Region::us_west_2());
    let mut site = Site { world: World::new(WorldConfig::default()), caller };
    let constraint = "<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint>\
                      </CreateBucketConfiguration>";
    let response = site.send(Method::PUT, "/logs", constraint, &[]);
    assert_eq!(response.status, 200, "{:?}", response.body);
    site
}

impl Site {
    fn send(
        &mut self,
        method: Method,
        target: &str,
        body: &'static str,
        headers: &[(&str, &str)],
    ) -> WireResponse {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name = HeaderName::try_from(*name).expect("name");
            map.insert(name, HeaderValue::from_str(value).expect("value"));
        }
        let request = WireRequest {
            method,
            host: "s3.us-west-2.amazonaws.com".to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: map,
            body: Bytes::from_static(body.as_bytes()),
        };
        let now = self.world.now();
        self.world.call(now, &self.caller, ServiceName::S3, &request)
    }

    fn put(&mut self, key: &str, body: &'static str) {
        let response = self.send(Method::PUT, &format!("/logs/{key}"), body, &[]);
        assert_eq!(response.status, 200, "{:?}", response.body);
    }

    fn as_account(&mut self, digit: u8) {
        self.caller = Caller::root(AccountId::repeated(digit), Region::us_west_2());
    }
}

fn text(response: &WireResponse) -> &str {
    std::str::from_utf8(&response.body).expect("UTF-8")
}

fn header<'a>(response: &'a WireResponse, name: &str) -> &'a str {
    response.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn element<'a>(response: &'a WireResponse, name: &str) -> &'a str {
    let text = text(response);
    let start = text.find(&format!("<{name}>")).map(|at| at + name.len() + 2);
    let end = text.find(&format!("</{name}>"));
    start.zip(end).map_or("", |(start, end)| &text[start..end])
}

#[test]
fn an_object_comes_back_as_it_was_given() {
    let mut site = site();
    let put = site.send(
        Method::PUT,
        "/logs/a%20b/%C3%A4",
        "hello",
        &[("content-type", "text/plain"), ("x-amz-meta-who", "me"), ("content-encoding", "gzip")],
    );
    assert_eq!(header(&put, "etag"), "\"5d41402abc4b2a76b9719d911017c592\"");
    assert_eq!(header(&put, "x-amz-checksum-type"), "FULL_OBJECT");
    assert!(!header(&put, "x-amz-checksum-crc64nvme").is_empty());
    let got = site.send(Method::GET, "/logs/a%20b/%C3%A4", "", &[]);
    assert_eq!((got.status.as_u16(), text(&got)), (200, "hello"));
    assert_eq!(header(&got, "content-type"), "text/plain");
    assert_eq!(header(&got, "content-encoding"), "gzip");
    assert_eq!(header(&got, "x-amz-meta-who"), "me");
    assert_eq!(header(&got, "last-modified"), site.world.now().format("%a, %d %b %Y %H:%M:%S GMT"));
    let part = site.send(Method::GET, "/logs/a%20b/%C3%A4", "", &[("range", "bytes=1-2")]);
    assert_eq!((part.status.as_u16(), text(&part)), (206, "el"));
    assert_eq!(header(&part, "content-range"), "bytes 1-2/5");
    let head = site.send(Method::HEAD, "/logs/a%20b/%C3%A4", "", &[]);
    assert_eq!((head.status.as_u16(), header(&head, "content-length")), (200, "5"));
    assert!(head.body.is_empty());
}

#[test]
fn a_wrong_checksum_stores_nothing() {
    let mut site = site();
    let headers = [("x-amz-checksum-crc32", "AAAAAA==")];
    let refused = site.send(Method::PUT, "/logs/k", "hello", &headers);
    assert_eq!((refused.status.as_u16(), element(&refused, "Code")), (400, "BadDigest"));
    let trailer = site.send(
        Method::PUT,
        "/logs/k",
        "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n",
        &[
            ("content-encoding", "aws-chunked"),
            ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
            ("x-amz-decoded-content-length", "5"),
        ],
    );
    assert_eq!(trailer.status, 200, "{}", text(&trailer));
    let got = site.send(Method::GET, "/logs/k", "", &[("x-amz-checksum-mode", "ENABLED")]);
    assert_eq!(text(&got), "hello");
    assert_eq!(header(&got, "x-amz-checksum-crc32"), "NhCmhg==");
    assert_eq!(header(&got, "content-encoding"), "");
}

#[test]
fn errors_name_what_they_are_about() {
    let mut site = site();
    for (method, target, status, code, named) in [
        (Method::GET, "/nothing/k", 404, "NoSuchBucket", "<BucketName>nothing</BucketName>"),
        (Method::GET, "/logs/k", 404, "NoSuchKey", "<Key>k</Key>"),
        (Method::GET, "/logs?policy", 404, "NoSuchBucketPolicy", "<BucketName>logs</BucketName>"),
        (Method::PUT, "/Bad_Name", 400, "InvalidBucketName", "<BucketName>Bad_Name</BucketName>"),
        (Method::PUT, "/logs", 400, "IllegalLocationConstraintException", "unspecified"),
        (Method::GET, "/logs?versioning", 501, "NotImplemented", "GET /BUCKET?versioning"),
        (Method::GET, "/logs?list-type=2&max-keys=x", 400, "InvalidArgument", "max-keys"),
        (Method::GET, "/logs?list-type=2&continuation-token=x", 400, "InvalidArgument", "token"),
    ] {
        let response = site.send(method, target, "", &[]);
        assert_eq!(response.status, status, "{target}: {}", text(&response));
        assert_eq!(element(&response, "Code"), code, "{target}");
        assert!(text(&response).contains(named), "{target}: {}", text(&response));
    }
}

#[test]
fn listings_page_roll_up_and_resume() {
    let mut site = site();
    for key in ["a", "b/1", "b/2", "b/x/1", "c", "d%26e"] {
        site.put(key, "x");
    }
    let mut seen = Vec::new();
    let mut token = String::new();
    loop {
        let more =
            if token.is_empty() { String::new() } else { format!("&continuation-token={token}") };
        let page = site.send(
            Method::GET,
            &format!("/logs?list-type=2&delimiter=/&max-keys=1{more}"),
            "",
            &[],
        );
        assert_eq!(element(&page, "KeyCount"), "1", "{}", text(&page));
        let key = element(&page, "Key");
        let prefix = text(&page).split("<CommonPrefixes><Prefix>").nth(1);
        seen.push(match prefix.and_then(|rest| rest.split('<').next()) {
            Some(prefix) => prefix.to_owned(),
            None => key.to_owned(),
        });
        token = element(&page, "NextContinuationToken").replace('=', "%3D").replace('+', "%2B");
        if token.is_empty() {
            assert_eq!(element(&page, "IsTruncated"), "false");
            break;
        }
    }
    assert_eq!(seen, ["a", "b/", "c", "d&amp;e"]);
    let below = site.send(
        Method::GET,
        "/logs?list-type=2&prefix=b/&start-after=b/1&encoding-type=url",
        "",
        &[],
    );
    assert_eq!(element(&below, "KeyCount"), "2", "{}", text(&below));
    let first = site.send(Method::GET, "/logs?delimiter=/&max-keys=2", "", &[]);
    assert_eq!(element(&first, "NextMarker"), "b/");
    let second = site.send(Method::GET, "/logs?delimiter=/&marker=b/", "", &[]);
    assert_eq!(element(&second, "Key"), "c");
}

#[test]
fn a_bucket_policy_decides_for_other_accounts() {
    let mut site = site();
    site.put("k", "x");
    site.as_account(1);
    assert_eq!(element(&site.send(Method::GET, "/logs/k", "", &[]), "Code"), "AccessDenied");
    site.as_account(4);
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::logs/*","Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}}]}"#;
    assert_eq!(site.send(Method::PUT, "/logs?policy", policy, &[]).status, 204);
    assert_eq!(text(&site.send(Method::GET, "/logs?policy", "", &[])), policy);
    site.as_account(1);
    let without = site.send(Method::PUT, "/logs/n", "x", &[]);
    assert_eq!((without.status.as_u16(), element(&without, "Code")), (403, "AccessDenied"));
    let acl = [("x-amz-acl", "bucket-owner-full-control")];
    assert_eq!(site.send(Method::PUT, "/logs/n", "x", &acl).status, 200);
    let listing = site.send(Method::GET, "/logs?list-type=2", "", &[]);
    assert_eq!(element(&listing, "Code"), "AccessDenied");
    site.as_account(4);
    for refused in [
        r#"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::other/*"}]}"#,
        r#"{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::logs/*"}]}"#,
        "nonsense",
    ] {
        let response = site.send(Method::PUT, "/logs?policy", refused, &[]);
        assert_eq!(element(&response, "Code"), "MalformedPolicy", "{refused}");
    }
    assert_eq!(text(&site.send(Method::GET, "/logs?policy", "", &[])), policy);
}

#[test]
fn buckets_go_when_they_are_empty() {
    let mut site = site();
    site.put("k", "x");
    let full = site.send(Method::DELETE, "/logs", "", &[]);
    assert_eq!((full.status.as_u16(), element(&full, "Code")), (409, "BucketNotEmpty"));
    let md5 = [("content-md5", "sMLbN0Wi8bOSuZqCeFGrbg==")];
    let body = "<Delete><Object><Key>k</Key></Object><Object><Key>none</Key></Object></Delete>";
    let unchecked = site.send(Method::POST, "/logs?delete", body, &[]);
    assert_eq!(element(&unchecked, "Code"), "InvalidRequest");
    let wrong = site.send(Method::POST, "/logs?delete", body, &md5);
    assert_eq!(element(&wrong, "Code"), "BadDigest");
    let sum = super::Checksum::of(super::Algorithm::Crc32, body.as_bytes()).value;
    let deleted = site.send(Method::POST, "/logs?delete", body, &[("x-amz-checksum-crc32", &sum)]);
    assert_eq!(text(&deleted).matches("<Deleted>").count(), 2, "{}", text(&deleted));
    assert_eq!(site.send(Method::DELETE, "/logs", "", &[]).status, 204);
    assert_eq!(site.send(Method::HEAD, "/logs", "", &[]).status, 404);
}

#[test]
fn parts_become_one_object() {
    let mut site = site();
    let begun = site.send(Method::POST, "/logs/big?uploads", "", &[]);
    let id = element(&begun, "UploadId").to_owned();
    let mut etags = Vec::new();
    for number in [1, 2] {
        let target = format!("/logs/big?partNumber={number}&uploadId={id}");
        etags.push(header(&site.send(Method::PUT, &target, "part", &[]), "etag").to_owned());
    }
    let listed = site.send(Method::GET, &format!("/logs/big?uploadId={id}"), "", &[]);
    assert_eq!(text(&listed).matches("<Part>").count(), 2);
    let target = format!("/logs/big?uploadId={id}");
    let body = "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>2b6b0b0a57ea0b7ba4d0d1fe29d0cf02</ETag></Part></CompleteMultipartUpload>";
    let wrong = site.send(Method::POST, &target, body, &[]);
    assert_eq!(element(&wrong, "Code"), "InvalidPart");
    let both: &'static str = Box::leak(
        format!(
            "<C><Part><PartNumber>1</PartNumber><ETag>{0}</ETag></Part><Part><PartNumber>2\
             </PartNumber><ETag>{0}</ETag></Part></C>",
            etags[0]
        )
        .into_boxed_str(),
    );
    let small = site.send(Method::POST, &target, both, &[]);
    assert_eq!(element(&small, "Code"), "EntityTooSmall");
    let one: &'static str = Box::leak(
        format!("<C><Part><PartNumber>1</PartNumber><ETag>{}</ETag></Part></C>", etags[0])
            .into_boxed_str(),
    );
    let done = site.send(Method::POST, &target, one, &[]);
    assert!(element(&done, "ETag").ends_with("-1&quot;"), "{}", text(&done));
    assert_eq!(text(&site.send(Method::GET, "/logs/big", "", &[])), "part");
    let gone = site.send(Method::DELETE, &target, "", &[]);
    assert_eq!(element(&gone, "Code"), "NoSuchUpload");
}

#[test]
fn conditions_guard_writes_and_reads() {
    let mut site = site();
    site.put("k", "hello");
    let twice = site.send(Method::PUT, "/logs/k", "x", &[("if-none-match", "*")]);
    assert_eq!((twice.status.as_u16(), element(&twice, "Condition")), (412, "If-None-Match"));
    let other = site.send(Method::PUT, "/logs/k", "x", &[("if-match", "\"00\"")]);
    assert_eq!(other.status, 412);
    let same = [("if-none-match", "\"5d41402abc4b2a76b9719d911017c592\"")];
    assert_eq!(site.send(Method::GET, "/logs/k", "", &same).status, 304);
    let public = site.send(Method::PUT, "/logs/k", "x", &[("x-amz-acl", "public-read")]);
    assert_eq!(element(&public, "Code"), "AccessControlListNotSupported");
    let none = site.send(Method::PUT, "/logs/k", "x", &[("x-amz-acl", "nobody")]);
    assert_eq!(element(&none, "ArgumentName"), "x-amz-acl");
}
