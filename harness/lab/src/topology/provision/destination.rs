//! The destination that members may write to, and who may.

use aws_sdk_cloudwatchlogs::Client;
use aws_types::SdkConfig;

use super::outcome::CallError;
use super::{ProvisionError, Provisioned, Site};
use crate::topology::{Names, Step};
use crate::upkeep::Mark;

/// `aws logs put-destination`, `aws logs put-destination-policy`.
pub(super) async fn create(
    site: &Site<'_>,
    config: &SdkConfig,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    let names = &site.plan.names;
    let master = site.plan.accounts.master;
    if site.plan.has(Step::Destination) {
        let outcome = Client::new(config)
            .put_destination()
            .destination_name(Names::DESTINATION)
            .target_arn(names.stream_arn())
            .role_arn(names.role_arn(Names::LOGS_ROLE))
            .set_tags(site.mark().map(Mark::as_map))
            .send()
            .await
            .map_err(CallError::of);
        site.note(done, Step::Destination, master, "PutDestination", outcome)?;
    }
    // A policy that names nobody is refused, and without members there is nobody to name.
    if site.plan.has(Step::DestinationPolicy) && !site.plan.accounts.members.is_empty() {
        admit(site, config, Step::DestinationPolicy, "destination_policy.json", done).await?;
    }
    Ok(())
}

/// `aws logs put-destination-policy`.
pub(super) async fn admit(
    site: &Site<'_>,
    config: &SdkConfig,
    step: Step,
    file: &'static str,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    const OPERATION: &str = "PutDestinationPolicy";
    let master = site.master();
    let Some(policy) = site.policy(step, &master, file, OPERATION, done) else { return Ok(()) };
    let outcome = Client::new(config)
        .put_destination_policy()
        .destination_name(Names::DESTINATION)
        .access_policy(policy)
        .send()
        .await
        .map_err(CallError::of);
    site.note_policy(done, step, master.account, OPERATION, file, outcome)?;
    Ok(())
}
