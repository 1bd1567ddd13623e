//! What may be set of a function when it is created and later: shapes and bounds.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Function;
use super::name::invalid_parameter;
use crate::iam;
use crate::kernel::{Caller, ServiceError, Validation, World};

/// The runtimes that the model has.
const RUNTIMES: [&str; 27] = [
    "python3.8",
    "python3.9",
    "python3.10",
    "python3.11",
    "python3.12",
    "python3.13",
    "python3.14",
    "python3.15",
    "nodejs18.x",
    "nodejs20.x",
    "nodejs22.x",
    "nodejs24.x",
    "nodejs26.x",
    "java8.al2",
    "java11",
    "java17",
    "java21",
    "java25",
    "dotnet6",
    "dotnet8",
    "dotnet10",
    "ruby3.2",
    "ruby3.3",
    "ruby3.4",
    "go1.x",
    "provided.al2",
    "provided.al2023",
];

/// What has to be set of a role's ARN, in AWS's words.
const ROLE_PATTERN: &str = r"arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+";

/// What may be set of a function; what is not there stays as it is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct FunctionSettings {
    /// The runtime.
    pub runtime: Option<String>,
    /// The ARN of the execution role.
    pub role: Option<String>,
    /// The handler: at most 128 characters.
    pub handler: Option<String>,
    /// What it is for: at most 256 characters.
    pub description: Option<String>,
    /// How long it may run, in seconds: 1 to 900.
    pub timeout: Option<i64>,
    /// Its memory, in MB: 128 to 10,240.
    pub memory_size: Option<i64>,
    /// Its environment.
    pub environment: Option<EnvironmentInput>,
    /// Its `/tmp`.
    pub ephemeral_storage: Option<EphemeralStorageInput>,
}

/// The environment's variables.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct EnvironmentInput {
    /// By name.
    pub variables: BTreeMap<String, String>,
}

/// The `/tmp` of a function.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct EphemeralStorageInput {
    /// In MB: 512 to 10,240.
    pub size: Option<i64>,
}

impl FunctionSettings {
    /// Checks shapes and bounds.
    pub(super) fn check(&self, validation: &mut Validation) {
        if let Some(role) = &self.role
            && !is_role(role)
        {
            let constraint =
                format!("Member must satisfy regular expression pattern: {ROLE_PATTERN}");
            validation.fail("role", role, &constraint);
        }
        if let Some(handler) = &self.handler {
            validation.length("handler", handler, 0, 128);
            validation.pattern("handler", handler, r"[^\s]+", |c| !c.is_whitespace());
        }
        if let Some(description) = &self.description {
            validation.length("description", description, 0, 256);
        }
        if let Some(timeout) = self.timeout {
            validation.range("timeout", timeout, 1, 900);
        }
        if let Some(memory) = self.memory_size {
            validation.range("memorySize", memory, 128, 10_240);
        }
        if let Some(size) = self.ephemeral_storage.as_ref().and_then(|storage| storage.size) {
            validation.range("ephemeralStorage.size", size, 512, 10_240);
        }
    }

    /// Refuses a runtime that Lambda does not have.
    pub(super) fn check_runtime(&self) -> Result<(), ServiceError> {
        match &self.runtime {
            Some(runtime) if !RUNTIMES.contains(&runtime.as_str()) => {
                Err(invalid_parameter(format!(
                    "Value {runtime} at 'runtime' failed to satisfy constraint: Member must \
                     satisfy enum value set: [{}] or be a valid ARN",
                    RUNTIMES.join(", ")
                )))
            }
            _ => Ok(()),
        }
    }

    /// Sets what is there.
    pub(super) fn apply(self, function: &mut Function) {
        let set = |place: &mut String, value: Option<String>| {
            if let Some(value) = value {
                *place = value;
            }
        };
        set(&mut function.runtime, self.runtime);
        set(&mut function.role, self.role);
        set(&mut function.handler, self.handler);
        set(&mut function.description, self.description);
        if let Some(timeout) = self.timeout {
            function.timeout_s = timeout;
        }
        if let Some(memory) = self.memory_size {
            function.memory_mb = memory;
        }
        if let Some(environment) = self.environment {
            function.environment = environment.variables.into_iter().collect();
        }
        if let Some(size) = self.ephemeral_storage.and_then(|storage| storage.size) {
            function.storage_mb = size;
        }
    }
}

/// Whether a text has the form of a role's ARN.
fn is_role(text: &str) -> bool {
    let Some(parts) = crate::kernel::ArnParts::split(text) else { return false };
    parts.partition.starts_with("aws")
        && parts.service == "iam"
        && parts.account_id().is_some()
        && parts.resource.strip_prefix("role").is_some_and(|name| {
            name.len() > 1
                && name.chars().all(|c| c.is_ascii_alphanumeric() || "_+=,.@-/".contains(c))
        })
}

/// Whether the caller may give the role to Lambda, and Lambda may take it on.
///
/// # Errors
/// `AccessDeniedException` without iam:PassRole; `InvalidParameterValueException` when the role is
/// not there or its trust policy does not admit Lambda.
pub(super) fn check_role(
    world: &mut World,
    caller: &Caller,
    role: &str,
    function_arn: &str,
) -> Result<(), ServiceError> {
    const LAMBDA: &str = "lambda.amazonaws.com";
    world.authorize_pass_role(caller, role, LAMBDA)?;
    iam::assume_role_for_service(world, LAMBDA, role, &caller.region, caller.account, function_arn)
        .map(|_| ())
        .map_err(|_| {
            invalid_parameter("The role defined for the function cannot be assumed by Lambda.")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_have_their_form() {
        for (text, is) in [
            ("arn:aws:iam::222222222222:role/lambda-role", true),
            ("arn:aws:iam::222222222222:role/service-role/x", true),
            ("arn:aws:iam::222222222222:user/x", false),
            ("arn:aws:iam::22:role/x", false),
            ("lambda-role", false),
        ] {
            assert_eq!(is_role(text), is, "{text}");
        }
    }

    #[test]
    fn bounds_and_runtimes_are_checked() {
        let settings = FunctionSettings {
            timeout: Some(901),
            memory_size: Some(127),
            role: Some("r".into()),
            runtime: Some("cobol".into()),
            ..FunctionSettings::default()
        };
        let mut validation = Validation::new();
        settings.check(&mut validation);
        let sentence = validation.sentence().unwrap_or_default();
        assert!(sentence.starts_with("3 validation errors detected: Value 'r' at 'role'"));
        let error = settings.check_runtime().expect_err("no such runtime");
        assert_eq!(error.code, "InvalidParameterValueException");
    }
}
