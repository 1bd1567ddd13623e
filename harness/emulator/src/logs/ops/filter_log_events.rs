//! FilterLogEvents.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::kernel::{Access, Caller, ServiceError, Validation, World};
use crate::logs::LogEventId;
use crate::logs::error::{finish, invalid, unsupported};
use crate::logs::names::{check_limit, identified_group};
use crate::logs::page::{read_token, write_token};
use crate::logs::pattern::Pattern;
use crate::logs::read::{Found, page_len, scan, times};

/// The most streams that may be named.
const STREAMS_MAX: usize = 100;

/// What FilterLogEvents reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The log group, by name.
    pub log_group_name: Option<String>,
    /// The log group, by name or ARN.
    pub log_group_identifier: Option<String>,
    /// At most 100 streams.
    pub log_stream_names: Option<Vec<String>>,
    /// What the streams' names begin with; not together with names.
    pub log_stream_name_prefix: Option<String>,
    /// Events from this time on, in milliseconds.
    pub start_time: Option<i64>,
    /// Events up to this time, itself included, in milliseconds.
    pub end_time: Option<i64>,
    /// Which events; all when absent.
    pub filter_pattern: Option<String>,
    /// 1 to 10,000; 10,000 when absent. A page has at most 1 MiB.
    pub limit: Option<i64>,
    /// Ignored, as at AWS since 2019.
    pub interleaved: Option<bool>,
    /// Not supported when false: reading begins with the earliest events.
    pub start_from_head: Option<bool>,
    /// A token of an earlier answer.
    pub next_token: Option<String>,
    /// Not supported when true: nothing is masked here.
    pub unmask: Option<bool>,
}

/// What FilterLogEvents answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Output {
    /// The events, by time.
    pub events: Vec<FilteredLogEvent>,
    /// Always empty, as at AWS since 2020.
    pub searched_log_streams: [(); 0],
    /// After a page with events, even the last one: whoever reads goes on until it is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// One event; times in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FilteredLogEvent {
    /// The stream in which it lies.
    pub log_stream_name: String,
    /// When it happened.
    pub timestamp: i64,
    /// The text.
    pub message: String,
    /// When it was accepted.
    pub ingestion_time: i64,
    /// Its id, the same as in envelopes.
    pub event_id: LogEventId,
}

/// Reads the events of a group that match a pattern.
///
/// # Errors
/// `InvalidParameterException`, `ResourceNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut check = Validation::new();
    let limit = check_limit(&mut check, input.limit, 10_000, 10_000);
    finish(check)?;
    check_streams(&input)?;
    unsupported("startFromHead", input.start_from_head.filter(|on| !*on).as_ref())?;
    unsupported("unmask", input.unmask.filter(|on| *on).as_ref())?;
    let pattern = Pattern::parse(input.filter_pattern.as_deref().unwrap_or_default())
        .map_err(|error| invalid(error.for_subscriptions()))?;
    let after = input.next_token.as_ref().map(|token| place(world, token)).transpose()?;
    let (name, identifier) = (input.log_group_name.as_ref(), input.log_group_identifier.as_ref());
    let key = identified_group(caller, name, identifier)?;
    world.authorize(caller, Access::to("logs:FilterLogEvents", &key.access_arn()))?;
    let group = world.log_group(&key)?;
    let streams = group.streams.iter().filter(|(name, _)| is_wanted(&input, name));
    let times = times(input.start_time, input.end_time.map(|end| end.saturating_add(1)));
    let mut events = scan(world.now, group, streams, times);
    events.retain(|event| {
        after.is_none_or(|after| event.id > after) && pattern.matches(event.message())
    });
    events.truncate(page_len(events.iter().copied(), limit));
    let next_token = events.last().map(|event| write_token(world.now, &event.id.to_string()));
    let events = events.iter().map(describe).collect();
    Ok(Output { events, searched_log_streams: [], next_token })
}

fn check_streams(input: &Input) -> Result<(), ServiceError> {
    let names = input.log_stream_names.as_deref();
    if names.is_some() && input.log_stream_name_prefix.is_some() {
        return Err(invalid(
            "LogStream names and LogStream name prefix are mutually exclusive parameters.",
        ));
    }
    let mut check = Validation::new();
    if names.is_some_and(|names| names.is_empty() || names.len() > STREAMS_MAX) {
        let constraint = "Member must have length between 1 and 100";
        check.fail("logStreamNames", &"[...]", constraint);
    }
    finish(check)
}

