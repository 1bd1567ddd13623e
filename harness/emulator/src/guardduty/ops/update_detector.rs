//! UpdateDetector (guardduty reference, §7).

use serde::Deserialize;
use serde_json::Value;

use super::create_detector::frequency;
use super::{at, body, nothing, place};
use crate::guardduty::detector::administrator;
use crate::guardduty::error::rejected;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// What changes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Input {
    enable: Option<bool>,
    finding_publishing_frequency: Option<String>,
    data_sources: Option<Value>,
    features: Option<Value>,
}

/// Changes a detector; the frequency of a member is its administrator's business.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let input: Input = body(request)?;
    let given = input.finding_publishing_frequency.map(|given| frequency(Some(given)));
    let given = given.transpose()?;
    let place = place(world, caller, request, "guardduty:UpdateDetector")?;
    if given.is_some() && administrator(world, place.0, &place.1).is_some() {
        return Err(rejected(
            "a member account cannot set findingPublishingFrequency; its administrator does.",
        ));
    }
    let now = world.now;
    let detector = at(world, &place)?;
    detector.features.change(now, input.features.as_ref(), input.data_sources.as_ref())?;
    detector.is_enabled = input.enable.unwrap_or(detector.is_enabled);
    if let Some(given) = given {
        detector.frequency = given;
    }
    detector.updated = now;
    let arn = detector.arn(place.0, &place.1);
    let state: &[u8] = if detector.is_enabled { b"enabled" } else { b"disabled" };
    world.trace("guardduty.detector", &arn, state);
    nothing()
}
