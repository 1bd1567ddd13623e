//! Records, delivered to the trail's log group (cloudtrail reference, CloudWatch Logs).

use std::ops::Range;

use tributary_vocabulary::EventRecord;

use crate::cloudtrail::SERVICE;
use crate::cloudtrail::trail::{LogDestination, TrailKey};
use crate::iam::assume_role_for_service;
use crate::kernel::{Caller, ServiceError, World};
use crate::logs::EVENT_OVERHEAD_BYTES;
use crate::logs::ops::put_log_events::{BATCH_MAX_BYTES, EVENTS_MAX, InputLogEvent, SPAN_MAX_MS};
use crate::logs::ops::{create_log_stream, put_log_events};

/// The largest record that is sent to CloudWatch Logs, in bytes (cloudtrail reference, record
/// schema).
const RECORD_MAX_BYTES: usize = 256 * 1024;

/// Records that a log group did not take, and why.
#[derive(Debug)]
pub(in crate::cloudtrail) struct Refusal {
    /// Their places among the events that were published.
    pub(in crate::cloudtrail) places: Vec<usize>,
    pub(in crate::cloudtrail) code: String,
    pub(in crate::cloudtrail) message: String,
}

/// Delivers the records of these places to a log group with the trail's role, and notes how it
/// went; the answer tells which were not taken.
pub(in crate::cloudtrail) fn to_log_group(
    world: &mut World,
    key: &TrailKey,
    to: &LogDestination,
    events: &[EventRecord],
    mut places: Vec<usize>,
) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let large = |place: &usize| message(events, *place).len() > RECORD_MAX_BYTES;
    let too_large: Vec<usize> = places.iter().copied().filter(large).collect();
    if !too_large.is_empty() {
        places.retain(|place| !large(place));
        let message = "CloudTrail sends no record over 256 KB to CloudWatch Logs";
        refusals.push(refusal(too_large, "RecordTooLarge", message));
    }
    // PutLogEvents wants the order of time; records of one time keep theirs.
    places.sort_by_key(|place| at(events, *place));
    let mut error = None;
    match open(world, key, to) {
        Ok(role) => {
            for range in batches(events, &places) {
                let batch = places.get(range).unwrap_or_default();
                match put(world, key, to, &role, events, batch) {
                    Ok(dropped) => refusals.extend(dropped),
                    Err(failure) => {
                        refusals.push(refused(batch.to_vec(), &failure));
                        error = Some(status_of(&failure));
                    }
                }
            }
        }
        Err(Failure { text, error: failure }) => {
            refusals.push(refused(places.clone(), &failure));
            error = Some(text.map_or_else(|| status_of(&failure), str::to_owned));
        }
    }
    note(world, key, places.len(), &refusals, error);
    refusals
}

/// Why a log group could not be opened, and AWS's sentence where it has one.
struct Failure {
    text: Option<&'static str>,
    error: ServiceError,
}

/// Takes on the trail's role, and makes the log stream when it is missing.
fn open(world: &mut World, key: &TrailKey, to: &LogDestination) -> Result<Caller, Failure> {
    let arn = key.arn();
    let role =
        assume_role_for_service(world, SERVICE, &to.role_arn, &key.region, key.account, &arn)
            .map_err(|error| Failure { text: Some(TRUST_TEXT), error })?;
    let stream = key.log_stream();
    let there =
        world.log_group(&to.group).is_ok_and(|group| group.streams.contains_key(stream.as_str()));
    if !there {
        let input = create_log_stream::Input {
            log_group_name: Some(to.group.name.to_string()),
            log_stream_name: Some(stream),
        };
        create_log_stream::run(world, &role, input)
            .map_err(|error| Failure { text: None, error })?;
    }
    Ok(role)
}

/// What AWS says when CloudTrail cannot take on the role.
pub(in crate::cloudtrail) const TRUST_TEXT: &str =
    "Access denied. Check the trust relationships for your role.";
/// What AWS says when the role may not write.
pub(in crate::cloudtrail) const PERMISSION_TEXT: &str =
    "Access denied. Check the permissions for your role.";

/// A failure as GetTrailStatus tells it.
fn status_of(error: &ServiceError) -> String {
    if error.is_access_denied() { PERMISSION_TEXT.to_owned() } else { error.message.clone() }
}

