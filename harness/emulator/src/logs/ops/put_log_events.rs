//! PutLogEvents.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tributary_vocabulary::{EventRecord, HOUR_MS, Timestamp};

use crate::kernel::{Access, Caller, ServiceError, Validation, World};
use crate::logs::error::{invalid, not_found};
use crate::logs::ingest::accept;
use crate::logs::names::{check_group, check_plain, group_key_checked};
use crate::logs::{Batch, EVENT_OVERHEAD_BYTES, Group};

/// The most events of one call.
pub const EVENTS_MAX: usize = 10_000;
/// The most bytes of one call, and of one event, each event counted with
/// [`EVENT_OVERHEAD_BYTES`].
pub const BATCH_MAX_BYTES: usize = 1_048_576;
/// The longest time between the first and the last event of one call.
pub const SPAN_MAX_MS: i64 = 24 * HOUR_MS;
/// Older events are dropped.
pub const OLD_MAX_MS: i64 = 14 * 24 * HOUR_MS;
/// Events further in the future are dropped.
pub const NEW_MAX_MS: i64 = 2 * HOUR_MS;

/// What PutLogEvents reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The log group.
    pub log_group_name: Option<String>,
    /// The log stream.
    pub log_stream_name: Option<String>,
    /// 1 to 10,000 events, in the order of their times.
    pub log_events: Option<Vec<InputLogEvent>>,
    /// Ignored, as at AWS since 2023.
    pub sequence_token: Option<String>,
    /// Ignored: it links logs to telemetry and changes nothing of what is stored or delivered.
    pub entity: Option<serde_json::Value>,
}

/// One event as it is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InputLogEvent {
    /// When it happened, in milliseconds.
    pub timestamp: Option<i64>,
    /// The text, at least one byte.
    pub message: Option<String>,
}

/// What PutLogEvents answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Output {
    /// A token that nobody has to use.
    pub next_sequence_token: String,
    /// Which events were dropped; absent when none was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejected_log_events_info: Option<RejectedLogEventsInfo>,
}

/// Which events were dropped, by their indices.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RejectedLogEventsInfo {
    /// The first event that is too new; this and all after it are dropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub too_new_log_event_start_index: Option<usize>,
    /// The event after the last that is too old.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub too_old_log_event_end_index: Option<usize>,
    /// The event after the last that the group's retention would let go at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expired_log_event_end_index: Option<usize>,
}

/// Stores events in a log stream and puts them on their way to the group's subscriptions.
///
/// # Errors
/// `InvalidParameterException` for the shape, the size, the order or the span of the events,
/// `ResourceNotFoundException` without group or stream, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let (group, stream) = (input.log_group_name.as_ref(), input.log_stream_name.as_ref());
    put(world, caller, group, stream, input.log_events.as_deref())
}

/// An event as somebody has it who puts it.
pub(crate) trait Event {
    /// When it happened, in milliseconds.
    fn at(&self) -> Option<i64>;
    /// The text.
    fn text(&self) -> Option<&str>;
}

impl Event for InputLogEvent {
    fn at(&self) -> Option<i64> {
        self.timestamp
    }

    fn text(&self) -> Option<&str> {
        self.message.as_deref()
    }
}

impl Event for EventRecord {
    fn at(&self) -> Option<i64> {
        Some(self.timestamp.ms())
    }

    fn text(&self) -> Option<&str> {
        Some(&self.message)
    }
}

impl Event for &EventRecord {
    fn at(&self) -> Option<i64> {
        Some(self.timestamp.ms())
    }

    fn text(&self) -> Option<&str> {
        Some(&self.message)
    }
}

/// [`run`] for events as their sender has them: services that publish thousands of them at once
/// need not copy each.
pub(crate) fn put<E: Event>(
    world: &mut World,
    caller: &Caller,
    group: Option<&String>,
    stream: Option<&String>,
    events: Option<&[E]>,
) -> Result<Output, ServiceError> {
    let mut check = Validation::new();
    check_group(&mut check, "logGroupName", group);
    check_plain(&mut check, "logStreamName", stream);
    check_events(&mut check, events);
    let key = group_key_checked(caller, group, check)?;
    let events = events.unwrap_or_default();
    check_batch(events)?;
    let stream = stream.map_or("", String::as_str);
    world.authorize(caller, Access::to("logs:PutLogEvents", &key.stream_arn(stream)))?;
    let group = world.log_group(&key)?;
    let Some((stream, _)) = group.streams.get_key_value(stream) else {
        return Err(not_found("log stream"));
    };
    let stream = Arc::clone(stream);
    let oldest = oldest(world, group);
    let (accepted, rejected) = in_time(world.now, oldest, group, events);
    if accepted.first().zip(accepted.last()).is_some_and(|(a, b)| at(b) - at(a) > SPAN_MAX_MS) {
        return Err(invalid(
            "The batch of log events in a single PutLogEvents request cannot span more than 24 \
             hours.",
        ));
    }
    if !accepted.is_empty() {
        let first = rejected.too_old_log_event_end_index.unwrap_or(0);
        let first = first.max(rejected.expired_log_event_end_index.unwrap_or(0));
        let first = u16::try_from(first).unwrap_or(u16::MAX);
        let number = world.logs.ids.number();
        let batch = Batch::new(world.now, number, first, accepted.iter().map(piece));
        accept(world, &key, &stream, batch);
    }
    let next_sequence_token = world.logs.sequence_token();
    if let Some(found) = world.log_group_mut(&key)?.streams.get_mut(&stream) {
        found.sequence_token.clone_from(&next_sequence_token);
    }
    let rejected_log_events_info =
        (rejected != RejectedLogEventsInfo::default()).then_some(rejected);
    Ok(Output { next_sequence_token, rejected_log_events_info })
}

