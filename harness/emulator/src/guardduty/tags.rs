//! Tags of detectors and filters.

use std::collections::BTreeMap;

use super::error::{invalid, no_such_resource};
use crate::kernel::{Access, ArnParts, Caller, ServiceError, World};

/// The tags of the detector or filter of this ARN, once the policies allow `action`.
pub(super) fn of<'w>(
    world: &'w mut World,
    caller: &Caller,
    action: &str,
    arn: &str,
) -> Result<&'w mut BTreeMap<String, String>, ServiceError> {
    let parts = ArnParts::split(arn).filter(|parts| parts.service == "guardduty");
    let parts = parts.ok_or_else(|| invalid("resourceArn"))?;
    let rest = parts.resource.strip_prefix("detector/").ok_or_else(|| invalid("resourceArn"))?;
    world.authorize(caller, Access::to(action, arn))?;
    let (id, filter) = match rest.split_once("/filter/") {
        Some((id, filter)) => (id, Some(filter)),
        None => (rest, None),
    };
    let here = parts.account_id() == Some(caller.account) && parts.region == caller.region.as_str();
    let detector = world.guardduty.detector_mut(caller.account, &caller.region);
    let detector = detector.filter(|detector| here && detector.id == id);
    let detector = detector.ok_or_else(no_such_resource)?;
    match filter {
        None => Ok(&mut detector.tags),
        Some(name) => {
            detector.filters.get_mut(name).map(|f| &mut f.tags).ok_or_else(no_such_resource)
        }
    }
}
