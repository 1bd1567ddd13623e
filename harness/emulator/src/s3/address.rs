//! Which bucket and key a request is for: path style and virtual-host style.

use percent_encoding::percent_decode_str;

use crate::kernel::{ServiceError, WireRequest};

/// What a request is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address {
    /// The service: the buckets of an account.
    Service,
    /// A bucket.
    Bucket(String),
    /// An object: its bucket and its key, percent-decoded once.
    Object(String, String),
}

impl Address {
    /// Reads the host and the path of a request.
    ///
    /// # Errors
    /// `InvalidURI` when the path is not percent-encoded UTF-8.
    pub(super) fn of(request: &WireRequest) -> Result<Self, ServiceError> {
        let decode = |text: &str| {
            percent_decode_str(text).decode_utf8().map(std::borrow::Cow::into_owned).map_err(|_| {
                ServiceError::client("InvalidURI", "Couldn't parse the specified URI.")
                    .field("URI", text)
            })
        };
        let path = request.path.strip_prefix('/').unwrap_or(&request.path);
        if let Some(bucket) = bucket_of_host(&request.host) {
            return Ok(match path {
                "" => Self::Bucket(bucket.to_owned()),
                key => Self::Object(bucket.to_owned(), decode(key)?),
            });
        }
        Ok(match path.split_once('/') {
            None | Some((_, "")) if path.trim_end_matches('/').is_empty() => Self::Service,
            None => Self::Bucket(decode(path)?),
            Some((bucket, "")) => Self::Bucket(decode(bucket)?),
            Some((bucket, key)) => Self::Object(decode(bucket)?, decode(key)?),
        })
    }
}

/// The bucket before `.s3.`, `.s3-` or `.localhost` of a host; `None` for path style.
fn bucket_of_host(host: &str) -> Option<&str> {
    let ends = [".s3.", ".s3-", ".localhost"];
    let end = ends.iter().filter_map(|end| host.find(end)).min()?;
    let bucket = &host[..end];
    (end > 0 && bucket != "s3").then_some(bucket)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, Method};

    use super::*;

    fn address(host: &str, path: &str) -> Address {
        Address::of(&WireRequest {
            method: Method::GET,
            host: host.to_owned(),
            path: path.to_owned(),
            query: String::new(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
        })
        .expect("address")
    }

    #[test]
    fn reads_both_styles() {
        let bucket = || Address::Bucket("b.c".to_owned());
        let object = |key: &str| Address::Object("b.c".to_owned(), key.to_owned());
        assert_eq!(address("s3.us-west-2.amazonaws.com", "/"), Address::Service);
        assert_eq!(address("127.0.0.1", ""), Address::Service);
        assert_eq!(address("127.0.0.1", "/b.c"), bucket());
        assert_eq!(address("localhost", "/b.c/"), bucket());
        assert_eq!(address("b.c.s3.us-west-2.amazonaws.com", "/"), bucket());
        assert_eq!(address("b.c.s3-us-west-2.amazonaws.com", ""), bucket());
        assert_eq!(address("b.c.s3.localhost", "/k"), object("k"));
        assert_eq!(address("b.c.localhost", "/a//b"), object("a//b"));
        assert_eq!(address("s3.localhost", "/b.c/a%2Fb%20%C3%A4+"), object("a/b ä+"));
    }
}
