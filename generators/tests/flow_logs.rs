//! Flow-log traffic of whole plans: counts, order, workers, and what a flow-log record may say.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use common::{Line, plan};
use tributary_generators::{
    Batch, Load, PlanError, Rate, Shape, TrafficPlan, VpcFlowLogs, Worker, identity,
};
use tributary_vocabulary::{AccountId, Source, Timestamp};

fn load(rate: f64, seconds: u64) -> Load {
    VpcFlowLogs::per_second(rate).lasting(Duration::from_secs(seconds))
}

fn batches(plan: &TrafficPlan) -> Vec<Batch> {
    plan.traffic().unwrap().collect()
}

#[test]
fn every_event_that_was_asked_for_is_made_once_and_in_time() {
    let cases: [(u64, f64, u64); 8] = [
        (1, 1.0, 10),
        (1, 0.4, 60),
        (2, 500.0, 61),
        (3, 7.0, 900),
        (500, 1.0, 600),
        (500, 2_000.0, 30),
        (1, 20_000.0, 7),
        (7, 333.3, 1),
    ];
    for (accounts, rate, seconds) in cases {
        let plan = plan(accounts, vec![load(rate, seconds)]);
        let all = batches(&plan);
        let count: usize = all.iter().map(|batch| batch.events.len()).sum();
        let asked = (rate * seconds as f64).round() as usize;
        assert_eq!(count, asked, "{accounts} accounts, {rate}/s for {seconds} s");
        let end = plan.start.plus_s(seconds as i64);
        let mut ids = BTreeSet::new();
        for batch in &all {
            assert!(batch.at >= plan.start && batch.at <= end);
            assert!(!batch.events.is_empty() && batch.events.len() <= 10_000);
            assert!(batch.events.iter().map(|e| e.message.len() + 26).sum::<usize>() <= 1_000_000);
            assert!(batch.events.windows(2).all(|pair| pair[0].timestamp <= pair[1].timestamp));
            for event in &batch.events {
                assert!(batch.at.ms_since(event.timestamp) <= 270_000, "{}", event.message);
                assert!(ids.insert(identity(Source::VpcFlowLogs, &event.message).unwrap()));
            }
        }
        let key = |b: &Batch| (b.at, b.source, b.account, b.log_stream.clone());
        assert!(all.windows(2).all(|pair| key(&pair[0]) <= key(&pair[1])));
        let mut by_account = BTreeMap::new();
        for batch in &all {
            *by_account.entry(batch.account).or_insert(0) += batch.events.len();
        }
        let share = asked / accounts as usize;
        assert!(by_account.values().all(|count| (share..=share + 1).contains(count)));
    }
}

#[test]
fn shapes_and_weights_keep_the_count() {
    let shaped = load(200.0, 300)
        .shaped(Shape::Burst { every_ms: 100_000, lasting_ms: 5_000, factor: 10.0 })
        .weighing(AccountId::from_number(1), 3);
    let plan = plan(2, vec![shaped, load(10.0, 60).after(Duration::from_secs(30))]);
    let all = batches(&plan);
    let mut by_account = BTreeMap::new();
    for batch in &all {
        *by_account.entry(batch.account).or_insert(0) += batch.events.len();
    }
    let asked = 3 * (95 * 200 + 5 * 2_000);
    assert_eq!(by_account[&AccountId::from_number(1)], asked * 3 / 4 + 300);
    assert_eq!(by_account[&AccountId::from_number(2)], asked / 4 + 300);
    let ids: BTreeSet<_> = all
        .iter()
        .flat_map(|batch| &batch.events)
        .map(|event| identity(Source::VpcFlowLogs, &event.message).unwrap())
        .collect();
    assert_eq!(ids.len(), asked + 600);
}

#[test]
fn workers_together_make_exactly_the_traffic_of_one() {
    let mut plan = plan(3, vec![load(120.0, 150), load(40.0, 90)]);
    let whole = batches(&plan);
    for count in [1, 2, 3, 7] {
        let mut parts = Vec::new();
        for index in 0..count {
            plan.worker = Worker { index, count };
            let part = batches(&plan);
            assert!(!part.is_empty(), "worker {index} of {count} has work");
            parts.extend(part);
        }
        parts.sort_by(|a, b| {
            (a.at, a.source, a.account, &a.log_stream).cmp(&(
                b.at,
                b.source,
                b.account,
                &b.log_stream,
            ))
        });
        assert_eq!(parts, whole, "{count} workers");
    }
}

