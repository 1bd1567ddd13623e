//! UpdateFindingsFeedback (guardduty reference, §7).

use serde::Deserialize;

use super::get_findings::finding_ids;
use super::{body, detector, nothing};
use crate::guardduty::error::{invalid, missing};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// What is thought of which findings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Input {
    finding_ids: Option<Vec<String>>,
    feedback: Option<String>,
}

/// Says whether findings were useful.
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
    let feedback = match input.feedback.ok_or_else(|| missing("feedback"))?.as_str() {
        "USEFUL" => "USEFUL",
        "NOT_USEFUL" => "NOT_USEFUL",
        _ => return Err(invalid("feedback")),
    };
    let detector = detector(world, caller, request, "guardduty:UpdateFindingsFeedback")?;
    for id in ids {
        if let Some(finding) = detector.findings.get_mut(id) {
            finding.feedback = Some(feedback);
        }
    }
    world.trace("guardduty.findings", request.label("DetectorId"), feedback.as_bytes());
    nothing()
}
