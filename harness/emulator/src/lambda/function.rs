//! A function's configuration.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::Value;
use tributary_vocabulary::{AccountId, Region, Timestamp};

use crate::policy::NamedPolicy;

/// How long a new or changed function is Pending or InProgress, in ms (natively a second or two).
const CHANGE_MS: i64 = 1_000;

/// A Lambda function, as its configuration describes it.
#[derive(Debug, Clone)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// The account that owns it.
    pub account: AccountId,
    /// The Region in which it runs.
    pub region: Region,
    /// What it is for, in its owner's words.
    pub description: String,
    /// The ARN of its execution role.
    pub role: String,
    /// The runtime, such as `python3.13`.
    pub runtime: String,
    /// The handler, such as `lambda_function.lambda_handler`.
    pub handler: String,
    /// How long it may run, in seconds: 1 to 900.
    pub timeout_s: i64,
    /// Its memory, in MB: 128 to 10,240.
    pub memory_mb: i64,
    /// The architecture, such as `x86_64`.
    pub architecture: String,
    /// The size of its `/tmp`, in MB: 512 to 10,240.
    pub storage_mb: i64,
    /// When it was created.
    pub created: Timestamp,
    /// When it was last changed.
    pub last_modified: Timestamp,
    /// Changes with every change.
    pub revision_id: String,
    /// Its code, as the zip archive that was uploaded.
    pub code: Bytes,
    /// The base64 SHA-256 of its code.
    pub code_sha256: String,
    /// The size of its code in bytes.
    pub code_size: i64,
    /// Its environment's variables.
    pub environment: Vec<(String, String)>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// The statements of its resource policy by their ids, in the order in which they were added.
    pub statements: Vec<(String, Value)>,
    /// Its resource policy, made of AddPermission's statements.
    pub policy: Option<NamedPolicy>,
}

impl Function {
    /// `arn:aws:lambda:REGION:ACCOUNT:function:NAME`.
    #[must_use]
    pub fn arn(&self) -> String {
        crate::kernel::arn("lambda", &self.region, self.account, &format!("function:{}", self.name))
    }

    /// `Pending` for a moment after its creation, then `Active`.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> &'static str {
        if now.ms_since(self.created) < CHANGE_MS { "Pending" } else { "Active" }
    }

    /// `InProgress` for a moment after a change, otherwise `Successful`.
    #[must_use]
    pub fn last_update_status(&self, now: Timestamp) -> &'static str {
        let changed = self.last_modified > self.created;
        if changed && now.ms_since(self.last_modified) < CHANGE_MS {
            "InProgress"
        } else {
            "Successful"
        }
    }

    /// Whether it is being created or changed, so that it may not be changed again yet.
    #[must_use]
    pub fn is_changing(&self, now: Timestamp) -> bool {
        self.state(now) == "Pending" || self.last_update_status(now) == "InProgress"
    }
}
