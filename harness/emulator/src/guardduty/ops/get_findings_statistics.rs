//! GetFindingsStatistics (guardduty reference, §7).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{at, body, place};
use crate::guardduty::criteria::Criteria;
use crate::guardduty::error::{invalid, missing};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// What is counted of which findings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Input {
    finding_criteria: Option<Value>,
    finding_statistic_types: Option<Vec<String>>,
}

/// Counts findings by their severity.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let input: Input = body(request)?;
    let types = input.finding_statistic_types.ok_or_else(|| missing("findingStatisticTypes"))?;
    if types != ["COUNT_BY_SEVERITY"] {
        return Err(invalid("findingStatisticTypes"));
    }
    let criteria = Criteria::read(input.finding_criteria.as_ref())?;
    let place = place(world, caller, request, "guardduty:GetFindingsStatistics")?;
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for (_, stored) in at(world, &place)?.findings.iter() {
        let finding = stored.json();
        if criteria.matches(&finding) {
            let severity = finding.get("severity").and_then(Value::as_f64).unwrap_or_default();
            *counts.entry(format!("{severity:?}")).or_default() += 1;
        }
    }
    json_response(200, &json!({ "findingStatistics": { "countBySeverity": counts } }))
}
