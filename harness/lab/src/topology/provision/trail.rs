//! A member's CloudTrail: log group, role, a trail in all Regions, subscription.

use aws_sdk_cloudwatchlogs::Client;
use serde_json::json;
use tributary_vocabulary::Source;

use super::{Place, ProvisionError, Provisioned, Site, log_group, role};
use crate::topology::{Names, Step};

/// The prefix of CloudTrail's operations on the wire.
const TARGET: &str = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101";

/// Sets up one member.
pub(super) async fn set_up(
    site: &Site<'_>,
    logs: &Client,
    place: &Place,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    let group = Names::log_group(Source::CloudTrail, place.member);
    log_group::create(site, logs, place, Step::TrailGroup, &group, done).await?;
    if site.plan.has(Step::TrailRole) {
        role::create(site, place, &role::TRAIL, done)?;
    }
    if site.plan.has(Step::Trail) {
        create(site, place, &group, done)?;
    }
    log_group::subscribe(site, logs, place, Step::TrailFilter, Source::CloudTrail, done).await
}

/// `aws cloudtrail create-trail`, `aws cloudtrail start-logging`.
fn create(
    site: &Site<'_>,
    place: &Place,
    group: &str,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    let (step, account) = (Step::Trail, place.account);
    let names = &site.plan.names;
    let calls = site.calls(account)?;
    let mut body = json!({
        "Name": Names::TRAIL,
        "S3BucketName": Names::TRAIL_BUCKET,
        "IsMultiRegionTrail": true,
        "IncludeGlobalServiceEvents": true,
        "EnableLogFileValidation": true,
        "CloudWatchLogsLogGroupArn":
            format!("arn:aws:logs:{}:{}:log-group:{group}:*", names.region, site.plan.home(account)),
        "CloudWatchLogsRoleArn": names.role_arn_in(site.plan.home(account), Names::TRAIL_ROLE),
    });
    if let Some(mark) = site.mark() {
        body["TagsList"] = mark.json_list();
    }
    let outcome = calls.json("cloudtrail", &format!("{TARGET}.CreateTrail"), &body);
    if site.note(done, step, account, "CreateTrail", outcome)?.is_none() {
        return Ok(());
    }
    let body = json!({
        "TrailName": Names::TRAIL,
        "EventSelectors": [{
            "ReadWriteType": "All",
            "IncludeManagementEvents": true,
            "DataResources": [
                { "Type": "AWS::S3::Object", "Values": ["arn:aws:s3"] },
                { "Type": "AWS::Lambda::Function", "Values": ["arn:aws:lambda"] },
            ],
        }],
    });
    let outcome = calls.json("cloudtrail", &format!("{TARGET}.PutEventSelectors"), &body);
    site.note(done, step, account, "PutEventSelectors", outcome)?;
    let body = json!({ "Name": Names::TRAIL });
    let outcome = calls.json("cloudtrail", &format!("{TARGET}.StartLogging"), &body);
    site.note(done, step, account, "StartLogging", outcome)?;
    Ok(())
}