fn at<E: Event>(event: &E) -> i64 {
    event.at().unwrap_or_default()
}

fn piece<E: Event>(event: &E) -> (Timestamp, &str) {
    (Timestamp::from_ms(at(event)), event.text().unwrap_or_default())
}

fn check_events<E: Event>(check: &mut Validation, events: Option<&[E]>) {
    check.required("logEvents", events.as_ref());
    let Some(events) = events else { return };
    if events.is_empty() || events.len() > EVENTS_MAX {
        let bound = if events.is_empty() {
            "greater than or equal to 1"
        } else {
            "less than or equal to 10000"
        };
        check.fail("logEvents", &"[...]", &format!("Member must have length {bound}"));
    }
    for (place, event) in events.iter().enumerate() {
        let (at, message) = (event.at(), event.text());
        if at.is_some_and(|at| at >= 0) && message.is_some_and(|message| !message.is_empty()) {
            continue;
        }
        let member = |name: &str| format!("logEvents.{}.member.{name}", place + 1);
        check.required(&member("timestamp"), at.as_ref());
        check.range(&member("timestamp"), at.unwrap_or(0), 0, i64::MAX);
        check.required(&member("message"), message.as_ref());
        check.length(&member("message"), message.unwrap_or("-"), 1, usize::MAX);
    }
}

/// Size and order of the events; those without message or time were refused before.
fn check_batch<E: Event>(events: &[E]) -> Result<(), ServiceError> {
    let mut total = 0;
    let mut last = i64::MIN;
    for event in events {
        let size = event.text().map_or(0, str::len) + EVENT_OVERHEAD_BYTES;
        if size > BATCH_MAX_BYTES {
            return Err(invalid(format!(
                "Log event too large: {size} bytes exceeds limit of {BATCH_MAX_BYTES}"
            )));
        }
        total += size;
        if at(event) < last {
            return Err(invalid(
                "Log events in a single PutLogEvents request must be in chronological order.",
            ));
        }
        last = at(event);
    }
    if total > BATCH_MAX_BYTES {
        return Err(invalid(format!(
            "The batch of log events exceeds the maximum batch size of {BATCH_MAX_BYTES} bytes."
        )));
    }
    Ok(())
}

/// The earliest time that is not too old.
fn oldest(world: &World, group: &Group) -> Timestamp {
    let oldest = world.now.plus_ms(-OLD_MAX_MS);
    if world.settings.logs.drop_events_before_group {
        oldest.max(group.creation_time)
    } else {
        oldest
    }
}

