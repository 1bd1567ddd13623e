//! Flow records enter by the flow logs that cover their interface (vpc-flow-logs reference, §2).

mod bucket;
mod fates;
mod log_group;

use std::sync::Arc;

use tributary_vocabulary::{AccountId, EventRecord, Region};

use self::fates::{Fates, Reason};
use super::flow_log::{Destination, Plan, TrafficType};
use super::furnish::notice;
use crate::kernel::{ServiceError, World};

pub(super) use bucket::{may_write, write_all, write_file};

/// The principal that roles of flow logs have to trust.
pub(super) const SERVICE: &str = "vpc-flow-logs.amazonaws.com";
/// The principal that writes to buckets.
pub(super) const DELIVERY_SERVICE: &str = "delivery.logs.amazonaws.com";

/// An interface by what may be covered by a flow log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nic<'a> {
    /// The VPC.
    pub vpc_id: &'a str,
    /// The subnet.
    pub subnet_id: &'a str,
    /// The interface.
    pub interface_id: &'a str,
}

/// Aggregated flow records of one interface, as lines in the format of the flow log.
///
/// Each flow log that covers the interface, by its own id or by that of its subnet or VPC, and
/// whose traffic type admits the line publishes it, text unchanged. Lines that reach no log group
/// by any of them are told as [`Unpublished`](crate::Observation::Unpublished). An interface that
/// is not known yet is added when its VPC is known.
pub fn publish(
    world: &mut World,
    account: AccountId,
    region: &Region,
    nic: &Nic<'_>,
    events: &[EventRecord],
) {
    if events.is_empty() {
        return;
    }
    notice(world, account, region, nic);
    let plans = covering(world, account, region, nic);
    let mut fates = Fates::new(events.len(), unadmitted(account, region, nic, &plans));
    for plan in &plans {
        publish_by(world, plan, nic, events, &mut fates);
    }
    fates.tell(world, account, events);
}

/// The flow logs that cover an interface: its own, its subnet's, its VPC's.
fn covering(world: &World, account: AccountId, region: &Region, nic: &Nic<'_>) -> Vec<Arc<Plan>> {
    let Some(place) = world.ec2.place(account, region) else { return Vec::new() };
    let ids = [nic.interface_id, nic.subnet_id, nic.vpc_id];
    ids.into_iter().filter_map(|id| place.covering.get(id)).flatten().cloned().collect()
}

/// Why a line stops that no flow log takes.
fn unadmitted(account: AccountId, region: &Region, nic: &Nic<'_>, plans: &[Arc<Plan>]) -> Reason {
    let Nic { vpc_id, subnet_id, interface_id } = nic;
    if plans.is_empty() {
        return Reason {
            resource: (*vpc_id).to_owned(),
            code: "NoFlowLog".to_owned(),
            message: format!(
                "account {account} has no flow log in {region} for {vpc_id}, {subnet_id} or \
                 {interface_id}"
            ),
        };
    }
    let each: Vec<String> =
        plans.iter().map(|plan| format!("{} ({})", plan.id, plan.traffic.name())).collect();
    Reason {
        resource: plans.first().map_or_else(String::new, |plan| plan.arn()),
        code: "NotInTrafficType".to_owned(),
        message: format!(
            "the action of the record is not in the traffic type of any flow log of {interface_id}: \
             {}",
            each.join(", ")
        ),
    }
}

fn publish_by(
    world: &mut World,
    plan: &Arc<Plan>,
    nic: &Nic<'_>,
    events: &[EventRecord],
    fates: &mut Fates,
) {
    match &plan.destination {
        Destination::Logs { .. } => {
            let stream = format!("{}-{}", nic.interface_id, plan.traffic.suffix());
            match chosen(plan, events) {
                None => log_group::deliver(world, plan, stream, events, |index| index, fates),
                Some(indices) if indices.is_empty() => {}
                Some(indices) => {
                    let picked: Vec<&EventRecord> =
                        indices.iter().map(|&index| &events[index]).collect();
                    log_group::deliver(world, plan, stream, &picked, |at| indices[at], fates);
                }
            }
        }
        Destination::Bucket { .. } => {
            let indices = chosen(plan, events).unwrap_or_else(|| (0..events.len()).collect());
            bucket::gather(world, plan, events, &indices);
            let reason = fates.reason(Reason {
                resource: plan.arn(),
                code: "OtherDestination".to_owned(),
                message: format!("flow log {} delivers to a bucket, not to a log group", plan.id),
            });
            indices.iter().for_each(|&index| fates.stopped(index, reason));
        }
    }
}

/// The places of the records that a flow log takes, in the order of their times; `None` when it
/// takes all as they are.
fn chosen(plan: &Plan, events: &[EventRecord]) -> Option<Vec<usize>> {
    let sorted = events.is_sorted_by_key(|event| event.timestamp);
    if plan.traffic == TrafficType::All && sorted {
        return None;
    }
    let admits = |event: &EventRecord| plan.traffic.admits(plan.format.action(&event.message));
    let mut indices: Vec<usize> =
        events.iter().enumerate().filter(|(_, event)| admits(event)).map(|(at, _)| at).collect();
    if !sorted {
        indices.sort_by_key(|&index| events[index].timestamp);
    }
    Some(indices)
}

/// Sets what DescribeFlowLogs says of the last delivery.
fn set_status(world: &mut World, plan: &Plan, failure: Option<&'static str>) {
    let place = world.ec2.place_mut(plan.account, &plan.region);
    let Some(flow_log) = place.flow_logs.get_mut(&plan.id) else { return };
    if flow_log.failure != failure {
        flow_log.failure = failure;
        let status = failure.unwrap_or("SUCCESS");
        world.trace("flow log", &plan.arn(), status.as_bytes());
    }
}

/// An error of a delivery as `deliverLogsErrorMessage` has it: what the service may not do, and
/// what is not there, is an `Access error`; quotas are `Rate limited` (reference, §4).
fn error_message(error: &ServiceError) -> &'static str {
    match error.code.as_ref() {
        "LimitExceededException"
        | "ThrottlingException"
        | "ServiceUnavailableException"
        | "SlowDown" => "Rate limited",
        "ResourceNotFoundException" | "NoSuchBucket" => "Access error",
        code if code.starts_with("AccessDenied") => "Access error",
        _ => "Unknown error",
    }
}
