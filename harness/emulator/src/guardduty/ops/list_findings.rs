//! ListFindings (guardduty reference, §7).

use serde::Deserialize;
use serde_json::{Value, json};

use super::{at, body, max_results, page, place};
use crate::guardduty::criteria::Criteria;
use crate::guardduty::order::Order;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// Which findings, in which order.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Input {
    finding_criteria: Option<Value>,
    sort_criteria: Option<Value>,
    max_results: Option<i64>,
    next_token: Option<String>,
}

/// Lists the ids of findings, the archived ones included unless the criteria say otherwise.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let input: Input = body(request)?;
    let criteria = Criteria::read(input.finding_criteria.as_ref())?;
    let order = Order::read(input.sort_criteria.as_ref())?;
    let most = max_results(input.max_results)?;
    let place = place(world, caller, request, "guardduty:ListFindings")?;
    let findings = &at(world, &place)?.findings;
    let ids: Vec<String> = if criteria.is_empty() && order.is_by_update() {
        let ids = findings.by_update().map(ToString::to_string);
        if order.is_descending() { ids.rev().collect() } else { ids.collect() }
    } else {
        let all = findings.iter().map(|(id, stored)| (id.to_string(), stored.json()));
        order.sorted(all.filter(|(_, finding)| criteria.matches(finding)).collect())
    };
    let (ids, next) = page(ids, input.next_token.as_deref(), most)?;
    json_response(200, &json!({ "findingIds": ids, "nextToken": next.unwrap_or_default() }))
}
