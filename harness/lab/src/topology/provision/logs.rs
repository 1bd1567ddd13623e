//! The destination that members may write to, and their log groups with subscription filters.

use aws_sdk_cloudwatchlogs::Client;
use aws_types::SdkConfig;
use tributary_vocabulary::AccountId;

use super::step::failed;
use super::{ProvisionError, Provisioned, Site};
use crate::topology::Names;

/// The pattern of the published pipeline: a blank, which matches every event.
const FILTER_PATTERN: &str = " ";

/// `aws logs put-destination`, `aws logs put-destination-policy`.
pub(super) async fn create_destination(
    site: &Site<'_>,
    config: &SdkConfig,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    let logs = Client::new(config);
    let names = &site.plan.names;
    let master = site.plan.accounts.master;
    let outcome = logs
        .put_destination()
        .destination_name(Names::DESTINATION)
        .target_arn(names.stream_arn())
        .role_arn(names.role_arn(Names::LOGS_ROLE))
        .send()
        .await;
    if done.note(master, None, "PutDestination", outcome)?.is_none() {
        return Ok(());
    }
    if site.plan.accounts.members.is_empty() {
        return Ok(());
    }
    let outcome = logs
        .put_destination_policy()
        .destination_name(Names::DESTINATION)
        .access_policy(site.policy("destination_policy.json")?)
        .send()
        .await;
    done.note(master, None, "PutDestinationPolicy", outcome)?;
    Ok(())
}

/// `aws logs create-log-group`, `aws logs put-subscription-filter`, for every source.
pub(super) async fn set_up_member(
    site: &Site<'_>,
    config: &SdkConfig,
    account: AccountId,
    member: usize,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    let logs = Client::new(config);
    for source in &site.plan.sources {
        let group = Names::log_group(*source, member);
        logs.create_log_group()
            .log_group_name(&group)
            .send()
            .await
            .map_err(|error| failed("CreateLogGroup", error))?;
        if done.lacks("PutDestination") {
            continue;
        }
        let outcome = logs
            .put_subscription_filter()
            .log_group_name(&group)
            .destination_arn(site.plan.names.destination_arn())
            .filter_name(Names::filter(*source))
            .filter_pattern(FILTER_PATTERN)
            .send()
            .await;
        done.note(account, Some(*source), "PutSubscriptionFilter", outcome)?;
    }
    Ok(())
}
