//! GetLogEvents.

use serde::{Deserialize, Serialize};

use crate::kernel::{Access, Caller, ServiceError, Validation, World};
use crate::logs::LogEventId;
use crate::logs::error::{finish, invalid, not_found, unsupported};
use crate::logs::names::{check_limit, check_plain, identified_group};
use crate::logs::read::{Found, page_len, scan, times};

/// What GetLogEvents reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The log group, by name.
    pub log_group_name: Option<String>,
    /// The log group, by name or ARN.
    pub log_group_identifier: Option<String>,
    /// The log stream.
    pub log_stream_name: Option<String>,
    /// Events from this time on, in milliseconds.
    pub start_time: Option<i64>,
    /// Events before this time, in milliseconds.
    pub end_time: Option<i64>,
    /// 1 to 10,000; 10,000 when absent. A page has at most 1 MiB.
    pub limit: Option<i64>,
    /// Whether reading begins with the earliest events; else with the latest.
    pub start_from_head: Option<bool>,
    /// A token of an earlier answer.
    pub next_token: Option<String>,
    /// Not supported when true: nothing is masked here.
    pub unmask: Option<bool>,
}

/// What GetLogEvents answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Output {
    /// The events, by time.
    pub events: Vec<OutputLogEvent>,
    /// What comes after; the token that was given when nothing does.
    pub next_forward_token: String,
    /// What came before; the token that was given when nothing did.
    pub next_backward_token: String,
}

/// One event; times in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OutputLogEvent {
    /// When it happened.
    pub timestamp: i64,
    /// The text.
    pub message: String,
    /// When it was accepted.
    pub ingestion_time: i64,
}

/// Where reading goes on: after or before the event of this id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    After(LogEventId),
    Before(LogEventId),
}

/// Reads the events of one stream.
///
/// # Errors
/// `InvalidParameterException`, `ResourceNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut check = Validation::new();
    check_plain(&mut check, "logStreamName", input.log_stream_name.as_ref());
    let limit = check_limit(&mut check, input.limit, 10_000, 10_000);
    finish(check)?;
    unsupported("unmask", input.unmask.filter(|on| *on).as_ref())?;
    let place = input.next_token.as_deref().map(place).transpose()?;
    let (name, identifier) = (input.log_group_name.as_ref(), input.log_group_identifier.as_ref());
    let key = identified_group(caller, name, identifier)?;
    let stream = input.log_stream_name.as_deref().unwrap_or_default();
    world.authorize(caller, Access::to("logs:GetLogEvents", &key.stream_arn(stream)))?;
    let group = world.log_group(&key)?;
    let found = group.streams.get_key_value(stream).ok_or_else(|| not_found("log stream"))?;
    let times = times(input.start_time, input.end_time);
    let events = scan(world.now, group, std::iter::once(found), times);
    let shown = shown(&events, place, input.start_from_head.unwrap_or_default(), limit);
    Ok(output(shown, place))
}

/// The page of these events.
fn shown<'a, 'e>(
    events: &'e [Found<'a>],
    place: Option<Place>,
    from_head: bool,
    limit: usize,
) -> &'e [Found<'a>] {
    let forward = match place {
        Some(Place::After(_)) => true,
        Some(Place::Before(_)) => false,
        None => from_head,
    };
    let rest = match place {
        Some(Place::After(id)) => &events[events.partition_point(|event| event.id <= id)..],
        Some(Place::Before(id)) => &events[..events.partition_point(|event| event.id < id)],
        None => events,
    };
    if forward {
        &rest[..page_len(rest.iter().copied(), limit)]
    } else {
        &rest[rest.len() - page_len(rest.iter().rev().copied(), limit)..]
    }
}

