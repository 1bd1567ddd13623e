//! A function's configuration, as several operations answer it (lambda-transform reference,
//! control plane).

use std::collections::BTreeMap;

use serde::Serialize;
use tributary_vocabulary::Timestamp;

use super::Function;

/// What there is to tell of a function.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Configuration {
    /// Its name.
    pub function_name: String,
    /// Its ARN.
    pub function_arn: String,
    /// Its runtime.
    pub runtime: String,
    /// The ARN of its execution role.
    pub role: String,
    /// Its handler.
    pub handler: String,
    /// The size of its code in bytes.
    pub code_size: i64,
    /// What it is for.
    pub description: String,
    /// How long it may run, in seconds.
    pub timeout: i64,
    /// Its memory, in MB.
    pub memory_size: i64,
    /// When it was last changed, as `2026-01-12T15:31:24.000+0000`.
    pub last_modified: String,
    /// The base64 SHA-256 of its code.
    pub code_sha256: String,
    /// `$LATEST`.
    pub version: &'static str,
    /// Its environment, when it has variables.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<Environment>,
    /// `PassThrough`.
    pub tracing_config: TracingConfig,
    /// Changes with every change.
    pub revision_id: String,
    /// `Pending` or `Active`.
    pub state: &'static str,
    /// Why, while it is `Pending`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_reason: Option<&'static str>,
    /// Why, as a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_reason_code: Option<&'static str>,
    /// `InProgress` or `Successful`.
    pub last_update_status: &'static str,
    /// `Zip`.
    pub package_type: &'static str,
    /// One architecture.
    pub architectures: [String; 1],
    /// Its `/tmp`.
    pub ephemeral_storage: EphemeralStorage,
    /// Off.
    pub snap_start: SnapStart,
    /// Where it would log.
    pub logging_config: LoggingConfig,
}

/// The environment's variables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Environment {
    /// By name.
    pub variables: BTreeMap<String, String>,
}

/// The tracing of a function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct TracingConfig {
    /// `PassThrough`.
    pub mode: &'static str,
}

/// The `/tmp` of a function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct EphemeralStorage {
    /// In MB.
    pub size: i64,
}

/// The snapshots of a function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SnapStart {
    /// `None`.
    pub apply_on: &'static str,
    /// `Off`.
    pub optimization_status: &'static str,
}

/// Where a function logs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct LoggingConfig {
    /// `Text`.
    pub log_format: &'static str,
    /// `/aws/lambda/NAME`.
    pub log_group: String,
}

impl Configuration {
    /// What there is to tell of this function now.
    #[must_use]
    pub fn of(function: &Function, now: Timestamp) -> Self {
        let state = function.state(now);
        let pending = state == "Pending";
        let modified = function.last_modified;
        let variables: BTreeMap<_, _> = function.environment.iter().cloned().collect();
        Self {
            function_name: function.name.clone(),
            function_arn: function.arn(),
            runtime: function.runtime.clone(),
            role: function.role.clone(),
            handler: function.handler.clone(),
            code_size: function.code_size,
            description: function.description.clone(),
            timeout: function.timeout_s,
            memory_size: function.memory_mb,
            last_modified: format!(
                "{}.{:03}+0000",
                modified.format("%Y-%m-%dT%H:%M:%S"),
                modified.ms().rem_euclid(1000)
            ),
            code_sha256: function.code_sha256.clone(),
            version: "$LATEST",
            environment: (!variables.is_empty()).then_some(Environment { variables }),
            tracing_config: TracingConfig { mode: "PassThrough" },
            revision_id: function.revision_id.clone(),
            state,
            state_reason: pending.then_some("The function is being created."),
            state_reason_code: pending.then_some("Creating"),
            last_update_status: function.last_update_status(now),
            package_type: "Zip",
            architectures: [function.architecture.clone()],
            ephemeral_storage: EphemeralStorage { size: function.storage_mb },
            snap_start: SnapStart { apply_on: "None", optimization_status: "Off" },
            logging_config: LoggingConfig {
                log_format: "Text",
                log_group: format!("/aws/lambda/{}", function.name),
            },
        }
    }
}
