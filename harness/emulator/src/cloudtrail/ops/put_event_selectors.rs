//! PutEventSelectors.

use serde::{Deserialize, Serialize};

use super::to_change;
use crate::cloudtrail::error::{invalid_selectors, trail_not_found};
use crate::cloudtrail::selector::Selectors;
use crate::cloudtrail::{AdvancedEventSelector, EventSelector};
use crate::kernel::{Caller, ServiceError, World};

/// What PutEventSelectors reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The name or the ARN.
    pub trail_name: Option<String>,
    /// Basic selectors, or none when there are advanced ones.
    pub event_selectors: Option<Vec<EventSelector>>,
    /// Advanced selectors, or none when there are basic ones.
    pub advanced_event_selectors: Option<Vec<AdvancedEventSelector>>,
}

/// The selectors of a trail, as PutEventSelectors and GetEventSelectors answer them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The trail.
    #[serde(rename = "TrailARN")]
    pub trail_arn: String,
    /// Its basic selectors, when it has no advanced ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_selectors: Option<Vec<EventSelector>>,
    /// Its advanced selectors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advanced_event_selectors: Option<Vec<AdvancedEventSelector>>,
}

impl Output {
    pub(super) fn of(trail_arn: String, selectors: &Selectors) -> Self {
        let (basic, advanced) = match selectors {
            Selectors::Default => (Some(vec![EventSelector::default()]), None),
            Selectors::Basic(selectors) => (Some(selectors.clone()), None),
            Selectors::Advanced(selectors) => (None, Some(selectors.clone())),
        };
        Self { trail_arn, event_selectors: basic, advanced_event_selectors: advanced }
    }
}

/// Sets which events a trail records from now on, in place of what was set before.
///
/// # Errors
/// `InvalidEventSelectorsException`, `TrailNotFoundException`, `InvalidHomeRegionException`,
/// `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let name = input.trail_name.as_deref();
    let selectors = match (input.event_selectors, input.advanced_event_selectors) {
        (Some(basic), None) => {
            EventSelector::check_all(&basic)?;
            Selectors::Basic(basic)
        }
        (None, Some(advanced)) => {
            AdvancedEventSelector::check_all(&advanced)?;
            Selectors::Advanced(advanced)
        }
        (Some(_), Some(_)) => {
            return Err(invalid_selectors(
                "A trail has event selectors or advanced event selectors, not both.",
            ));
        }
        (None, None) => {
            return Err(invalid_selectors("Give event selectors or advanced event selectors."));
        }
    };
    let key = to_change(world, caller, "cloudtrail:PutEventSelectors", name)?;
    let trail = world.cloudtrail.trails.get_mut(&key);
    let trail = trail.ok_or_else(|| trail_not_found(&key.name, key.account))?;
    trail.selectors = selectors;
    let answer = Output::of(key.arn(), &trail.selectors);
    world.trace("put event selectors", &answer.trail_arn, b"");
    Ok(answer)
}