fn output(shown: &[Found<'_>], place: Option<Place>) -> Output {
    let stays = match place {
        Some(Place::After(id) | Place::Before(id)) => id,
        None => LogEventId::default(),
    };
    let first = shown.first().map_or(stays, |event| event.id);
    let last = shown.last().map_or(stays, |event| event.id);
    let event = |event: &Found<'_>| OutputLogEvent {
        timestamp: event.timestamp(),
        message: event.message().to_owned(),
        ingestion_time: event.batch.ingestion().ms(),
    };
    Output {
        events: shown.iter().map(event).collect(),
        next_forward_token: format!("f/{last:0>56}/s"),
        next_backward_token: format!("b/{first:0>56}/s"),
    }
}

fn place(token: &str) -> Result<Place, ServiceError> {
    let refused = || invalid("The specified nextToken is invalid.");
    let (direction, rest) = token.split_once('/').ok_or_else(refused)?;
    let digits = rest.strip_suffix("/s").filter(|digits| !digits.is_empty());
    let id = digits.and_then(|digits| digits.parse().ok()).ok_or_else(refused)?;
    match direction {
        "f" => Ok(Place::After(id)),
        "b" => Ok(Place::Before(id)),
        _ => Err(refused()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::tests::{member, put, stream_in, world};

    fn read(world: &mut World, change: impl FnOnce(&mut Input)) -> Output {
        let mut input = Input {
            log_group_name: Some("g".to_owned()),
            log_stream_name: Some("s".to_owned()),
            limit: Some(2),
            ..Input::default()
        };
        change(&mut input);
        run(world, &member(1), input).expect("events")
    }

    fn messages(output: &Output) -> String {
        output.events.iter().map(|event| event.message.as_str()).collect()
    }

    fn filled() -> World {
        let (mut world, caller) = (world(), member(1));
        stream_in(&mut world, &caller, "g", "s");
        put(&mut world, &caller, "g", "s", &[(10, "b"), (30, "d")]);
        put(&mut world, &caller, "g", "s", &[(0, "a"), (20, "c"), (40, "e")]);
        world
    }

    #[test]
    fn pages_forward_until_the_token_repeats() {
        let mut world = filled();
        let mut output = read(&mut world, |input| input.start_from_head = Some(true));
        let mut pages = vec![messages(&output)];
        loop {
            let token = output.next_forward_token.clone();
            output = read(&mut world, |input| input.next_token = Some(token.clone()));
            if output.next_forward_token == token {
                break;
            }
            pages.push(messages(&output));
        }
        assert_eq!(pages, ["ab", "cd", "e"]);
        let back = output.next_backward_token;
        assert_eq!(messages(&read(&mut world, |input| input.next_token = Some(back))), "cd");
    }

    #[test]
    fn begins_with_the_latest_and_goes_back() {
        let mut world = filled();
        let last = read(&mut world, |_| ());
        assert_eq!(messages(&last), "de");
        let token = last.next_backward_token;
        let before = read(&mut world, |input| input.next_token = Some(token));
        assert_eq!(messages(&before), "bc");
    }

    #[test]
    fn the_end_is_excluded_and_the_start_is_not() {
        let mut world = filled();
        let base = tributary_vocabulary::Timestamp::DEFAULT_EPOCH.ms();
        let output = read(&mut world, |input| {
            input.start_time = Some(base + 10);
            input.end_time = Some(base + 30);
        });
        assert_eq!(messages(&output), "bc");
    }

    #[test]
    fn an_empty_stream_has_tokens_too() {
        let (mut world, caller) = (world(), member(1));
        stream_in(&mut world, &caller, "g", "s");
        let output = read(&mut world, |_| ());
        assert_eq!(output.next_forward_token, format!("f/{}/s", "0".repeat(56)));
        put(&mut world, &caller, "g", "s", &[(0, "a")]);
        let token = output.next_forward_token;
        assert_eq!(messages(&read(&mut world, |input| input.next_token = Some(token))), "a");
    }

    #[test]
    fn a_token_that_is_none() {
        for token in ["", "x", "f/", "f//s", "g/1/s", "f/123/s"] {
            let error = place(token).expect_err(token);
            assert_eq!(error.message, "The specified nextToken is invalid.");
        }
    }
}
