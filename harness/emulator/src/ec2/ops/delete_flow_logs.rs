//! DeleteFlowLogs (vpc-flow-logs reference, §4).

use super::unsuccessful;
use crate::ec2::error::{missing, no_flow_log};
use crate::ec2::publish::write_all;
use crate::ec2::request::dry_run;
use crate::kernel::{Access, Caller, ServiceError, World, arn};
use crate::protocol::ec2_query::list;
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Deletes flow logs; what one of them has gathered for its bucket is written first.
///
/// # Errors
/// `MissingParameter`, `AccessDeniedException`, `DryRunOperation`; ids that are not there are told
/// in the answer.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let ids = list(parameters, "FlowLogId");
    if ids.is_empty() {
        return Err(missing("FlowLogId"));
    }
    for id in &ids {
        let resource = arn("ec2", &caller.region, caller.account, &format!("vpc-flow-log/{id}"));
        world.authorize(caller, Access::to("ec2:DeleteFlowLogs", &resource))?;
    }
    dry_run(parameters)?;
    let mut failures = Vec::new();
    for id in ids {
        match world.ec2.of(caller).remove_flow_log(id) {
            None => failures.push((id, no_flow_log(id))),
            Some(flow_log) => {
                world.trace("flow log", &flow_log.plan.arn(), b"deleted");
                write_all(world, &flow_log.plan, flow_log.windows);
            }
        }
    }
    Ok(Some(Element::new("").child(unsuccessful(&failures))))
}
