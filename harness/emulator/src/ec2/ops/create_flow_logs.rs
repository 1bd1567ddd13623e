//! CreateFlowLogs (vpc-flow-logs reference, §4 and §5).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::flow_log_request::{ResourceType, Wanted};
use super::unsuccessful;
use crate::ec2::error::{invalid_parameter, no_interface, no_subnet, no_such, no_vpc};
use crate::ec2::flow_log::{Destination, FlowLog, Plan};
use crate::ec2::place::Place;
use crate::ec2::publish::{SERVICE, may_write};
use crate::ec2::request::{dry_run, given, new_id};
use crate::ec2::{bucket_policy, tags};
use crate::iam;
use crate::kernel::{Access, Caller, ServiceError, World, arn};
use crate::protocol::ec2_query::set;
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Makes a flow log for each of the resources. What fails for one of them is told in the answer
/// and does not keep the others from theirs.
///
/// # Errors
/// `MissingParameter`, `InvalidParameter`, `InvalidParameterValue`,
/// `LogDestinationNotFoundException`, `IdempotentParameterMismatch`, `AccessDeniedException`,
/// `DryRunOperation`, those of tags.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let wanted = Wanted::read(caller, parameters)?;
    authorize(world, caller, &wanted)?;
    dry_run(parameters)?;
    let token = given(parameters, "ClientToken").map(str::to_owned);
    if let Some(token) = &token
        && let Some(answer) = world.ec2.of(caller).tokens.answered(token, parameters)?
    {
        return Ok(Some(answer));
    }
    check_destination(world, caller, &wanted)?;
    let (mut made, mut failures) = (Vec::new(), Vec::new());
    for id in &wanted.resource_ids {
        match create(world, caller, &wanted, id) {
            Ok(id) => made.push(Element::text("item", &*id)),
            Err(error) => failures.push((*id, error)),
        }
    }
    let given_token = token.is_some();
    let token = token.unwrap_or_else(|| world.ec2.ids.uuid());
    let answer = Element::new("")
        .child(Element::text("clientToken", token.as_str()))
        .child(set("flowLogIdSet", made))
        .child(unsuccessful(&failures));
    if given_token {
        world.ec2.of(caller).tokens.keep(&token, parameters, answer.clone());
    }
    Ok(Some(answer))
}

/// The operation itself on the flow logs and on each resource, the role, and for a bucket the
/// right to set up a delivery (reference, §5).
fn authorize(world: &mut World, caller: &Caller, wanted: &Wanted<'_>) -> Result<(), ServiceError> {
    let any = arn("ec2", &caller.region, caller.account, "vpc-flow-log/*");
    tags::authorize_creation(world, caller, "CreateFlowLogs", &any, &wanted.tags)?;
    let kind = wanted.resource_type.arn_name();
    for id in &wanted.resource_ids {
        let resource = arn("ec2", &caller.region, caller.account, &format!("{kind}/{id}"));
        world.authorize(caller, Access::to("ec2:CreateFlowLogs", &resource))?;
    }
    match &wanted.destination {
        Destination::Logs { role, .. } => world.authorize_pass_role(caller, role, SERVICE),
        Destination::Bucket { .. } => {
            world.authorize(caller, Access::to("logs:CreateLogDelivery", "*"))
        }
    }
}

/// Whether there is what the flow logs are to write with and to. A log group need not be there.
fn check_destination(
    world: &mut World,
    caller: &Caller,
    wanted: &Wanted<'_>,
) -> Result<(), ServiceError> {
    match &wanted.destination {
        Destination::Logs { role, .. } => {
            let assumed = iam::has_role(world, role)
                && (!world.settings.ec2.create_assumes_role || {
                    let source = arn("ec2", &caller.region, caller.account, "vpc-flow-log/*");
                    let (region, account) = (&caller.region, caller.account);
                    iam::assume_role_for_service(world, SERVICE, role, region, account, &source)
                        .is_ok()
                });
            if assumed {
                return Ok(());
            }
            Err(invalid_parameter(format!("Unable to assume given IAM role: '{role}'")))
        }
        Destination::Bucket { bucket, .. } if !world.s3.buckets.contains_key(bucket) => {
            let message = format!("LogDestination: {bucket} does not exist.");
            Err(ServiceError::client("LogDestinationNotFoundException", message))
        }
        Destination::Bucket { .. } => Ok(()),
    }
}

