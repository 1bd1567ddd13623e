//! Replay: events of a file again, with the gaps that they had.

use std::sync::Arc;

use serde::Deserialize;
use tributary_vocabulary::{AccountId, EventRecord, Region, Source, Timestamp};

use crate::traffic::{Batch, Origin};
use crate::world::log_stream;

/// When the events of a replay happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplayTimes {
    /// When they did.
    Kept,
    /// So that the first is delivered at this moment, and all others as long after it as they
    /// were; the times inside of the messages move with them.
    From(Timestamp),
}

/// A line that cannot be replayed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} {problem}")]
pub struct ReplayError {
    /// Its number in the file, from 1.
    pub line: usize,
    /// What is wrong with it, as the end of a sentence.
    pub problem: String,
}

/// A row of log events, as `--as log-events` writes it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    account: Option<AccountId>,
    log_stream_name: Option<String>,
    timestamp: i64,
    ingestion_time: Option<i64>,
    message: String,
}

/// Reads a file of one source and puts its events in the order of their delivery.
///
/// A line is a flow-log line of the default format, a CloudTrail record, a finding's EventBridge
/// envelope, or a row of log events around one of them. A first line with the names of the fields,
/// as files in S3 have, is passed over; every other line has to be an event.
///
/// Events that follow each other, of one account and log stream and at one time, are one batch.
///
/// # Errors
/// [`ReplayError`] names the first line that is none of these.
pub fn replay(
    text: &str,
    source: Source,
    region: &Region,
    times: ReplayTimes,
) -> Result<Vec<Batch>, ReplayError> {
    let mut events = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        if line == 1 && content.starts_with("version account-id ") {
            continue;
        }
        let event = read(content, source, region);
        events.push(event.map_err(|problem| ReplayError { line, problem })?);
    }
    let Some(first) = events.iter().map(|event| event.at).min() else {
        return Err(ReplayError { line: 1, problem: "is missing: the file has no events".into() });
    };
    // A file has times in whole seconds; the shift keeps to them.
    let shift_ms = match times {
        ReplayTimes::Kept => 0,
        ReplayTimes::From(start) => start.s().saturating_sub(first.s()) * 1_000,
    };
    for event in &mut events {
        event.at = event.at.plus_ms(shift_ms);
        event.record.timestamp = event.record.timestamp.plus_ms(shift_ms);
        if shift_ms != 0 {
            event.record.message = moved(&event.record.message, source, shift_ms);
        }
    }
    events.sort_by(|a, b| (a.at, a.account, &a.stream).cmp(&(b.at, b.account, &b.stream)));
    Ok(batches(events, source, region))
}

struct Event {
    at: Timestamp,
    account: AccountId,
    stream: String,
    record: EventRecord,
}

fn read(line: &str, source: Source, region: &Region) -> Result<Event, String> {
    if line.is_empty() {
        return Err("is empty".to_owned());
    }
    let row = line.starts_with('{').then(|| serde_json::from_str::<Row>(line).ok()).flatten();
    let Some(row) = row else {
        let (at, account, stream) = facts(line, source, region)?;
        let record = EventRecord { timestamp: at, message: line.to_owned() };
        return Ok(Event { at, account, stream, record });
    };
    let (_, account, stream) = facts(&row.message, source, region)?;
    let timestamp = Timestamp::from_ms(row.timestamp);
    Ok(Event {
        at: row.ingestion_time.map_or(timestamp, Timestamp::from_ms),
        account: row.account.unwrap_or(account),
        stream: row.log_stream_name.unwrap_or(stream),
        record: EventRecord { timestamp, message: row.message },
    })
}

/// When an event happened, whose it is, and the log stream it goes to.
fn facts(
    message: &str,
    source: Source,
    region: &Region,
) -> Result<(Timestamp, AccountId, String), String> {
    match source {
        Source::VpcFlowLogs => flow(message),
        Source::CloudTrail => {
            let wrong = || {
                "is not a CloudTrail record: it has to be a JSON object with eventTime and recipientAccountId".to_owned()
            };
            let record: serde_json::Value = serde_json::from_str(message).map_err(|_| wrong())?;
            let (at, account) =
                json_facts(&record, "eventTime", "/recipientAccountId").ok_or_else(wrong)?;
            Ok((at, account, format!("{account}_CloudTrail_{region}")))
        }
        Source::GuardDuty => {
            let wrong = || {
                "is not the EventBridge envelope of a GuardDuty finding: it has to be a JSON object with time and detail.accountId".to_owned()
            };
            let record: serde_json::Value = serde_json::from_str(message).map_err(|_| wrong())?;
            let (at, account) =
                json_facts(&record, "time", "/detail/accountId").ok_or_else(wrong)?;
            Ok((at, account, "guardduty".to_owned()))
        }
    }
}

fn json_facts(
    record: &serde_json::Value,
    time: &str,
    account: &str,
) -> Option<(Timestamp, AccountId)> {
    let at = record.get(time)?.as_str()?.parse().ok()?;
    Some((at, record.pointer(account)?.as_str()?.parse().ok()?))
}

