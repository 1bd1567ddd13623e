//! UpdateFilter (guardduty reference, §7).

use serde::Deserialize;
use serde_json::{Value, json};

use super::create_filter::{archives, rerank};
use super::{body, detector};
use crate::guardduty::criteria::Criteria;
use crate::guardduty::error::no_such_resource;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// What changes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Input {
    description: Option<String>,
    action: Option<String>,
    rank: Option<i64>,
    finding_criteria: Option<Value>,
}

/// Changes a filter.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let input: Input = body(request)?;
    let archives = input.action.as_deref().map(|action| archives(Some(action))).transpose()?;
    let read = |given: Value| Ok::<_, ServiceError>((Criteria::read(Some(&given))?, given));
    let criteria = input.finding_criteria.map(read).transpose()?;
    let detector = detector(world, caller, request, "guardduty:UpdateFilter")?;
    let name = request.label("FilterName");
    let filter = detector.filters.get_mut(name).ok_or_else(no_such_resource)?;
    if let Some(description) = input.description {
        filter.description = description;
    }
    if let Some(archives) = archives {
        filter.archives = archives;
    }
    if let Some((criteria, given)) = criteria {
        (filter.criteria, filter.given) = (criteria, given);
    }
    if let Some(rank) = input.rank {
        rerank(detector, name, rank)?;
    }
    world.trace("guardduty.filter", name, b"changed");
    json_response(200, &json!({ "name": name }))
}
