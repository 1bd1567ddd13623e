//! GetFindings (guardduty reference, §7).

use serde::Deserialize;
use serde_json::{Value, json};

use super::{at, body, place};
use crate::guardduty::error::{invalid, missing};
use crate::guardduty::order::Order;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// Which findings, in which order.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Input {
    finding_ids: Option<Vec<String>>,
    sort_criteria: Option<Value>,
}

/// Describes findings; an id that there is not is left out.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let input: Input = body(request)?;
    let ids = finding_ids(input.finding_ids.as_ref())?;
    let order = input.sort_criteria.as_ref().map(|given| Order::read(Some(given))).transpose()?;
    let place = place(world, caller, request, "guardduty:GetFindings")?;
    let findings = &at(world, &place)?.findings;
    let mut found: Vec<Value> =
        ids.iter().filter_map(|id| findings.get(id)).map(|stored| stored.json()).collect();
    if let Some(order) = order {
        order.sort(&mut found);
    }
    json_response(200, &json!({ "findings": found }))
}

/// The ids of a list of 1 to 50.
pub(super) fn finding_ids(given: Option<&Vec<String>>) -> Result<&[String], ServiceError> {
    let ids = given.ok_or_else(|| missing("findingIds"))?;
    if ids.is_empty() || ids.len() > 50 {
        return Err(invalid("findingIds"));
    }
    Ok(ids)
}
