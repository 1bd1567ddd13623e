//! Log groups and their subscription filters.

use aws_sdk_cloudwatchlogs::Client;
use tributary_vocabulary::Source;

use super::outcome::CallError;
use super::{Place, ProvisionError, Provisioned, Site};
use crate::ground::Subscribe;
use crate::topology::{Names, Step};
use crate::upkeep::Mark;

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
    let call = logs.create_log_group().log_group_name(group);
    let call = call.set_tags(site.mark().map(Mark::as_map));
    let outcome = call.send().await.map_err(CallError::of);
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
    let names = &site.plan.names;
    let mut call = logs
        .put_subscription_filter()
        .log_group_name(Names::log_group(source, place.member))
        .filter_name(Names::filter(source))
        .filter_pattern(FILTER_PATTERN);
    call = match site.plan.route.subscribe {
        Subscribe::Destination | Subscribe::Envelopes => {
            call.destination_arn(names.destination_arn())
        }
        // A stream of the caller's own account takes a role of that account.
        Subscribe::Outbox if place.member > 0 => call
            .destination_arn(names.outbox_arn(place.account))
            .role_arn(names.role_arn_in(place.account, Names::LOGS_ROLE)),
        Subscribe::Outbox | Subscribe::Direct => {
            call.destination_arn(names.stream_arn()).role_arn(names.role_arn(Names::LOGS_ROLE))
        }
    };
    let outcome = call.send().await.map_err(CallError::of);
    site.note(done, step, place.account, "PutSubscriptionFilter", outcome)?;
    Ok(())
}
