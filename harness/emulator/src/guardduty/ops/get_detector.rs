//! GetDetector (guardduty reference, §7).

use serde_json::json;

use super::create_detector::service_role;
use super::{at, place};
use crate::guardduty::detector::frequency;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// Describes a detector; of a member it shows the frequency that its administrator set.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let place = place(world, caller, request, "guardduty:GetDetector")?;
    let frequency = frequency(world, place.0, &place.1);
    let detector = at(world, &place)?;
    let answer = json!({
        "createdAt": detector.created.to_string(),
        "updatedAt": detector.updated.to_string(),
        "findingPublishingFrequency": frequency,
        "serviceRole": service_role(place.0),
        "status": if detector.is_enabled { "ENABLED" } else { "DISABLED" },
        "dataSources": detector.features.sources_json(),
        "features": detector.features.json(),
        "tags": detector.tags,
    });
    json_response(200, &answer)
}
