//! A function's configuration.

use tributary_vocabulary::{AccountId, Region, Timestamp};

use crate::policy::NamedPolicy;

/// A Lambda function, as its configuration describes it.
#[derive(Debug, Clone)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// The account that owns it.
    pub account: AccountId,
    /// The Region in which it runs.
    pub region: Region,
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
    /// When it was last changed.
    pub last_modified: Timestamp,
    /// The base64 SHA-256 of its code.
    pub code_sha256: String,
    /// The size of its code in bytes.
    pub code_size: i64,
    /// Its environment's variables.
    pub environment: Vec<(String, String)>,
    /// Its resource policy, made of AddPermission's statements.
    pub policy: Option<NamedPolicy>,
}
