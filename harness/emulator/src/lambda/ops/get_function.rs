//! GetFunction (lambda-transform reference, control plane).

use std::collections::BTreeMap;

use serde::Serialize;

use super::function;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::lambda::Configuration;
use crate::lambda::name::FunctionName;
use crate::protocol::rest::{RestRequest, json_response};

/// A function and where its code lies.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// What there is to tell.
    pub configuration: Configuration,
    /// Where its code lies.
    pub code: CodeLocation,
    /// Its tags, when it has any.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, String>,
}

/// Where a function's code lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CodeLocation {
    /// `S3`.
    pub repository_type: &'static str,
    /// An address in Lambda's own bucket; it has the form of AWS's, and nothing answers there.
    pub location: String,
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
    let name = FunctionName::read(caller, request.label("FunctionName"))?;
    json_response(200, &run(world, caller, &name.qualified(request.parameter("Qualifier")))?)
}

/// Tells of a function.
///
/// # Errors
/// `AccessDeniedException`, `ResourceNotFoundException`.
pub(crate) fn run(
    world: &mut World,
    caller: &Caller,
    name: &FunctionName,
) -> Result<Output, ServiceError> {
    let now = world.now;
    let function = function(world, caller, "lambda:GetFunction", name)?;
    let region = &function.region;
    let location = format!(
        "https://awslambda-{region}-tasks.s3.{region}.amazonaws.com/snapshots/{}/{}-{}",
        function.account, function.name, function.revision_id
    );
    Ok(Output {
        configuration: Configuration::of(function, now),
        code: CodeLocation { repository_type: "S3", location },
        tags: function.tags.clone(),
    })
}
