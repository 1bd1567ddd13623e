//! ListStreams (kinesis reference, stream lifecycle).

use serde::{Deserialize, Serialize};
use tributary_vocabulary::Timestamp;

use super::StreamModeDetails;
use crate::kernel::{Access, Caller, ServiceError, Validation, World};
use crate::kinesis::seal::Token;
use crate::kinesis::target::{check_name, invalid_argument};

/// The streams of one answer when the caller says nothing.
const DEFAULT_LIMIT: usize = 100;

/// Which page of the caller's streams.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// How many at the most: 1 to 10,000.
    pub limit: Option<i64>,
    /// The name after which the page begins.
    pub exclusive_start_stream_name: Option<String>,
    /// The token of the page before.
    pub next_token: Option<String>,
}

/// A page of the caller's streams in this Region, in order of name.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// Their names.
    pub stream_names: Vec<String>,
    /// Whether more follow.
    pub has_more_streams: bool,
    /// The token of the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// What there is to tell of them.
    pub stream_summaries: Vec<StreamSummary>,
}

/// What the list tells of a stream.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct StreamSummary {
    /// Its name.
    pub stream_name: String,
    /// Its ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: String,
    /// Where it stands.
    pub stream_status: &'static str,
    /// How its capacity is bought.
    pub stream_mode_details: StreamModeDetails,
    /// When it was created, in epoch seconds.
    pub stream_creation_timestamp: f64,
}

/// Lists the streams of the caller's account in its Region.
///
/// # Errors
/// `ValidationException`, `AccessDeniedException`, `InvalidArgumentException` for a foreign token.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    if let Some(limit) = input.limit {
        validation.range("limit", limit, 1, 10_000);
    }
    if let Some(name) = &input.exclusive_start_stream_name {
        check_name(&mut validation, "exclusiveStartStreamName", name);
    }
    validation.finish()?;
    let all = crate::kernel::arn("kinesis", &caller.region, caller.account, "stream/*");
    world.authorize(caller, Access::to("kinesis:ListStreams", &all))?;
    let after = match (input.next_token, input.exclusive_start_stream_name) {
        (Some(token), _) => {
            let token = world.kinesis.seal.open("streams", &token);
            token.ok_or_else(|| invalid_argument("Invalid NextToken."))?.subject
        }
        (None, name) => name.unwrap_or_default(),
    };
    let limit = input.limit.and_then(|n| usize::try_from(n).ok()).unwrap_or(DEFAULT_LIMIT);
    let mut page = world
        .kinesis
        .streams_of(caller.account, &caller.region)
        .filter(|stream| stream.name.as_ref() > after.as_str());
    let stream_summaries: Vec<_> = page
        .by_ref()
        .take(limit)
        .map(|stream| StreamSummary {
            stream_name: stream.name.to_string(),
            stream_arn: stream.arn.to_string(),
            stream_status: stream.status.name(),
            stream_mode_details: stream.mode.into(),
            stream_creation_timestamp: stream.created.epoch_seconds(),
        })
        .collect();
    let has_more_streams = page.next().is_some();
    let stream_names: Vec<_> =
        stream_summaries.iter().map(|stream| stream.stream_name.clone()).collect();
    let next_token = stream_names.last().filter(|_| has_more_streams).map(|last| {
        let (issued, subject) = (Timestamp::default(), last.clone());
        world.kinesis.seal.close("streams", &Token { issued, subject, shard: 0, place: 0 })
    });
    Ok(Output { stream_names, has_more_streams, next_token, stream_summaries })
}