#[test]
fn plain_lines_are_the_messages() {
    let plan = plan(2, vec![load(100.0, 90)]);
    let mut text = Vec::new();
    let mut traffic = plan.traffic().unwrap();
    let mut heads = Vec::new();
    while let Some(head) = traffic.write_plain(&mut text) {
        heads.push((head.at, head.log_stream, head.events));
    }
    let all = batches(&plan);
    let messages: Vec<&str> =
        all.iter().flat_map(|b| &b.events).map(|event| event.message.as_str()).collect();
    assert_eq!(String::from_utf8(text).unwrap().lines().collect::<Vec<_>>(), messages);
    let expected: Vec<_> =
        all.iter().map(|b| (b.at, b.log_stream.clone(), b.events.len())).collect();
    assert_eq!(heads, expected);
}

#[test]
fn arrivals_are_bursts_spread_over_the_whole_duration() {
    let all = batches(&plan(2, vec![load(500.0, 900)]));
    let mean = 450_000 / all.len();
    assert!((60..200).contains(&mean), "{mean} records a burst");
    let mut by_second = vec![0_usize; 901];
    for batch in &all {
        by_second[batch.at.ms_since(Timestamp::DEFAULT_EPOCH) as usize / 1_000] +=
            batch.events.len();
    }
    for (minute, seconds) in by_second.chunks(60).take(15).enumerate() {
        assert_eq!(seconds.iter().sum::<usize>(), 30_000, "minute {minute}");
    }
    let tens: Vec<usize> = by_second[..900].chunks(10).map(|s| s.iter().sum()).collect();
    assert!(tens.iter().all(|count| (2_000..9_000).contains(count)), "{tens:?}");
}

/// Accepted conversations of one minute by five-tuple, as one interface saw them.
type Talk = BTreeMap<(String, u16, String, u16, u8), (u64, u64)>;

#[test]
fn both_watched_ends_saw_the_same_connection() {
    let all = batches(&plan(1, vec![load(100.0, 900)]));
    let mut talks: BTreeMap<String, Talk> = BTreeMap::new();
    for line in all.iter().flat_map(|b| &b.events).map(|e| Line::read(&e.message)) {
        if line.action != "ACCEPT" || line.protocol != 6 {
            continue;
        }
        let key = (
            line.source.clone(),
            line.source_port,
            line.destination.clone(),
            line.destination_port,
            6,
        );
        let sums = talks.entry(line.interface.clone()).or_default().entry(key).or_default();
        sums.0 += line.packets;
        sums.1 += line.bytes;
    }
    let mut owners: BTreeMap<String, Vec<&Talk>> = BTreeMap::new();
    for talk in talks.values() {
        for key in talk.keys() {
            owners.entry(format!("{key:?}")).or_default().push(talk);
        }
    }
    let (mut shared, mut equal) = (0, 0);
    for talk in talks.values() {
        for (key, sums) in talk {
            let seen = &owners[&format!("{key:?}")];
            if seen.len() == 2 {
                shared += 1;
                equal += usize::from(seen.iter().all(|other| other[key] == *sums));
            }
        }
    }
    assert!(shared > 5_000, "{shared} connections were seen from two ends");
    assert!(
        equal * 100 > shared * 85,
        "{equal} of {shared} agree; the rest is cut by the run's ends"
    );
}

#[test]
fn impossible_plans_are_refused_in_a_sentence() {
    let refused = |change: fn(&mut TrafficPlan)| {
        let mut plan = plan(2, vec![load(1.0, 10)]);
        change(&mut plan);
        plan.traffic().expect_err("refused")
    };
    assert_eq!(refused(|p| p.accounts.clear()), PlanError::NoAccounts);
    assert_eq!(refused(|p| p.loads.clear()), PlanError::NoLoads);
    assert_eq!(
        refused(|p| p.worker = Worker { index: 3, count: 2 }).to_string(),
        "there is no worker 3 of 2: workers count from 0, so give 0 to 1 of 2"
    );
    assert!(matches!(refused(|p| p.accounts[1] = p.accounts[0]), PlanError::RepeatedAccount(_)));
    for rate in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e9] {
        let mut plan = plan(1, vec![load(1.0, 10)]);
        plan.loads[0].rate = Rate::per_second(rate);
        assert!(matches!(plan.traffic(), Err(PlanError::Rate { load: 1, .. })), "{rate}");
    }
    assert!(matches!(refused(|p| p.loads[0].duration_ms = 0), PlanError::Duration { .. }));
    assert!(matches!(refused(|p| p.start = Timestamp::from_ms(-1)), PlanError::Time { .. }));
    assert!(matches!(refused(|p| p.loads[0].duration_ms = i64::MAX), PlanError::Time { .. }));
    assert!(matches!(refused(|p| p.loads[0].rate = 0.01.into()), PlanError::NoEvents { .. }));
    assert!(matches!(
        refused(|p| p.loads[0].weights = vec![(AccountId::repeated(9), 1)]),
        PlanError::Weights { .. }
    ));
}