fn is_wanted(input: &Input, name: &Arc<str>) -> bool {
    let named = input.log_stream_names.as_ref();
    let prefix = input.log_stream_name_prefix.as_deref().unwrap_or_default();
    named.is_none_or(|names| names.iter().any(|wanted| **wanted == **name))
        && name.starts_with(prefix)
}

fn place(world: &World, token: &str) -> Result<LogEventId, ServiceError> {
    let place = read_token(world.now, token)?;
    place.parse().map_err(|_| invalid("The specified nextToken is invalid."))
}

fn describe(event: &Found<'_>) -> FilteredLogEvent {
    FilteredLogEvent {
        log_stream_name: event.stream.to_string(),
        timestamp: event.timestamp(),
        message: event.message().to_owned(),
        ingestion_time: event.batch.ingestion().ms(),
        event_id: event.id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::tests::{member, put, stream_in, world};

    fn filled() -> World {
        let (mut world, caller) = (world(), member(1));
        for stream in ["eni-1", "eni-2", "other"] {
            stream_in(&mut world, &caller, "g", stream);
        }
        put(&mut world, &caller, "g", "eni-1", &[(0, "ACCEPT a"), (20, "REJECT c")]);
        put(&mut world, &caller, "g", "eni-2", &[(10, "REJECT b"), (30, "ACCEPT d")]);
        put(&mut world, &caller, "g", "other", &[(15, "REJECT x")]);
        world
    }

    fn all(world: &mut World, change: impl Fn(&mut Input)) -> (Vec<String>, usize) {
        let (mut found, mut pages, mut token) = (Vec::new(), 0, None);
        loop {
            let mut input = Input {
                log_group_name: Some("g".to_owned()),
                limit: Some(2),
                next_token: token,
                ..Input::default()
            };
            change(&mut input);
            let output = run(world, &member(1), input).expect("events");
            pages += 1;
            found.extend(output.events.into_iter().map(|event| event.message));
            token = output.next_token;
            if token.is_none() {
                return (found, pages);
            }
        }
    }

    #[test]
    fn reads_all_streams_by_time_and_ends_with_an_empty_page() {
        let (found, pages) = all(&mut filled(), |_| ());
        assert_eq!(found, ["ACCEPT a", "REJECT b", "REJECT x", "REJECT c", "ACCEPT d"]);
        assert_eq!(pages, 4);
    }

    #[test]
    fn chooses_by_pattern_streams_and_time() {
        let mut world = filled();
        let pattern = |input: &mut Input| input.filter_pattern = Some("REJECT".to_owned());
        assert_eq!(all(&mut world, pattern).0, ["REJECT b", "REJECT x", "REJECT c"]);
        let prefix = |input: &mut Input| input.log_stream_name_prefix = Some("eni".to_owned());
        assert_eq!(all(&mut world, prefix).0.len(), 4);
        let names = |input: &mut Input| input.log_stream_names = Some(vec!["other".to_owned()]);
        assert_eq!(all(&mut world, names).0, ["REJECT x"]);
        let base = tributary_vocabulary::Timestamp::DEFAULT_EPOCH.ms();
        let times = |input: &mut Input| {
            input.start_time = Some(base + 10);
            input.end_time = Some(base + 20);
        };
        assert_eq!(all(&mut world, times).0, ["REJECT b", "REJECT x", "REJECT c"], "both included");
    }

    #[test]
    fn what_the_retention_lets_go_is_not_read() {
        let mut world = filled();
        let key = crate::logs::GroupKey::new(member(1).account, &member(1).region, "g");
        world.log_group_mut(&key).expect("it is there").retention_days = Some(1);
        let day = 24 * tributary_vocabulary::HOUR_MS;
        world.advance(tributary_vocabulary::Timestamp::DEFAULT_EPOCH.plus_ms(day + 20));
        assert_eq!(all(&mut world, |_| ()).0, ["REJECT c", "ACCEPT d"]);
    }

    #[test]
    fn refuses_names_with_a_prefix() {
        let input = Input {
            log_stream_names: Some(vec!["a".to_owned()]),
            log_stream_name_prefix: Some("a".to_owned()),
            ..Input::default()
        };
        let error = run(&mut world(), &member(1), input).expect_err("both");
        assert_eq!(error.code, "InvalidParameterException");
    }
}
