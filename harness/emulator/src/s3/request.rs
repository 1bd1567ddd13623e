//! A request of S3 whose bucket, key and body are known.

use bytes::Bytes;

use super::address::Address;
use super::aws_chunked;
use super::checksum::{Algorithm, Checksum};
use super::error::invalid_argument;
use super::object::Description;
use crate::kernel::{ServiceError, WireRequest};

/// A request: where it points, what it asks, and its decoded body.
#[derive(Debug)]
pub struct S3Request<'a> {
    /// The bucket; empty for the service itself.
    pub bucket: String,
    /// The key; empty for a bucket.
    pub key: String,
    /// The query's pairs.
    pub query: Vec<(String, String)>,
    /// The body, freed of its chunks.
    pub body: Bytes,
    /// The trailers of a chunked body.
    trailers: Vec<(String, String)>,
    /// The request itself.
    pub wire: &'a WireRequest,
}

impl<'a> S3Request<'a> {
    /// Reads a request.
    ///
    /// # Errors
    /// `InvalidURI`, `IncompleteBody`.
    pub(super) fn read(wire: &'a WireRequest, address: Address) -> Result<Self, ServiceError> {
        let (bucket, key) = match address {
            Address::Service => (String::new(), String::new()),
            Address::Bucket(bucket) => (bucket, String::new()),
            Address::Object(bucket, key) => (bucket, key),
        };
        let streaming = wire
            .header("x-amz-content-sha256")
            .is_some_and(|hash| hash.starts_with("STREAMING-"))
            || wire.header("content-encoding").is_some_and(|value| value.contains("aws-chunked"));
        let decoded = if streaming {
            let announced = wire.header("x-amz-decoded-content-length");
            aws_chunked::decode(&wire.body, announced.and_then(|length| length.parse().ok()))?
        } else {
            aws_chunked::Decoded { body: wire.body.clone(), trailers: Vec::new() }
        };
        let aws_chunked::Decoded { body, trailers } = decoded;
        Ok(Self { bucket, key, query: wire.query_pairs(), body, trailers, wire })
    }

    /// The first value of a query parameter.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A number in the query, between 0 and `most`; more counts as `most`.
    ///
    /// # Errors
    /// `InvalidArgument` when it is none.
    pub fn number(&self, name: &str, most: usize) -> Result<usize, ServiceError> {
        let Some(text) = self.parameter(name) else { return Ok(most) };
        match text.parse::<i32>() {
            Ok(number) if number >= 0 => Ok(usize::try_from(number).unwrap_or(most).min(most)),
            _ => Err(invalid_argument(
                format!("Provided {name} not an integer or within integer range"),
                name,
                text,
            )),
        }
    }

    /// A header's text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.wire.header(name)
    }

    /// The checksum that header or trailer claims, if it is that of the body.
    ///
    /// # Errors
    /// `InvalidRequest`, `BadDigest`, `InvalidDigest`.
    pub(super) fn checksum(&self) -> Result<Option<Checksum>, ServiceError> {
        self.check_md5()?;
        let mut found = None;
        for algorithm in Algorithm::ALL {
            let name = algorithm.header();
            let trailer = self.trailers.iter().find(|(trailer, _)| trailer == name);
            let value = self.header(name).or_else(|| trailer.map(|(_, value)| value.as_str()));
            let Some(value) = value else { continue };
            if found.is_some() {
                return Err(ServiceError::client(
                    "InvalidRequest",
                    "Expecting a single x-amz-checksum- header. Multiple checksum Types are not \
                     allowed.",
                ));
            }
            found = Some(Checksum::verified(algorithm, value, &self.body)?);
        }
        Ok(found)
    }

    fn check_md5(&self) -> Result<(), ServiceError> {
        use base64::Engine;
        use md5::{Digest, Md5};
        let Some(given) = self.header("content-md5") else { return Ok(()) };
        let digest = Md5::digest(&self.body);
        match base64::engine::general_purpose::STANDARD.decode(given) {
            Ok(bytes) if bytes == digest.as_slice() => Ok(()),
            Ok(bytes) if bytes.len() == 16 => Err(ServiceError::client(
                "BadDigest",
                "The Content-MD5 you specified did not match what we received.",
            )
            .field("ExpectedDigest", given)),
            _ => Err(ServiceError::client(
                "InvalidDigest",
                "The Content-MD5 you specified was invalid.",
            )
            .field("Content-MD5", given)),
        }
    }

    /// What the headers say is stored with the object.
    pub(super) fn description(&self) -> Description {
        let text = |name: &str| self.header(name).map(str::to_owned);
        let encoding = self.header("content-encoding").map(|value| {
            let kept = value.split(',').map(str::trim).filter(|part| *part != "aws-chunked");
            kept.collect::<Vec<_>>().join(",")
        });
        let metadata = self.wire.headers.iter().filter_map(|(name, value)| {
            let name = name.as_str().strip_prefix("x-amz-meta-")?;
            Some((name.to_owned(), value.to_str().ok()?.to_owned()))
        });
        Description {
            content_type: text("content-type"),
            content_encoding: encoding.filter(|encoding| !encoding.is_empty()),
            content_disposition: text("content-disposition"),
            content_language: text("content-language"),
            cache_control: text("cache-control"),
            expires: text("expires"),
            metadata: metadata.collect(),
        }
    }
}
