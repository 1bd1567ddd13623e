//! DescribeFlowLogs (vpc-flow-logs reference, §4).

use crate::ec2::describe::Describing;
use crate::ec2::flow_log::Destination;
use crate::ec2::{error, view};
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

const FILTERS: &[&str] = &[
    "deliver-log-status",
    "log-destination-type",
    "flow-log-id",
    "log-group-name",
    "resource-id",
    "traffic-type",
];

/// Describes flow logs, with the outcome of the last delivery of each.
///
/// # Errors
/// `InvalidFlowLogId.NotFound`, `InvalidParameterValue`, `AccessDeniedException`,
/// `DryRunOperation`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let describing =
        Describing { action: "ec2:DescribeFlowLogs", ids: "FlowLogId", filters: FILTERS, least: 1 };
    let asked = describing.ask(world, caller, parameters)?;
    let place = world.ec2.of(caller);
    asked.answer(
        "flowLogSet",
        (&place.flow_logs, &place.tags),
        error::no_flow_log,
        |filter, id, flow_log| {
            let plan = &flow_log.plan;
            Some(match filter {
                "deliver-log-status" => flow_log.status().to_owned(),
                "log-destination-type" => plan.destination.type_name().to_owned(),
                "flow-log-id" => id.to_owned(),
                "log-group-name" => match &plan.destination {
                    Destination::Logs { group, .. } => group.clone(),
                    Destination::Bucket { .. } => return None,
                },
                "resource-id" => plan.resource_id.as_ref().to_owned(),
                "traffic-type" => plan.traffic.name().to_owned(),
                _ => return None,
            })
        },
        |_, flow_log, tags| view::flow_log(flow_log, tags),
    )
}
