//! CreateDetector (guardduty reference, §7).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{body, tags};
use crate::guardduty::detector::{Detector, FREQUENCIES};
use crate::guardduty::error::{invalid, missing, rejected};
use crate::guardduty::features::Features;
use crate::guardduty::findings::Findings;
use crate::kernel::{Access, Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// What the detector shall be like.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Input {
    enable: Option<bool>,
    finding_publishing_frequency: Option<String>,
    data_sources: Option<Value>,
    features: Option<Value>,
    tags: Option<Value>,
}

/// Makes the detector of the account in the Region; with the account's first one comes the
/// service-linked role.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let input: Input = body(request)?;
    let is_enabled = input.enable.ok_or_else(|| missing("enable"))?;
    let frequency = frequency(input.finding_publishing_frequency)?;
    let tags = tags(input.tags.as_ref())?;
    let arn = crate::kernel::arn("guardduty", &caller.region, caller.account, "detector/*");
    world.authorize(caller, Access::to("guardduty:CreateDetector", &arn))?;
    let place = (caller.account, caller.region.clone());
    if world.guardduty.detectors.contains_key(&place) {
        return Err(rejected("a detector already exists for the current account."));
    }
    if !world.guardduty.linked.contains(&caller.account) {
        let role = service_role(caller.account);
        let access = Access::to("iam:CreateServiceLinkedRole", &role)
            .with("iam:AWSServiceName", "guardduty.amazonaws.com");
        world.authorize(caller, access)?;
        world.guardduty.linked.insert(caller.account);
    }
    let mut features = Features::new(world.now);
    features.change(world.now, input.features.as_ref(), input.data_sources.as_ref())?;
    let id = world.guardduty.detector_id(&place);
    let detector = Detector {
        id: id.clone(),
        created: world.now,
        updated: world.now,
        is_enabled,
        frequency,
        features,
        tags,
        members: BTreeMap::new(),
        administrator: None,
        filters: BTreeMap::new(),
        findings: Findings::default(),
    };
    world.trace("guardduty.detector", &detector.arn(place.0, &place.1), b"");
    world.guardduty.detectors.insert(place, detector);
    json_response(200, &json!({ "detectorId": id }))
}

/// A frequency; six hours when none is given.
pub(super) fn frequency(given: Option<String>) -> Result<String, ServiceError> {
    let given = given.unwrap_or_else(|| "SIX_HOURS".to_owned());
    if FREQUENCIES.contains(&given.as_str()) {
        return Ok(given);
    }
    Err(invalid("findingPublishingFrequency"))
}

/// The role in which GuardDuty acts in an account.
pub(super) fn service_role(account: tributary_vocabulary::AccountId) -> String {
    format!(
        "arn:aws:iam::{account}:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty"
    )
}
