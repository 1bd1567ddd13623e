//! The code of a function: a zip archive in the request.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::Function;
use super::name::invalid_parameter;
use crate::kernel::ServiceError;
use crate::protocol::blob::Blob;

/// The largest request that may carry code, in bytes.
const REQUEST_MAX_BYTES: usize = 70_167_211;

/// Where the code of a function comes from: here only a zip archive in the request.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Code {
    /// The archive.
    pub zip_file: Option<Blob>,
    /// Not offered here.
    pub s3_bucket: Option<String>,
    /// Not offered here.
    pub s3_key: Option<String>,
    /// Not offered here.
    pub image_uri: Option<String>,
}

impl Code {
    /// The archive.
    ///
    /// # Errors
    /// `InvalidParameterValueException` when there is none, or it is no archive;
    /// `RequestEntityTooLargeException` over 50 MB or so.
    pub(super) fn archive(&self) -> Result<Bytes, ServiceError> {
        if self.s3_bucket.is_some() || self.s3_key.is_some() || self.image_uri.is_some() {
            return Err(invalid_parameter(
                "Code from S3 or from an image is not offered by this emulator; give the archive \
                 itself in ZipFile.",
            ));
        }
        let Some(Blob(archive)) = &self.zip_file else {
            return Err(invalid_parameter("Please provide a source for function code."));
        };
        if archive.is_empty() {
            return Err(invalid_parameter("Uploaded file must be a non-empty zip"));
        }
        // A local file, or the end of an empty directory.
        if !archive.starts_with(b"PK\x03\x04") && !archive.starts_with(b"PK\x05\x06") {
            return Err(invalid_parameter(
                "Could not unzip uploaded file. Please check your file, then try to upload again.",
            ));
        }
        if archive.len() > REQUEST_MAX_BYTES / 4 * 3 {
            return Err(ServiceError::client(
                "RequestEntityTooLargeException",
                format!(
                    "Request must be smaller than {REQUEST_MAX_BYTES} bytes for the \
                     CreateFunction operation"
                ),
            )
            .status(413));
        }
        Ok(archive.clone())
    }
}

impl Function {
    /// Takes on this archive.
    pub(super) fn set_code(&mut self, archive: Bytes) {
        self.code_sha256 = STANDARD.encode(Sha256::digest(&archive));
        self.code_size = i64::try_from(archive.len()).unwrap_or(i64::MAX);
        self.code = archive;
    }
}
