//! Log groups and their subscription filters.

use aws_sdk_cloudwatchlogs::Client;
use tributary_vocabulary::Source;

use super::outcome::CallError;
use super::{Place, ProvisionError, Provisioned, Site};
use crate::topology::{Names, Step};

/// The pattern of the published pipeline: a blank, which matches every event.
const FILTER_PATTERN: &str = " ";

/// `aws logs create-log-group`.
pub(super) async fn create(
    site: &Site<'_>,
    logs: &Client,
    place: &Place,
    step: Step,
    group: &str,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    if !site.plan.has(step) {
        return Ok(());
    }
    let outcome = logs.create_log_group().log_group_name(group).send().await.map_err(CallError::of);
    site.note(done, step, place.account, "CreateLogGroup", outcome)?;
    Ok(())
}

/// `aws logs put-subscription-filter`, on the master's destination.
pub(super) async fn subscribe(
    site: &Site<'_>,
    logs: &Client,
    place: &Place,
    step: Step,
    source: Source,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    if !site.plan.has(step) {
        return Ok(());
    }
    let outcome = logs
        .put_subscription_filter()
        .log_group_name(Names::log_group(source, place.member))
        .destination_arn(site.plan.names.destination_arn())
        .filter_name(Names::filter(source))
        .filter_pattern(FILTER_PATTERN)
        .send()
        .await
        .map_err(CallError::of);
    site.note(done, step, place.account, "PutSubscriptionFilter", outcome)?;
    Ok(())
}