fn flow(line: &str) -> Result<(Timestamp, AccountId, String), String> {
    let fields: Vec<&str> = line.split(' ').collect();
    if fields.len() != 14 {
        return Err(format!(
            "is not a flow-log record of the default format: it has {} fields instead of 14",
            fields.len()
        ));
    }
    let account = fields[1].parse().map_err(|_| format!("has no account id: '{}'", fields[1]))?;
    let second = |at: usize| {
        fields[at].parse::<u32>().map_err(|_| {
            format!("has no time of {}: '{}'", if at == 10 { "start" } else { "end" }, fields[at])
        })
    };
    let (start, end) = (second(10)?, second(11)?);
    if end < start {
        return Err(format!("ends before it starts: {end} is less than {start}"));
    }
    Ok((Timestamp::from_s(i64::from(start)), account, log_stream(fields[2])))
}

/// The message with all of its times moved.
fn moved(message: &str, source: Source, shift_ms: i64) -> String {
    if source != Source::VpcFlowLogs {
        return moved_json(message, shift_ms);
    }
    let mut fields: Vec<String> = message.split(' ').map(str::to_owned).collect();
    for at in [10, 11] {
        if let Some(second) = fields.get(at).and_then(|field| field.parse::<i64>().ok()) {
            fields[at] = (second + shift_ms / 1_000).to_string();
        }
    }
    fields.join(" ")
}

/// Moves every string that is a moment in UTC, and keeps how it was written.
fn moved_json(message: &str, shift_ms: i64) -> String {
    let mut out = String::with_capacity(message.len());
    for (nth, part) in message.split('"').enumerate() {
        if nth > 0 {
            out.push('"');
        }
        let moment = part.ends_with('Z') && part.len() >= 20 && part.as_bytes()[10] == b'T';
        match part.parse::<Timestamp>() {
            Ok(at) if moment => {
                let at = at.plus_ms(shift_ms);
                let format =
                    if part.len() > 20 { "%Y-%m-%dT%H:%M:%S.%3fZ" } else { "%Y-%m-%dT%H:%M:%SZ" };
                out.push_str(&at.format(format));
            }
            _ => out.push_str(part),
        }
    }
    out
}

fn batches(events: Vec<Event>, source: Source, region: &Region) -> Vec<Batch> {
    let mut batches: Vec<Batch> = Vec::new();
    for event in events {
        let same = batches.last_mut().filter(|last| {
            last.at == event.at
                && last.account == event.account
                && *last.log_stream == *event.stream
                && last.events.len() < 5_000
        });
        if let Some(batch) = same {
            batch.events.push(event.record);
            continue;
        }
        batches.push(Batch {
            at: event.at,
            account: event.account,
            region: region.clone(),
            source,
            origin: origin(source, &event.stream),
            log_stream: Arc::from(event.stream),
            events: vec![event.record],
        });
    }
    for batch in &mut batches {
        batch.events.sort_by_key(|event| event.timestamp);
    }
    batches
}

/// A flow log's interface is known from its stream; its network is not.
fn origin(source: Source, stream: &str) -> Origin {
    match source {
        Source::VpcFlowLogs => Origin::Interface {
            vpc_id: Arc::from(""),
            subnet_id: Arc::from(""),
            interface_id: Arc::from(stream.strip_suffix("-all").unwrap_or(stream)),
        },
        Source::CloudTrail | Source::GuardDuty => Origin::Account,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "2 222222222222 eni-0a1b2c3d4e5f60718 10.4.1.17 10.4.9.30 49160 5432 6 14 \
                        2310 1760000003 1760000051 ACCEPT OK";

    fn run(text: &str, times: ReplayTimes) -> Result<Vec<Batch>, ReplayError> {
        replay(text, Source::VpcFlowLogs, &Region::us_west_2(), times)
    }

    #[test]
    fn gaps_are_kept_and_times_move_together() {
        let later = LINE.replace("1760000003 1760000051", "1760000033 1760000033");
        let text = format!("{LINE}\n{later}\n");
        let kept = run(&text, ReplayTimes::Kept).unwrap();
        assert_eq!(kept[0].events[0].message, LINE);
        let moved = run(&text, ReplayTimes::From(Timestamp::from_s(2_000_000_000))).unwrap();
        assert_eq!(moved[0].at, Timestamp::from_s(2_000_000_000));
        assert_eq!(moved[1].at, Timestamp::from_s(2_000_000_030));
        assert!(moved[0].events[0].message.contains(" 2000000000 2000000048 ACCEPT"));
    }

    #[test]
    fn a_bad_line_is_named_by_its_number() {
        let error = |text: &str| run(text, ReplayTimes::Kept).unwrap_err().to_string();
        assert_eq!(error(&format!("{LINE}\n\n{LINE}\n")), "line 2 is empty");
        assert!(error(&format!("{LINE}\nhello\n")).starts_with("line 2 is not a flow-log record"));
        assert!(error(&LINE.replace("1760000003", "1760000099")).contains("ends before"));
        assert_eq!(error(""), "line 1 is missing: the file has no events");
        assert!(error("{\"a\":1}").starts_with("line 1 is not"));
    }

    #[test]
    fn times_in_json_move_as_they_are_written() {
        let message =
            r#"{"eventTime":"2026-01-01T00:00:00Z","x":"2026-01-01T00:00:00.500Z","n":1}"#;
        assert_eq!(
            moved_json(message, 61_000),
            r#"{"eventTime":"2026-01-01T00:01:01Z","x":"2026-01-01T00:01:01.500Z","n":1}"#
        );
    }
}
