//! DescribeLogStreams.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tributary_vocabulary::Timestamp;

use crate::kernel::{Access, Caller, ServiceError, Validation, World};
use crate::logs::error::{finish, invalid, not_in_enum};
use crate::logs::names::{check_limit, identified_group};
use crate::logs::page::page;
use crate::logs::{GroupKey, LogStream};

/// What DescribeLogStreams reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The log group, by name.
    pub log_group_name: Option<String>,
    /// The log group, by name or ARN.
    pub log_group_identifier: Option<String>,
    /// What the names begin with.
    pub log_stream_name_prefix: Option<String>,
    /// `LogStreamName` (default) or `LastEventTime`, the latter not with a prefix.
    pub order_by: Option<String>,
    /// From the end.
    pub descending: Option<bool>,
    /// 1 to 50; 50 when absent.
    pub limit: Option<i64>,
    /// Where the last page ended.
    pub next_token: Option<String>,
}

/// What DescribeLogStreams answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Output {
    /// The streams.
    pub log_streams: Vec<Described>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// One log stream; times in milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Described {
    /// Its name.
    pub log_stream_name: String,
    /// When it was made.
    pub creation_time: i64,
    /// The earliest time of an event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_event_timestamp: Option<i64>,
    /// The latest time of an event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_event_timestamp: Option<i64>,
    /// When events were last accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_ingestion_time: Option<i64>,
    /// A token that nobody has to use.
    pub upload_sequence_token: String,
    /// Its ARN.
    pub arn: String,
    /// Always 0, as at AWS since 2019.
    pub stored_bytes: u64,
}

/// Lists the streams of a log group.
///
/// # Errors
/// `InvalidParameterException`, `ResourceNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut check = Validation::new();
    let limit = check_limit(&mut check, input.limit, 50, 50);
    finish(check)?;
    let by_time = match input.order_by.as_deref() {
        None | Some("LogStreamName") => false,
        Some("LastEventTime") => true,
        Some(_) => return Err(not_in_enum("orderBy", &["LogStreamName", "LastEventTime"])),
    };
    if by_time && input.log_stream_name_prefix.is_some() {
        return Err(invalid("Cannot order by LastEventTime with a logStreamNamePrefix."));
    }
    let (name, identifier) = (input.log_group_name.as_ref(), input.log_group_identifier.as_ref());
    let key = identified_group(caller, name, identifier)?;
    world.authorize(caller, Access::to("logs:DescribeLogStreams", &key.access_arn()))?;
    let prefix = input.log_stream_name_prefix.as_deref().unwrap_or_default();
    let streams = world.log_group(&key)?.streams.iter();
    let mut wanted: Vec<_> = streams.filter(|(name, _)| name.starts_with(prefix)).collect();
    if by_time {
        wanted.sort_by_key(|(_, stream)| stream.event_span.map(|(_, last)| last));
    }
    if input.descending.unwrap_or_default() {
        wanted.reverse();
    }
    let name = |(name, _): &(&Arc<str>, &LogStream)| name.to_string();
    let page = page(world.now, wanted.into_iter(), name, input.next_token.as_ref(), limit)?;
    let described = page.items.into_iter().map(|(name, stream)| describe(&key, name, stream));
    Ok(Output { log_streams: described.collect(), next_token: page.next_token })
}

fn describe(key: &GroupKey, name: &str, stream: &LogStream) -> Described {
    Described {
        log_stream_name: name.to_owned(),
        creation_time: stream.creation_time.ms(),
        first_event_timestamp: stream.event_span.map(|(first, _)| first.ms()),
        last_event_timestamp: stream.event_span.map(|(_, last)| last.ms()),
        last_ingestion_time: stream.last_ingestion.map(Timestamp::ms),
        upload_sequence_token: stream.sequence_token.clone(),
        arn: key.stream_arn(name),
        stored_bytes: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::tests::{member, put, stream_in, world};

    #[test]
    fn orders_by_name_or_by_the_last_event() {
        let (mut world, caller) = (world(), member(1));
        for (stream, at) in [("a", 30), ("b", 10), ("c", 20)] {
            stream_in(&mut world, &caller, "g", stream);
            put(&mut world, &caller, "g", stream, &[(at, "x")]);
        }
        let mut names = |order: Option<&str>, descending: bool| {
            let input = Input {
                log_group_identifier: Some("g".to_owned()),
                order_by: order.map(str::to_owned),
                descending: Some(descending),
                ..Input::default()
            };
            let output = run(&mut world, &caller, input).expect("a list");
            output.log_streams.iter().map(|s| s.log_stream_name.clone()).collect::<String>()
        };
        assert_eq!(names(None, false), "abc");
        assert_eq!(names(None, true), "cba");
        assert_eq!(names(Some("LastEventTime"), false), "bca");
        assert_eq!(names(Some("LastEventTime"), true), "acb");
    }

    #[test]
    fn refuses_a_prefix_with_times_and_both_names() {
        let input = Input {
            log_group_name: Some("g".to_owned()),
            log_stream_name_prefix: Some("a".to_owned()),
            order_by: Some("LastEventTime".to_owned()),
            ..Input::default()
        };
        assert!(run(&mut world(), &member(1), input).is_err());
        let input = Input {
            log_group_name: Some("g".to_owned()),
            log_group_identifier: Some("g".to_owned()),
            ..Input::default()
        };
        let error = run(&mut world(), &member(1), input).expect_err("both");
        assert_eq!(
            (error.code.as_ref(), error.message.as_str()),
            (
                "ValidationException",
                "LogGroup name and LogGroup ARN are mutually exclusive parameters."
            )
        );
    }
}