/// Makes the flow log of one resource.
fn create(
    world: &mut World,
    caller: &Caller,
    wanted: &Wanted<'_>,
    resource_id: &str,
) -> Result<Arc<str>, ServiceError> {
    let most = world.settings.ec2.flow_logs_per_resource_max;
    let created = world.now;
    let resource_id = find(world.ec2.of(caller), wanted.resource_type, resource_id)?;
    let mut plan = Plan {
        id: Arc::from(""),
        account: caller.account,
        region: caller.region.clone(),
        resource_id,
        traffic: wanted.traffic,
        destination: wanted.destination.clone(),
        format: wanted.format.clone(),
        interval_s: wanted.interval_s,
    };
    let place = world.ec2.of(caller);
    let there = place.covering.get(&plan.resource_id).map_or(&[][..], Vec::as_slice);
    if there.iter().any(|other| other.same_as(&plan)) {
        return Err(ServiceError::client(
            "FlowLogAlreadyExists",
            "Error. There is an existing Flow Log with the same configuration and log destination.",
        ));
    }
    if there.len() >= most {
        let message = format!("{} has {most} flow logs, which is the most", plan.resource_id);
        return Err(ServiceError::client("FlowLogsLimitExceeded", message));
    }
    if let Destination::Bucket { bucket, .. } = &wanted.destination
        && !may_write(world, &plan)
        && !(bucket_policy::attach(world, caller, &plan)? && may_write(world, &plan))
    {
        return Err(ServiceError::client(
            "400",
            format!(
                "Access Denied for LogDestination: {bucket}. Please check LogDestination \
                 permissions"
            ),
        ));
    }
    plan.id = new_id(world, "fl-").into();
    let (id, flow_log_arn) = (Arc::clone(&plan.id), plan.arn());
    let flow_log =
        FlowLog { plan: Arc::new(plan), created, failure: None, windows: BTreeMap::new() };
    let place = world.ec2.of(caller);
    place.tag(&id, wanted.tags.clone());
    place.add_flow_log(flow_log);
    world.trace("flow log", &flow_log_arn, b"made");
    Ok(id)
}

/// Finds a resource; of most kinds there is none here.
fn find(place: &Place, kind: ResourceType, id: &str) -> Result<Arc<str>, ServiceError> {
    let absent = |code: &'static str, kind: &str| Err(no_such(code, kind, id));
    match kind {
        ResourceType::Vpc => found(place.vpcs.get_key_value(id)).ok_or_else(|| no_vpc(id)),
        ResourceType::Subnet => found(place.subnets.get_key_value(id)).ok_or_else(|| no_subnet(id)),
        ResourceType::NetworkInterface => {
            found(place.interfaces.get_key_value(id)).ok_or_else(|| no_interface(id))
        }
        ResourceType::TransitGateway => {
            absent("InvalidTransitGatewayID.NotFound", "transitGateway ID")
        }
        ResourceType::TransitGatewayAttachment => {
            absent("InvalidTransitGatewayAttachmentID.NotFound", "transitGatewayAttachment ID")
        }
        ResourceType::RegionalNatGateway => absent("NatGatewayNotFound", "NAT gateway"),
        ResourceType::CoreNetwork
        | ResourceType::CoreNetworkEdge
        | ResourceType::CoreNetworkAttachment => {
            absent("InvalidParameterValue", "core network resource")
        }
    }
}

fn found<T>(entry: Option<(&Arc<str>, &T)>) -> Option<Arc<str>> {
    entry.map(|(id, _)| Arc::clone(id))
}
