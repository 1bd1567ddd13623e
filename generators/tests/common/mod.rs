//! What several test files share: a plan to vary, and a reader of flow-log lines that shares no
//! code with their writer.

#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::expect_used, reason = "a line that cannot be read has failed its test")]

use tributary_generators::{Batch, Load, TrafficPlan, Worker};
use tributary_vocabulary::{AccountId, Seed, stable_hash};

/// A plan for accounts 1 to `accounts` from the default epoch on.
pub fn plan(accounts: u64, loads: Vec<Load>) -> TrafficPlan {
    TrafficPlan {
        seed: Seed::new(7),
        accounts: (1..=accounts).map(AccountId::from_number).collect(),
        loads,
        ..TrafficPlan::default()
    }
}

/// A line of the default format; the eight fields of traffic are empty or 0 when it has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub account: String,
    pub interface: String,
    pub source: String,
    pub destination: String,
    pub source_port: u16,
    pub destination_port: u16,
    pub protocol: u8,
    pub packets: u64,
    pub bytes: u64,
    pub start: u64,
    pub end: u64,
    pub action: String,
    pub status: String,
}

impl Line {
    pub fn read(line: &str) -> Self {
        let fields: Vec<&str> = line.split(' ').collect();
        assert_eq!(fields.len(), 14, "{line}");
        assert_eq!(fields[0], "2", "{line}");
        let empty = fields[13] != "OK";
        if empty {
            assert!(fields[3..=9].iter().all(|field| *field == "-") && fields[12] == "-", "{line}");
        }
        let number = |at: usize| -> u64 {
            if fields[at] == "-" { 0 } else { fields[at].parse().expect(line) }
        };
        Self {
            account: fields[1].to_owned(),
            interface: fields[2].to_owned(),
            source: fields[3].to_owned(),
            destination: fields[4].to_owned(),
            source_port: u16::try_from(number(5)).expect(line),
            destination_port: u16::try_from(number(6)).expect(line),
            protocol: u8::try_from(number(7)).expect(line),
            packets: number(8),
            bytes: number(9),
            start: number(10),
            end: number(11),
            action: fields[12].to_owned(),
            status: fields[13].to_owned(),
        }
    }
}

/// All batches of a plan.
pub fn batches(plan: &TrafficPlan) -> Vec<Batch> {
    plan.traffic().expect("a good plan").collect()
}

/// The batches of `count` workers, put together in their order.
pub fn merged(plan: &mut TrafficPlan, count: u32) -> Vec<Batch> {
    let mut parts = Vec::new();
    for index in 0..count {
        plan.worker = Worker { index, count };
        parts.extend(batches(plan));
    }
    plan.worker = Worker::ONLY;
    parts.sort_by(|a, b| {
        (a.at, a.source, a.account, &a.log_stream).cmp(&(b.at, b.source, b.account, &b.log_stream))
    });
    parts
}

/// One number for all that a traffic says.
pub fn digest(batches: &[Batch]) -> u64 {
    batches.iter().fold(0, |sum, batch| {
        let text: String = batch.events.iter().map(|event| event.message.as_str()).collect();
        let head = format!("{sum} {} {} {}", batch.at, batch.account, batch.log_stream);
        stable_hash([head, text].concat().as_bytes())
    })
}
