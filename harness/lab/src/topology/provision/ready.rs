//! Finds out whether what was set up at an endpoint really delivers, before anything is sent: an
//! ACTIVE delivery stream may still start reading at what comes next, and may not reach OpenSearch.

use std::collections::BTreeSet;
use std::time::Duration;

use aws_sdk_firehose::primitives::Blob;
use aws_smithy_types::error::display::DisplayErrorContext;
use bytes::Bytes;
use http::Method;
use serde_json::json;
use tributary_transform::{deflate, inflate};
use tributary_vocabulary::Timestamp;

use super::{Plan, ProvisionError};
use crate::backend::BackendError;
use crate::ends::Bucket;
use crate::ground::{Backup, Ground, Index, Remote};
use crate::topology::Names;

/// How long a hop may take until something comes through.
const LIMIT_MS: i64 = 120_000;
/// How long Firehose may take until it writes its first document.
const DOCUMENT_LIMIT_MS: i64 = 45_000;
const PAUSE: Duration = Duration::from_secs(1);

/// Sends what CloudWatch Logs sends to try a destination, control messages without events, until
/// they come through every hop whose readiness the services do not tell.
///
/// # Errors
/// [`BackendError::Unfit`] when nothing comes through.
pub(crate) async fn make_ready(ground: &Ground, plan: &Plan) -> Result<(), ProvisionError> {
    let Some(remote) = ground.remote() else { return Ok(()) };
    if plan.route.index == Index::Documents {
        documents_arrive(remote, plan).await?;
    }
    if plan.route.backup == Backup::Source {
        shards_are_read(ground, remote, plan).await?;
    }
    Ok(())
}

/// What tries a hop; `which` tells one from another.
fn control_message(which: &str, now: Timestamp) -> Vec<u8> {
    let text = format!("CWL CONTROL MESSAGE: Checking health of destination Kinesis: {which}");
    let message = json!({
        "messageType": "CONTROL_MESSAGE",
        "owner": "CloudwatchLogs",
        "logGroup": "",
        "logStream": "",
        "subscriptionFilters": [],
        "logEvents": [{ "id": "", "timestamp": now.ms(), "message": text }],
    });
    message.to_string().into_bytes()
}

/// Puts control messages on every shard until the backup has one of each: a reader that begins with
/// what comes next would pass over what is sent before it has begun.
async fn shards_are_read(
    ground: &Ground,
    remote: &Remote,
    plan: &Plan,
) -> Result<(), ProvisionError> {
    let unfit = |why: String| ProvisionError::Backend(BackendError::Unfit(why));
    let config = remote.aws.sdk_config(plan.names.master)?;
    let kinesis = aws_sdk_kinesis::Client::new(&config);
    let listed = kinesis.list_shards().stream_name(Names::STREAM).send().await;
    let listed = listed.map_err(|error| unfit(DisplayErrorContext(error).to_string()))?;
    let shards: Vec<(String, String)> = listed
        .shards()
        .iter()
        .map(|shard| {
            let start = shard.hash_key_range().map(|range| range.starting_hash_key().to_owned());
            (shard.shard_id().to_owned(), start.unwrap_or_default())
        })
        .collect();
    let mut bucket = Bucket::new(ground.s3(plan.names.master, &plan.names.region)?, Names::BUCKET);
    let until = remote.wall.now().plus_ms(LIMIT_MS);
    loop {
        let read = read_shards(&bucket);
        let missing: Vec<&(String, String)> =
            shards.iter().filter(|(shard, _)| !read.contains(shard)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        if remote.wall.now() > until {
            return Err(unfit(format!(
                "delivery stream {} is ACTIVE and reads nothing from {} of {} shards of {}: see \
                 the log of {}, or try again",
                Names::DELIVERY_STREAM,
                missing.len(),
                shards.len(),
                Names::STREAM,
                remote.title
            )));
        }
        for (shard, start) in missing {
            let data = deflate(&control_message(shard, remote.wall.now()));
            let call = kinesis.put_record().stream_name(Names::STREAM).partition_key(shard);
            let put = call.explicit_hash_key(start).data(data.into()).send().await;
            put.map_err(|error| unfit(DisplayErrorContext(error).to_string()))?;
        }
        ground.wait(PAUSE).await;
        bucket.read_on().await.map_err(unfit)?;
    }
}

/// The shards whose control messages are in the bucket.
fn read_shards(bucket: &Bucket) -> BTreeSet<String> {
    let mut shards = BTreeSet::new();
    for (_, body) in bucket.objects() {
        let text = inflate(body).unwrap_or_default();
        for part in String::from_utf8_lossy(&text).split("destination Kinesis: ").skip(1) {
            shards.extend(part.split('"').next().map(str::to_owned));
        }
    }
    shards
}

/// Puts a document until the delivery stream has written it, and removes the index again.
async fn documents_arrive(remote: &Remote, plan: &Plan) -> Result<(), ProvisionError> {
    let Some(opensearch) = &remote.opensearch else { return Ok(()) };
    let config = remote.aws.sdk_config(plan.names.master)?;
    let firehose = aws_sdk_firehose::Client::new(&config);
    let until = remote.wall.now().plus_ms(DOCUMENT_LIMIT_MS);
    loop {
        let data = control_message("documents", remote.wall.now());
        let record = aws_sdk_firehose::types::Record::builder().data(Blob::new(data)).build();
        let record = record.map_err(super::firehose::unbuilt)?;
        let call = firehose.put_record().delivery_stream_name(Names::DOCUMENTS_STREAM);
        match call.record(record).send().await {
            Ok(_) => break,
            Err(_) if remote.wall.now() < until => crate::ground::pause(PAUSE).await,
            Err(error) => {
                return Err(BackendError::Unfit(format!(
                    "Firehose of {} cannot write to OpenSearch at {} ({}): name the URL by which \
                     it reaches OpenSearch with --opensearch-inside, such as http://opensearch:9200",
                    remote.title,
                    remote.opensearch_inside.clone().unwrap_or_default(),
                    DisplayErrorContext(error)
                ))
                .into());
            }
        }
    }
    let path = format!("/{}", Names::INDEX);
    let answer = opensearch.request(Method::DELETE, &path, "application/json", Bytes::new());
    let answer = answer.map_err(BackendError::from)?;
    if answer.status().is_success() || answer.status().as_u16() == 404 {
        return Ok(());
    }
    let why = format!("OpenSearch does not delete its index {}: {}", Names::INDEX, answer.status());
    Err(BackendError::Unfit(format!("{why}: give an OpenSearch that the run may write to")).into())
}
