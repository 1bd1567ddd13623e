//! DescribeAvailabilityZones.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::ec2::describe::Describing;
use crate::ec2::error::invalid_value;
use crate::ec2::zone::{zone_id, zones};
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Describes the zones of the Region that is called.
///
/// # Errors
/// `InvalidParameterValue`, `AccessDeniedException`, `DryRunOperation`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let describing = Describing {
        action: "ec2:DescribeAvailabilityZones",
        ids: "ZoneName",
        filters: &["zone-name", "zone-id", "region-name", "state", "zone-type"],
        least: 1,
    };
    let asked = describing.ask(world, caller, parameters)?;
    let zones: BTreeMap<Arc<str>, String> = zones(&caller.region)
        .into_iter()
        .map(|zone| (zone.as_str().into(), zone_id(&zone)))
        .collect();
    let region = caller.region.as_str();
    asked.answer(
        "availabilityZoneInfo",
        (&zones, &BTreeMap::new()),
        |zone| invalid_value(format!("Invalid availability zone: [{zone}]")),
        |filter, zone, zone_id| {
            Some(match filter {
                "zone-name" => zone.to_owned(),
                "zone-id" => zone_id.clone(),
                "region-name" => region.to_owned(),
                "state" => "available".to_owned(),
                "zone-type" => "availability-zone".to_owned(),
                _ => return None,
            })
        },
        |zone, zone_id, _| {
            Element::new("item")
                .child(Element::text("zoneName", zone))
                .child(Element::text("zoneId", zone_id.as_str()))
                .child(Element::text("zoneState", "available"))
                .child(Element::text("zoneType", "availability-zone"))
                .child(Element::text("regionName", region))
                .child(Element::text("groupName", region))
                .child(Element::text("networkBorderGroup", region))
                .child(Element::text("optInStatus", "opt-in-not-required"))
        },
    )
}
