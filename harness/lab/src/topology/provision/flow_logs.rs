//! A member's VPC Flow Logs: log group, role, flow logs on all its VPCs, subscription.

use aws_sdk_cloudwatchlogs::Client;
use tributary_vocabulary::Source;

use super::{Obstacle, Place, ProvisionError, Provisioned, Site, log_group, role};
use crate::door::elements;
use crate::topology::{Names, Step};

/// Sets up one member.
pub(super) async fn set_up(
    site: &Site<'_>,
    logs: &Client,
    place: &Place,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    let group = Names::log_group(Source::VpcFlowLogs, place.member);
    log_group::create(site, logs, place, Step::FlowLogsGroup, &group, done).await?;
    if site.plan.has(Step::FlowLogsRole) {
        role::create(site, place, &role::FLOW_LOGS, done)?;
    }
    if site.plan.has(Step::FlowLogs) {
        create(site, place, &group, done)?;
    }
    let source = Source::VpcFlowLogs;
    log_group::subscribe(site, logs, place, Step::FlowLogsFilter, source, done).await
}

/// `aws ec2 describe-vpcs`, `aws ec2 create-flow-logs`.
fn create(
    site: &Site<'_>,
    place: &Place,
    group: &str,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    const OPERATION: &str = "CreateFlowLogs";
    let (step, account) = (Step::FlowLogs, place.account);
    let calls = site.calls(account)?;
    let described = calls.ec2("DescribeVpcs", &[]);
    let Some(described) = site.note(done, step, account, "DescribeVpcs", described)? else {
        return Ok(());
    };
    let vpcs: Vec<String> = elements(&described, "vpcId").map(str::to_owned).collect();
    let numbered: Vec<String> = (1..=vpcs.len()).map(|n| format!("ResourceId.{n}")).collect();
    let role = site.plan.names.role_arn_in(site.plan.home(account), Names::FLOW_LOGS_ROLE);
    let mut form = vec![
        ("ResourceType", "VPC"),
        ("TrafficType", "ALL"),
        ("LogDestinationType", "cloud-watch-logs"),
        ("LogGroupName", group),
        ("DeliverLogsPermissionArn", role.as_str()),
        ("MaxAggregationInterval", "60"),
    ];
    let format: Vec<String> =
        site.plan.flow_format.names().map(|name| format!("${{{name}}}")).collect();
    let format = format.join(" ");
    if !site.plan.flow_format.is_default() {
        form.push(("LogFormat", &format));
    }
    form.extend(site.mark().into_iter().flat_map(|mark| mark.ec2_form("vpc-flow-log")));
    form.extend(numbered.iter().map(String::as_str).zip(vpcs.iter().map(String::as_str)));
    let outcome = calls.ec2(OPERATION, &form);
    if let Some(answer) = site.note(done, step, account, OPERATION, outcome)? {
        // What fails for one VPC only is told in the answer of a call that succeeds.
        if let Some(message) = elements(&answer, "message").next() {
            done.lack(Obstacle::Refused, step, account, OPERATION, message.to_owned());
        }
    }
    Ok(())
}
