//! Puts records on a delivery stream with direct put.

use std::collections::VecDeque;
use std::time::Duration;

use aws_sdk_firehose::Client;
use aws_sdk_firehose::error::BuildError;
use aws_sdk_firehose::operation::put_record_batch::PutRecordBatchOutput;
use aws_sdk_firehose::primitives::Blob;
use aws_sdk_firehose::types::Record;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use bytes::Bytes;

use super::batch::{PUT_RECORD_BATCH, fitting};
use crate::bridge::common::Common;
use crate::bridge::failure::{CallFailure, Reached};
use crate::bridge::patience::Patience;

/// How long a call may take: LocalStack answers when the destination has answered, and gives an
/// OpenSearch that is away some time of its own.
const CALL: Duration = Duration::from_secs(60);

/// A client of Firehose that makes each call once.
fn delivery_client(config: &SdkConfig) -> Client {
    let config = aws_sdk_firehose::config::Builder::from(config)
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::builder().operation_timeout(CALL).build())
        .build();
    Client::from_conf(config)
}

/// Puts records on one delivery stream.
#[derive(Clone)]
pub(in crate::bridge) struct DeliveryPut {
    common: Common,
    client: Client,
    name: String,
}

impl DeliveryPut {
    pub(in crate::bridge) fn new(common: &Common, config: &SdkConfig, name: &str) -> Self {
        Self { common: common.clone(), client: delivery_client(config), name: name.to_owned() }
    }

    /// Puts all of these in their order by PutRecordBatch, refused ones again before all others.
    ///
    /// # Errors
    /// The last failure and what is left, when it took too long.
    pub(in crate::bridge) async fn all(
        &self,
        place: &str,
        records: Vec<Bytes>,
    ) -> Result<(), (CallFailure, Vec<Bytes>)> {
        let mut queue = VecDeque::from(records);
        let mut patience = Patience::new();
        while !queue.is_empty() {
            let count = fitting(queue.iter().map(Bytes::len), PUT_RECORD_BATCH);
            let sent: Vec<Bytes> = queue.drain(..count).collect();
            let (again, failure) = self.batch(&sent).await;
            if again.len() < sent.len() {
                patience.renew();
            }
            for record in again.into_iter().rev() {
                queue.push_front(record);
            }
            let Some(failure) = failure else {
                self.common.troubles().well(place);
                continue;
            };
            self.common.troubles().failing(place, failure.told());
            if !patience.wait(&self.common).await {
                return Err((failure, queue.into()));
            }
        }
        Ok(())
    }

    /// One PutRecordBatch; what is to be put again, and why.
    async fn batch(&self, sent: &[Bytes]) -> (Vec<Bytes>, Option<CallFailure>) {
        let outcome = match sent.iter().map(record).collect::<Result<Vec<_>, _>>() {
            Ok(records) => {
                let call = self.client.put_record_batch().delivery_stream_name(&self.name);
                let answer = call.set_records(Some(records)).send().await;
                answer.map_err(|error| CallFailure::of(&error))
            }
            Err(error) => Err(unbuilt(&error)),
        };
        match outcome {
            Ok(output) => self.sort(sent, &output),
            Err(failure) => {
                if failure.may_have_had_effect() {
                    self.note_retried(sent);
                }
                (sent.to_vec(), Some(failure))
            }
        }
    }

    fn sort(
        &self,
        sent: &[Bytes],
        output: &PutRecordBatchOutput,
    ) -> (Vec<Bytes>, Option<CallFailure>) {
        if output.failed_put_count() == 0 {
            return (Vec::new(), None);
        }
        let mut again = Vec::new();
        let mut failure = None;
        for (record, result) in sent.iter().zip(output.request_responses()) {
            let Some(code) = result.error_code() else { continue };
            let message = result.error_message().unwrap_or_default().to_owned();
            let reached = Reached::Service(200);
            let refused = CallFailure { reached, code: code.to_owned(), message };
            if !refused.is_throttle() {
                self.note_retried(std::slice::from_ref(record));
            }
            again.push(record.clone());
            failure.get_or_insert(refused);
        }
        (again, failure)
    }

    /// One PutRecord, once.
    pub(in crate::bridge) async fn single(&self, data: &Bytes) -> Result<(), CallFailure> {
        let record = record(data).map_err(|error| unbuilt(&error))?;
        let call = self.client.put_record().delivery_stream_name(&self.name).record(record);
        let answer = call.send().await;
        answer.map(|_| ()).map_err(|error| CallFailure::of(&error))
    }

    fn note_retried(&self, records: &[Bytes]) {
        for record in records {
            self.common.ledger().lock().retry(record);
        }
    }
}

fn record(data: &Bytes) -> Result<Record, BuildError> {
    Record::builder().data(Blob::new(data.to_vec())).build()
}

fn unbuilt(error: &BuildError) -> CallFailure {
    let (reached, code) = (Reached::Nobody, "BuildError".to_owned());
    CallFailure { reached, code, message: error.to_string() }
}
