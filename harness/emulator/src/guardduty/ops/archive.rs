//! Whether findings lie in the archive, for the operations that put them there and take them out.

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

/// Puts the findings of a request into the archive, or takes them out of it.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(super) fn set(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
    action: &str,
    archived: bool,
) -> Result<WireResponse, ServiceError> {
    let input: Input = body(request)?;
    let ids = finding_ids(input.finding_ids.as_ref())?;
    let detector = detector(world, caller, request, action)?;
    for id in ids {
        if let Some(finding) = detector.findings.get_mut(id) {
            finding.is_archived = archived;
        }
    }
    let word: &[u8] = if archived { b"archived" } else { b"unarchived" };
    world.trace("guardduty.findings", request.label("DetectorId"), word);
    nothing()
}
