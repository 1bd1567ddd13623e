//! A bucket.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use tributary_vocabulary::{AccountId, Region, Timestamp};

use super::multipart::Upload;
use super::object::Object;
use crate::policy::NamedPolicy;

/// A bucket: its owner, its policy and its objects.
///
/// As every bucket made since April 2023 it has its ACLs disabled (`BucketOwnerEnforced`); it has
/// no versions (S3 reference, object semantics).
#[derive(Debug)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// Who owns it, and every object in it.
    pub owner: AccountId,
    /// Where it lies.
    pub region: Region,
    /// When it was made.
    pub created: Timestamp,
    /// Its policy.
    pub policy: Option<NamedPolicy>,
    /// Its objects by key, in UTF-8 byte order.
    pub objects: BTreeMap<String, Object>,
    /// Multipart uploads that are neither complete nor aborted, by their id.
    pub(super) uploads: BTreeMap<String, Upload>,
}

impl Bucket {
    /// Its ARN.
    #[must_use]
    pub fn arn(&self) -> String {
        arn(&self.name)
    }
}

/// The ARN of a bucket of this name.
pub(super) fn arn(bucket: &str) -> String {
    format!("arn:aws:s3:::{bucket}")
}

/// The canonical id of an account's S3: 64 hexadecimal digits. AWS's cannot be derived from the
/// account id; this one is its SHA-256, so that it is the same everywhere.
pub(super) fn canonical_id(account: AccountId) -> String {
    Sha256::digest(account.as_str()).iter().map(|byte| format!("{byte:02x}")).collect()
}
