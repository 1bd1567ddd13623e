//! CreateSampleFindings (guardduty reference, §7).

use serde::Deserialize;

use super::{body, nothing, place};
use crate::guardduty::error::invalid;
use crate::guardduty::{publish, sample};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// Of which types.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Input {
    finding_types: Option<Vec<String>>,
}

/// Makes sample findings of these types, or one of each; they go the way of all findings.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let input: Input = body(request)?;
    let types = input.finding_types.unwrap_or_default();
    if types.len() > 50 {
        return Err(invalid("findingTypes"));
    }
    let kinds = sample::kinds(&types).ok_or_else(|| invalid("findingTypes"))?;
    let place = place(world, caller, request, "guardduty:CreateSampleFindings")?;
    let events = sample::events(world, &place, &kinds);
    publish(world, place.0, &place.1, &events);
    nothing()
}
