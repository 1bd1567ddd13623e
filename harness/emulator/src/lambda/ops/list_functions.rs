//! ListFunctions (lambda-transform reference, control plane).

use std::ops::Bound;

use serde::Serialize;

use crate::kernel::{Access, Caller, ServiceError, Validation, WireResponse, World};
use crate::lambda::Configuration;
use crate::lambda::name::invalid_parameter;
use crate::protocol::rest::{RestRequest, json_response};

/// The functions of one answer at the most, whatever the caller's wish.
const ITEMS_MAX: usize = 50;

/// A page of the caller's functions in this Region, in order of name.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The functions.
    pub functions: Vec<Configuration>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_marker: Option<String>,
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
    let most = match request.parameter("MaxItems") {
        None => None,
        Some(text) => Some(text.parse::<i64>().map_err(|_| {
            ServiceError::serialization(format!("MaxItems has to be a number, not '{text}'"))
        })?),
    };
    json_response(200, &run(world, caller, most, request.parameter("Marker"))?)
}

/// Lists functions: at most `most` (1 to 10,000), after `marker`.
///
/// # Errors
/// `ValidationException`, `AccessDeniedException`; `InvalidParameterValueException` for a marker
/// that is none.
pub fn run(
    world: &mut World,
    caller: &Caller,
    most: Option<i64>,
    marker: Option<&str>,
) -> Result<Output, ServiceError> {
    if let Some(most) = most {
        let mut validation = Validation::new();
        validation.range("maxItems", most, 1, 10_000);
        validation.finish()?;
    }
    world.authorize(caller, Access::to("lambda:ListFunctions", "*"))?;
    let prefix = crate::kernel::arn("lambda", &caller.region, caller.account, "function:");
    let after = match marker {
        None => Bound::Included(prefix.as_str()),
        Some(marker) if marker.starts_with(&prefix) => Bound::Excluded(marker),
        Some(_) => return Err(invalid_parameter("Invalid Marker.")),
    };
    let limit = most.and_then(|n| usize::try_from(n).ok()).unwrap_or(ITEMS_MAX).min(ITEMS_MAX);
    let mut page = world
        .lambda
        .functions
        .range::<str, _>((after, Bound::Unbounded))
        .take_while(|(arn, _)| arn.starts_with(&prefix));
    let functions: Vec<Configuration> = page
        .by_ref()
        .take(limit)
        .map(|(_, function)| Configuration::of(function, world.now))
        .collect();
    let next_marker =
        functions.last().filter(|_| page.next().is_some()).map(|last| last.function_arn.clone());
    Ok(Output { functions, next_marker })
}