/// Where to cut places that are in the order of time, so that every piece is a call's worth.
fn batches(events: &[EventRecord], places: &[usize]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (index, place) in places.iter().enumerate() {
        let size = message(events, *place).len() + EVENT_OVERHEAD_BYTES;
        let span = places.get(start).map_or(0, |first| at(events, *place) - at(events, *first));
        if index > start
            && (index - start >= EVENTS_MAX || bytes + size > BATCH_MAX_BYTES || span > SPAN_MAX_MS)
        {
            ranges.push(start..index);
            (start, bytes) = (index, 0);
        }
        bytes += size;
    }
    if start < places.len() {
        ranges.push(start..places.len());
    }
    ranges
}

/// One call of PutLogEvents; what it dropped for its time.
fn put(
    world: &mut World,
    key: &TrailKey,
    to: &LogDestination,
    role: &Caller,
    events: &[EventRecord],
    batch: &[usize],
) -> Result<Vec<Refusal>, ServiceError> {
    let event = |place: &usize| InputLogEvent {
        timestamp: Some(at(events, *place)),
        message: Some(message(events, *place).to_owned()),
    };
    let input = put_log_events::Input {
        log_group_name: Some(to.group.name.to_string()),
        log_stream_name: Some(key.log_stream()),
        log_events: Some(batch.iter().map(event).collect()),
        ..put_log_events::Input::default()
    };
    let output = put_log_events::run(world, role, input)?;
    let Some(info) = output.rejected_log_events_info else { return Ok(Vec::new()) };
    let old = info.too_old_log_event_end_index.unwrap_or(0);
    let expired = info.expired_log_event_end_index.unwrap_or(0).max(old);
    let new = info.too_new_log_event_start_index.unwrap_or(batch.len());
    let dropped = [
        (0..old, "TooOldLogEvent", "older than CloudWatch Logs takes (14 days)"),
        (old..expired, "ExpiredLogEvent", "older than the retention of the log group"),
        (new..batch.len(), "TooNewLogEvent", "further in the future than CloudWatch Logs takes"),
    ];
    let told = |(range, code, message): (Range<usize>, &str, &str)| {
        let places = batch.get(range).filter(|places| !places.is_empty())?;
        Some(refusal(places.to_vec(), code, &format!("the record is {message}")))
    };
    Ok(dropped.into_iter().filter_map(told).collect())
}

/// Notes what was delivered and what was not.
fn note(
    world: &mut World,
    key: &TrailKey,
    tried: usize,
    refusals: &[Refusal],
    error: Option<String>,
) {
    let now = world.now;
    let Some(trail) = world.cloudtrail.trails.get_mut(key) else { return };
    let refused: usize = refusals.iter().map(|refusal| refusal.places.len()).sum();
    let large = refusals.iter().filter(|refusal| refusal.code == "RecordTooLarge");
    let large: usize = large.map(|refusal| refusal.places.len()).sum();
    trail.statistics.logs_undelivered += refused as u64;
    trail.statistics.logs_delivered += (tried + large - refused) as u64;
    if tried > 0 {
        trail.status.logs.note(now, error);
    }
}

fn refused(places: Vec<usize>, error: &ServiceError) -> Refusal {
    let code = if error.is_access_denied() { "AccessDenied" } else { error.code.as_ref() };
    refusal(places, code, &error.message)
}

fn refusal(places: Vec<usize>, code: &str, message: &str) -> Refusal {
    Refusal { places, code: code.to_owned(), message: message.to_owned() }
}

fn at(events: &[EventRecord], place: usize) -> i64 {
    events.get(place).map_or(0, |event| event.timestamp.ms())
}

fn message(events: &[EventRecord], place: usize) -> &str {
    events.get(place).map_or("", |event| event.message.as_str())
}

#[cfg(test)]
mod tests {
    use tributary_vocabulary::{HOUR_MS, Timestamp};

    use super::*;

    #[test]
    fn cuts_where_a_call_is_full() {
        let events = |given: &[(i64, usize)]| -> Vec<EventRecord> {
            let event = |&(at, size): &(i64, usize)| EventRecord {
                timestamp: Timestamp::from_ms(at),
                message: "x".repeat(size),
            };
            given.iter().map(event).collect()
        };
        let cut =
            |given: &[(i64, usize)]| batches(&events(given), &(0..given.len()).collect::<Vec<_>>());
        let day = 24 * HOUR_MS;
        assert!(cut(&[]).is_empty());
        assert_eq!(cut(&[(0, 1), (day, 1), (day + 1, 1)]), [0..2, 2..3]);
        let quarter = BATCH_MAX_BYTES / 4 - EVENT_OVERHEAD_BYTES;
        assert_eq!(cut(&[(0, quarter); 5]), [0..4, 4..5]);
        assert_eq!(cut(&vec![(0, 1); 10_001]), [0..10_000, 10_000..10_001]);
    }
}
