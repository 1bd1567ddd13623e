//! Which services an endpoint has.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{Method, Request};
use serde_json::Value;
use tributary_vocabulary::AccountId;

use super::trying::refusal;
use crate::backend::{BackendError, Capability, EndpointKind};
use crate::door::AwsDoor;

/// A service that capabilities need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Service {
    Logs,
    Kinesis,
    Firehose,
    S3,
    /// LocalStack's Firehose keeps in it how far it has read a stream.
    DynamoDb,
}

impl Service {
    const ALL: [Self; 5] = [Self::Logs, Self::Kinesis, Self::Firehose, Self::S3, Self::DynamoDb];

    const fn name(self) -> &'static str {
        match self {
            Self::Logs => "logs",
            Self::Kinesis => "kinesis",
            Self::Firehose => "firehose",
            Self::S3 => "s3",
            Self::DynamoDb => "dynamodb",
        }
    }

    /// What a capability needs.
    pub(super) fn of(capability: Capability) -> &'static [Self] {
        match capability {
            Capability::Logs | Capability::FilterPatterns => &[Self::Logs],
            Capability::Subscriptions | Capability::CrossAccountDestinations => {
                &[Self::Logs, Self::Kinesis]
            }
            Capability::Kinesis | Capability::ShardLimits => &[Self::Kinesis],
            Capability::Firehose
            | Capability::TransformExecution
            | Capability::BufferTiming
            | Capability::FirehoseToOpenSearch => &[Self::Firehose],
            Capability::FirehoseKinesisSource => &[Self::Firehose, Self::Kinesis, Self::DynamoDb],
            Capability::FirehoseToS3 => &[Self::Firehose, Self::S3],
            Capability::S3 => &[Self::S3],
            Capability::Accounts
            | Capability::Sources
            | Capability::OpenSearch
            | Capability::IamEnforced
            | Capability::VirtualTime
            | Capability::Faults => &[],
        }
    }
}

/// The services that are not there, with the reasons.
pub(super) async fn down(
    kind: &EndpointKind,
    door: &AwsDoor,
    account: AccountId,
) -> Result<BTreeMap<Service, String>, BackendError> {
    match kind {
        EndpointKind::LocalStack { .. } => told(door),
        EndpointKind::Unknown { .. } => tried(door, account).await,
        EndpointKind::Moto
        | EndpointKind::Tributary { .. }
        | EndpointKind::KinesisLocal
        | EndpointKind::Aws => Ok(BTreeMap::new()),
    }
}

/// LocalStack tells the state of every service; `SERVICES` leaves some out.
fn told(door: &AwsDoor) -> Result<BTreeMap<Service, String>, BackendError> {
    let url = door.url().unwrap_or_default();
    let request = Request::builder()
        .method(Method::GET)
        .uri(format!("{url}/_localstack/health"))
        .body(Bytes::new())
        .map_err(|error| BackendError::Url { url: url.to_owned(), why: error.to_string() })?;
    let answer = door.send(request)?;
    let health: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
    Ok(Service::ALL.into_iter().filter_map(|it| Some((it, state(&health, it)?))).collect())
}

fn state(health: &Value, service: Service) -> Option<String> {
    let name = service.name();
    match health["services"][name].as_str() {
        Some("available" | "running" | "starting" | "initialized") => None,
        Some("disabled") | None => Some(format!(
            "its service '{name}' is disabled: add it to SERVICES, or leave that variable out"
        )),
        Some(other) => Some(format!("its service '{name}' is in state '{other}'")),
    }
}

/// A service is there if a harmless call is answered.
async fn tried(
    door: &AwsDoor,
    account: AccountId,
) -> Result<BTreeMap<Service, String>, BackendError> {
    let config = door.sdk_config(account)?;
    let mut down = BTreeMap::new();
    let logs = aws_sdk_cloudwatchlogs::Client::new(&config);
    if let Err(error) = logs.describe_log_groups().limit(1).send().await {
        down.insert(Service::Logs, refusal("DescribeLogGroups", &error));
    }
    let kinesis = aws_sdk_kinesis::Client::new(&config);
    if let Err(error) = kinesis.list_streams().limit(1).send().await {
        down.insert(Service::Kinesis, refusal("ListStreams", &error));
    }
    let firehose = aws_sdk_firehose::Client::new(&config);
    if let Err(error) = firehose.list_delivery_streams().limit(1).send().await {
        down.insert(Service::Firehose, refusal("ListDeliveryStreams", &error));
    }
    if let Err(error) = door.s3_client(account)?.list_buckets().send().await {
        down.insert(Service::S3, refusal("ListBuckets", &error));
    }
    Ok(down)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn localstack_tells_which_services_are_disabled() {
        let health = serde_json::json!({"services": {
            "s3": "running", "logs": "available", "kinesis": "disabled", "firehose": "error"
        }});
        let states = Service::ALL.map(|it| state(&health, it));
        assert_eq!((&states[0], &states[3]), (&None, &None));
        assert!(states[1].as_ref().is_some_and(|it| it.contains("'kinesis' is disabled")));
        assert_eq!(states[2].as_deref(), Some("its service 'firehose' is in state 'error'"));
        assert!(states[4].as_ref().is_some_and(|it| it.contains("'dynamodb' is disabled")));
    }
}
