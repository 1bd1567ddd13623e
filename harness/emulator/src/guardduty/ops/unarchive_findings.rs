//! UnarchiveFindings (guardduty reference, §7).

use serde::Deserialize;

use super::get_findings::finding_ids;
use super::{body, detector, nothing};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// Which findings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Input {
    finding_ids: Option<Vec<String>>,
}

/// Takes findings out of the archive.
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
    let detector = detector(world, caller, request, "guardduty:UnarchiveFindings")?;
    for id in ids {
        if let Some(finding) = detector.findings.get_mut(id) {
            finding.is_archived = false;
        }
    }
    world.trace("guardduty.findings", request.label("DetectorId"), b"unarchived");
    nothing()
}
