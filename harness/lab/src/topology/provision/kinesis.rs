//! The central stream: its shards and its retention.

use aws_sdk_kinesis::Client;
use aws_sdk_kinesis::types::StreamStatus;
use aws_types::SdkConfig;

use super::outcome::{CallError, failed};
use super::{ProvisionError, Provisioned, Site};
use crate::topology::{Names, Step};

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
    let call = kinesis.create_stream().stream_name(Names::STREAM).shard_count(shards);
    let outcome = call.send().await.map_err(CallError::of);
    if site.note(done, step, master, "CreateStream", outcome)?.is_none() {
        return Ok(());
    }
    site.until_active(Names::STREAM, || is_active(&kinesis)).await?;
    if site.plan.retention_h > DEFAULT_RETENTION_H {
        let call = kinesis
            .increase_stream_retention_period()
            .stream_name(Names::STREAM)
            .retention_period_hours(site.plan.retention_h);
        let outcome = call.send().await.map_err(CallError::of);
        site.note(done, step, master, "IncreaseStreamRetentionPeriod", outcome)?;
        site.until_active(Names::STREAM, || is_active(&kinesis)).await?;
    }
    Ok(())
}

async fn is_active(kinesis: &Client) -> Result<bool, ProvisionError> {
    let summary = kinesis
        .describe_stream_summary()
        .stream_name(Names::STREAM)
        .send()
        .await
        .map_err(|error| failed("DescribeStreamSummary", &CallError::of(error)))?;
    let status = summary.stream_description_summary().map(|summary| summary.stream_status());
    Ok(status == Some(&StreamStatus::Active))
}