/// The events that lie in the window of time that is accepted, and which do not.
fn in_time<'a, E: Event>(
    now: Timestamp,
    oldest: Timestamp,
    group: &Group,
    events: &'a [E],
) -> (&'a [E], RejectedLogEventsInfo) {
    let before = |limit: Timestamp| events.partition_point(|event| at(event) < limit.ms());
    let too_old = before(oldest);
    let expired = group.expiry(now).map_or(0, before);
    let start = too_old.max(expired);
    let too_new = before(now.plus_ms(NEW_MAX_MS + 1));
    let rejected = RejectedLogEventsInfo {
        too_new_log_event_start_index: (too_new < events.len()).then_some(too_new),
        too_old_log_event_end_index: (too_old > 0).then_some(too_old),
        expired_log_event_end_index: (expired > 0).then_some(expired),
    };
    (events.get(start..too_new).unwrap_or_default(), rejected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::tests::{member, stream_in, world};

    fn input(events: &[(i64, &str)]) -> Input {
        let event = |&(at, message): &(i64, &str)| InputLogEvent {
            timestamp: Some(Timestamp::DEFAULT_EPOCH.ms() + at),
            message: Some(message.to_owned()),
        };
        Input {
            log_group_name: Some("g".to_owned()),
            log_stream_name: Some("s".to_owned()),
            log_events: Some(events.iter().map(event).collect()),
            ..Input::default()
        }
    }

    fn put(events: &[(i64, &str)]) -> (World, Result<Output, ServiceError>) {
        let (mut world, caller) = (world(), member(1));
        stream_in(&mut world, &caller, "g", "s");
        let output = run(&mut world, &caller, input(events));
        (world, output)
    }

    fn stored(world: &World) -> Vec<String> {
        let events = world.log_events(member(1).account, "g", "s");
        events.map(|event| event.message.to_string()).collect()
    }

    #[test]
    fn stores_events_and_answers_a_token() {
        let (world, output) = put(&[(0, "a"), (0, "b"), (5, "c")]);
        let output = output.expect("stored");
        assert_eq!(output.next_sequence_token.len(), 56);
        assert_eq!(output.rejected_log_events_info, None);
        assert_eq!(stored(&world), ["a", "b", "c"]);
    }

    #[test]
    fn refuses_the_whole_call() {
        let day = 24 * HOUR_MS;
        let large = "x".repeat(BATCH_MAX_BYTES / 2 - 26);
        let huge = "x".repeat(BATCH_MAX_BYTES - 25);
        for (events, part) in [
            (
                vec![],
                "at 'logEvents' failed to satisfy constraint: Member must have length greater",
            ),
            (vec![(0, "a"); 10_001], "Member must have length less than or equal to 10000"),
            (vec![(0, "a"), (0, "")], "at 'logEvents.2.member.message' failed"),
            (vec![(1, "a"), (0, "b")], "must be in chronological order."),
            (vec![(-day, "a"), (1, "b")], "cannot span more than 24 hours."),
            (vec![(0, large.as_str()), (0, large.as_str()), (0, "x")], "maximum batch size"),
            (vec![(0, huge.as_str())], "Log event too large: 1048577 bytes"),
        ] {
            let (world, output) = put(&events);
            let error = output.expect_err(part);
            assert_eq!(error.code, "InvalidParameterException");
            assert!(error.message.contains(part), "{part}: {}", error.message);
            assert_eq!(stored(&world), Vec::<String>::new());
        }
    }

    #[test]
    fn takes_what_is_just_within_the_limits() {
        let half = "x".repeat(BATCH_MAX_BYTES / 2 - 26);
        assert!(put(&[(0, &half), (24 * HOUR_MS - 1, &half)]).1.is_ok());
        assert!(put(&vec![(0, "a"); 10_000]).1.is_ok());
        let (world, output) = put(&[(-OLD_MAX_MS, "old")]);
        assert_eq!(output.map(|output| output.rejected_log_events_info), Ok(None));
        assert_eq!(stored(&world), ["old"]);
    }

    #[test]
    fn drops_what_is_out_of_time() {
        let (world, output) = put(&[
            (-OLD_MAX_MS - 2, "a"),
            (-OLD_MAX_MS - 1, "b"),
            (0, "c"),
            (NEW_MAX_MS, "d"),
            (NEW_MAX_MS + 1, "e"),
        ]);
        let info = output.expect("stored").rejected_log_events_info.expect("some were dropped");
        assert_eq!(info.too_old_log_event_end_index, Some(2), "exclusive");
        assert_eq!(info.too_new_log_event_start_index, Some(4), "inclusive");
        assert_eq!(info.expired_log_event_end_index, None);
        assert_eq!(stored(&world), ["c", "d"]);
    }

    #[test]
    fn drops_what_the_retention_would_let_go() {
        let (mut world, caller) = (world(), member(1));
        let key = stream_in(&mut world, &caller, "g", "s");
        world.log_group_mut(&key).expect("it is there").retention_days = Some(1);
        let day = 24 * HOUR_MS;
        let output = run(&mut world, &caller, input(&[(-day - 1, "a"), (-day, "b")]));
        let info = output.expect("stored").rejected_log_events_info.expect("one was dropped");
        assert_eq!(info.expired_log_event_end_index, Some(1));
        assert_eq!(stored(&world), ["b"]);
    }

    #[test]
    fn events_before_their_group_are_dropped_when_it_is_set_so() {
        let (mut world, caller) = (world(), member(1));
        stream_in(&mut world, &caller, "g", "s");
        world.settings.logs.drop_events_before_group = true;
        let output = run(&mut world, &caller, input(&[(-1, "a"), (0, "b")])).expect("stored");
        let info = output.rejected_log_events_info.expect("one was dropped");
        assert_eq!(info.too_old_log_event_end_index, Some(1));
        assert_eq!(stored(&world), ["b"]);
    }

    #[test]
    fn a_stream_is_not_made_by_the_way() {
        let (mut world, caller) = (world(), member(1));
        stream_in(&mut world, &caller, "g", "t");
        let error = run(&mut world, &caller, input(&[(0, "a")])).expect_err("no stream");
        assert_eq!(error.message, "The specified log stream does not exist.");
    }
}
