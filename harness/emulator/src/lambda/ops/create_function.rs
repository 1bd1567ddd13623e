//! CreateFunction (lambda-transform reference, control plane).

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::Deserialize;

use crate::kernel::{Access, Caller, ServiceError, Validation, WireResponse, World};
use crate::lambda::code::Code;
use crate::lambda::function_settings::{FunctionSettings, check_role};
use crate::lambda::name::{FunctionName, conflict, invalid_parameter};
use crate::lambda::{Configuration, Function};
use crate::protocol::rest::{RestRequest, json_response};

/// A function to be created.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// Its name, or its ARN.
    pub function_name: Option<String>,
    /// Its code.
    pub code: Option<Code>,
    /// Runtime, role, handler and the rest.
    #[serde(flatten)]
    pub settings: FunctionSettings,
    /// `x86_64` or `arm64`, one of them.
    pub architectures: Option<Vec<String>>,
    /// `Zip`.
    pub package_type: Option<String>,
    /// Versions are not offered here.
    pub publish: Option<bool>,
    /// Its tags.
    pub tags: Option<BTreeMap<String, String>>,
}

/// Reads the request.
///
/// # Errors
/// Those of `run`.
pub fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    json_response(201, &run(world, caller, request.json()?)?)
}

/// Creates a function; it is Pending for a moment.
///
/// # Errors
/// `ValidationException`, `InvalidParameterValueException`, `AccessDeniedException`,
/// `RequestEntityTooLargeException`; `ResourceConflictException` when it exists.
pub fn run(
    world: &mut World,
    caller: &Caller,
    input: Input,
) -> Result<Configuration, ServiceError> {
    let archive = validate(&input)?;
    let name = FunctionName::read(caller, input.function_name.as_deref().unwrap_or_default())?;
    if name.name.len() > 64 {
        let mut validation = Validation::new();
        validation.length("functionName", &name.name, 1, 64);
        validation.finish()?;
    }
    world.authorize(caller, Access::to("lambda:CreateFunction", &name.arn))?;
    let role = input.settings.role.clone().unwrap_or_default();
    check_role(world, caller, &role, &name.arn)?;
    if world.lambda.functions.contains_key(&name.arn) {
        return Err(conflict(format!("Function already exist: {}", name.name)));
    }
    Ok(store(world, caller, name, input, archive))
}

fn validate(input: &Input) -> Result<Bytes, ServiceError> {
    let mut validation = Validation::new();
    validation.required("functionName", input.function_name.as_ref());
    validation.required("role", input.settings.role.as_ref());
    validation.required("code", input.code.as_ref());
    input.settings.check(&mut validation);
    let architecture = input.architectures.as_deref().unwrap_or_default();
    for name in architecture {
        validation.one_of("architectures", name, &["x86_64", "arm64"]);
    }
    validation.finish()?;
    if architecture.len() > 1 {
        return Err(invalid_parameter("Architectures may name one architecture only."));
    }
    if input.package_type.as_deref().is_some_and(|kind| kind != "Zip") {
        return Err(invalid_parameter("Only the package type Zip is offered by this emulator."));
    }
    if input.publish == Some(true) {
        return Err(invalid_parameter(
            "Versions are not offered by this emulator; leave Publish out and use $LATEST.",
        ));
    }
    if input.settings.runtime.is_none() || input.settings.handler.is_none() {
        return Err(invalid_parameter(
            "Runtime and Handler are mandatory parameters for functions created with deployment \
             packages.",
        ));
    }
    input.settings.check_runtime()?;
    input.code.as_ref().map_or_else(|| Code::default().archive(), Code::archive)
}

fn store(
    world: &mut World,
    caller: &Caller,
    name: FunctionName,
    input: Input,
    archive: Bytes,
) -> Configuration {
    let now = world.now;
    let mut architectures = input.architectures.unwrap_or_default();
    let mut function = Function {
        name: name.name,
        account: caller.account,
        region: caller.region.clone(),
        description: String::new(),
        role: String::new(),
        runtime: String::new(),
        handler: String::new(),
        timeout_s: 3,
        memory_mb: 128,
        architecture: architectures.pop().unwrap_or_else(|| "x86_64".to_owned()),
        storage_mb: 512,
        created: now,
        last_modified: now,
        revision_id: world.lambda.ids.uuid(),
        code: Bytes::new(),
        code_sha256: String::new(),
        code_size: 0,
        environment: Vec::new(),
        tags: input.tags.unwrap_or_default(),
        statements: Vec::new(),
        policy: None,
    };
    input.settings.apply(&mut function);
    function.set_code(archive);
    let configuration = Configuration::of(&function, now);
    world.trace("lambda.create", &name.arn, function.code_sha256.as_bytes());
    world.lambda.functions.insert(name.arn, function);
    configuration
}
