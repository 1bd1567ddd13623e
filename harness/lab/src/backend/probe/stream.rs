//! A Kinesis data stream of one shard, to see what arrives in it.

use aws_sdk_kinesis::Client;
use aws_sdk_kinesis::types::{ShardIteratorType, StreamStatus};
use serde_json::Value;
use tributary_transform::inflate;
use tributary_vocabulary::AccountId;

use super::trying::{MADE, refusal, wait_for};
use crate::backend::BackendError;
use crate::door::AwsDoor;

pub(super) struct ProbeStream {
    client: Client,
    name: String,
}

impl ProbeStream {
    pub(super) fn new(
        door: &AwsDoor,
        account: AccountId,
        name: &str,
    ) -> Result<Self, BackendError> {
        Ok(Self { client: Client::new(&door.sdk_config(account)?), name: name.to_owned() })
    }

    /// Makes it and waits until it is ACTIVE; gives its ARN.
    pub(super) async fn make(&self) -> Result<String, String> {
        let made = self.client.create_stream().stream_name(&self.name).shard_count(1).send().await;
        made.map_err(|error| refusal("CreateStream", &error))?;
        let active = wait_for(MADE, || async {
            let call = self.client.describe_stream_summary().stream_name(&self.name);
            let told = call.send().await.map_err(|it| refusal("DescribeStreamSummary", &it))?;
            let summary = told.stream_description_summary;
            let active = summary.filter(|it| *it.stream_status() == StreamStatus::Active);
            Ok(active.map(|it| it.stream_arn().to_owned()))
        });
        active.await?.ok_or_else(|| "a stream did not become ACTIVE in 30 seconds".to_owned())
    }

    /// The messages of all events that have arrived, in their order.
    pub(super) async fn messages(&self) -> Result<Vec<String>, String> {
        let shards = self.client.list_shards().stream_name(&self.name).send().await;
        let shards = shards.map_err(|error| refusal("ListShards", &error))?;
        let mut messages = Vec::new();
        for shard in shards.shards() {
            let iterator = self
                .client
                .get_shard_iterator()
                .stream_name(&self.name)
                .shard_id(shard.shard_id())
                .shard_iterator_type(ShardIteratorType::TrimHorizon)
                .send()
                .await
                .map_err(|error| refusal("GetShardIterator", &error))?;
            let call = self.client.get_records().set_shard_iterator(iterator.shard_iterator);
            let got = call.send().await.map_err(|error| refusal("GetRecords", &error))?;
            for record in got.records() {
                messages.extend(messages_of(record.data().as_ref()));
            }
        }
        Ok(messages)
    }

    pub(super) async fn remove(&self) {
        // It may not be there; what remains has a name that says whose it is.
        let _ = self.client.delete_stream().stream_name(&self.name).send().await;
    }
}

/// The messages of one envelope of CloudWatch Logs.
fn messages_of(data: &[u8]) -> Vec<String> {
    let plain = inflate(data);
    let envelope: Value =
        serde_json::from_slice(plain.as_deref().unwrap_or(data)).unwrap_or_default();
    let events = envelope["logEvents"].as_array().into_iter().flatten();
    events.filter_map(|it| Some(it["message"].as_str()?.to_owned())).collect()
}
