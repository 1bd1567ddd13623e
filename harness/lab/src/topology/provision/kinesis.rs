//! The central stream: its shards and its retention.

use aws_sdk_kinesis::Client;
use aws_sdk_kinesis::types::StreamStatus;
use aws_types::SdkConfig;
use tributary_vocabulary::AccountId;

use super::outcome::{CallError, failed};
use super::{ProvisionError, Provisioned, Site};
use crate::topology::{Names, Step};
use crate::upkeep::Mark;

/// The retention that a new stream has, in hours.
const DEFAULT_RETENTION_H: i32 = 24;

/// `aws kinesis create-stream`, `aws kinesis increase-stream-retention-period`.
pub(super) async fn create(
    site: &Site<'_>,
    config: &SdkConfig,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    let (step, master) = (Step::Stream, site.plan.accounts.master);
    if !site.plan.has(step) {
        return Ok(());
    }
    let kinesis = Client::new(config);
    let shards = i32::try_from(site.plan.shards).unwrap_or(i32::MAX);
    if !make(site, &kinesis, step, master, Names::STREAM, shards, done).await? {
        return Ok(());
    }
    if site.plan.retention_h > DEFAULT_RETENTION_H {
        let call = kinesis
            .increase_stream_retention_period()
            .stream_name(Names::STREAM)
            .retention_period_hours(site.plan.retention_h);
        let outcome = call.send().await.map_err(CallError::of);
        site.note(done, step, master, "IncreaseStreamRetentionPeriod", outcome)?;
        site.until_active(Names::STREAM, || is_active(&kinesis, Names::STREAM)).await?;
    }
    Ok(())
}

/// Makes a stream, and waits until it is active; whether there is one now.
pub(super) async fn make(
    site: &Site<'_>,
    kinesis: &Client,
    step: Step,
    account: AccountId,
    name: &str,
    shards: i32,
    done: &mut Provisioned,
) -> Result<bool, ProvisionError> {
    let tags = site.mark().map(Mark::as_map);
    let call = kinesis.create_stream().stream_name(name).shard_count(shards);
    let outcome = call.set_tags(tags.clone()).send().await.map_err(CallError::of);
    if site.note(done, step, account, "CreateStream", outcome)?.is_none() {
        return Ok(false);
    }
    if tags.is_some() {
        // Not every endpoint takes tags with the stream.
        let call = kinesis.add_tags_to_stream().stream_name(name).set_tags(tags);
        let outcome = call.send().await.map_err(CallError::of);
        site.note(done, step, account, "AddTagsToStream", outcome)?;
    }
    site.until_active(name, || is_active(kinesis, name)).await?;
    Ok(true)
}

async fn is_active(kinesis: &Client, name: &str) -> Result<bool, ProvisionError> {
    let summary = kinesis
        .describe_stream_summary()
        .stream_name(name)
        .send()
        .await
        .map_err(|error| failed("DescribeStreamSummary", &CallError::of(error)))?;
    let status = summary.stream_description_summary().map(|summary| summary.stream_status());
    Ok(status == Some(&StreamStatus::Active))
}
