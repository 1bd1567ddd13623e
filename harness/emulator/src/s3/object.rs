//! An object.

use std::collections::BTreeMap;

use bytes::Bytes;
use md5::{Digest, Md5};
use tributary_vocabulary::Timestamp;

use super::checksum::{Algorithm, Checksum};
use crate::kernel::WireResponse;

/// The content type of an object that was given none.
const DEFAULT_CONTENT_TYPE: &str = "binary/octet-stream";

/// What is stored beside an object's bytes and answered with them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Description {
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Content-Encoding`, without `aws-chunked`.
    pub content_encoding: Option<String>,
    /// `Content-Disposition`.
    pub content_disposition: Option<String>,
    /// `Content-Language`.
    pub content_language: Option<String>,
    /// `Cache-Control`.
    pub cache_control: Option<String>,
    /// `Expires`.
    pub expires: Option<String>,
    /// `x-amz-meta-…`, without that prefix, in lower case.
    pub metadata: BTreeMap<String, String>,
}

/// An object: its bytes and what is known of them.
#[derive(Debug, Clone)]
pub struct Object {
    /// The bytes.
    pub body: Bytes,
    /// The entity tag, without its quotes.
    pub etag: String,
    /// When it was written.
    pub modified: Timestamp,
    /// What was stored with it.
    pub description: Description,
    /// The checksum that its writer gave; without one S3 keeps a CRC64NVME, which is worked out
    /// when it is asked for.
    pub(super) checksum: Option<Checksum>,
}

impl Object {
    /// The object that these bytes make.
    pub(super) fn new(
        body: Bytes,
        modified: Timestamp,
        description: Description,
        checksum: Option<Checksum>,
    ) -> Self {
        Self { etag: hex(&Md5::digest(&body)), body, modified, description, checksum }
    }

    /// Its checksum.
    pub(super) fn checksum(&self) -> Checksum {
        self.checksum.clone().unwrap_or_else(|| Checksum::of(Algorithm::Crc64Nvme, &self.body))
    }

    /// Adds the headers that describe it.
    pub(super) fn describe(&self, mut response: WireResponse) -> WireResponse {
        let told = &self.description;
        let headers = [
            ("content-encoding", &told.content_encoding),
            ("content-disposition", &told.content_disposition),
            ("content-language", &told.content_language),
            ("cache-control", &told.cache_control),
            ("expires", &told.expires),
        ];
        for (name, value) in headers {
            if let Some(value) = value {
                response = response.header(name, value);
            }
        }
        for (name, value) in &told.metadata {
            let header = http::HeaderName::try_from(format!("x-amz-meta-{name}"));
            if let (Ok(header), Ok(value)) = (header, http::HeaderValue::from_str(value)) {
                response.headers.insert(header, value);
            }
        }
        response
            .header("content-type", told.content_type.as_deref().unwrap_or(DEFAULT_CONTENT_TYPE))
            .header("etag", &quoted(&self.etag))
            .header("last-modified", &self.modified.format("%a, %d %b %Y %H:%M:%S GMT"))
            .header("accept-ranges", "bytes")
            .header("x-amz-server-side-encryption", "AES256")
    }
}

/// An entity tag as headers and XML write it.
pub(super) fn quoted(etag: &str) -> String {
    format!("\"{etag}\"")
}

/// Lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
