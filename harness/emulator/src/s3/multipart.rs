//! An upload in parts that is under way.

use std::collections::BTreeMap;

use bytes::Bytes;
use tributary_vocabulary::Timestamp;

use super::object::Description;
use crate::kernel::ServiceError;

/// The smallest part but the last, in bytes.
pub(super) const PART_MIN_BYTES: usize = 5 * 1024 * 1024;
/// The highest number of a part.
pub(super) const PART_MAX_NUMBER: u16 = 10_000;

/// One part.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// Its bytes.
    pub(super) body: Bytes,
    /// The MD5 of its bytes, in hexadecimal digits.
    pub(super) etag: String,
    /// When it came.
    pub(super) modified: Timestamp,
}

/// An upload in parts.
#[derive(Debug)]
pub(super) struct Upload {
    /// The key of the object that it is to become.
    pub(super) key: String,
    /// What is stored with the object.
    pub(super) description: Description,
    /// The parts that came, by number.
    pub(super) parts: BTreeMap<u16, Part>,
}

/// There is no such upload.
pub(super) fn no_such_upload(id: &str) -> ServiceError {
    ServiceError::client(
        "NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have \
         been aborted or completed.",
    )
    .status(404)
    .field("UploadId", id)
}
