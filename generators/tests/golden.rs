//! Golden digests: the same seed gives the same bytes, on every machine and by any number of
//! workers. A digest that changes is a change of what users have made with their seeds: do it
//! knowingly.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::time::Duration;

use common::plan;
use tributary_generators::{
    Batch, CloudTrail, FlowFormat, GuardDuty, Incident, Load, TrafficPlan, VpcFlowLogs, Worker,
};
use tributary_vocabulary::{Seed, stable_hash};

/// A plan with something of everything.
fn sample(seed: u64, load: Load) -> TrafficPlan {
    let mut plan = plan(3, vec![load]);
    (plan.seed, plan.world_seed) = (Seed::new(seed), Seed::new(seed));
    plan.incidents = Incident::ALL.to_vec();
    plan
}

fn batches(plan: &TrafficPlan) -> Vec<Batch> {
    plan.traffic().unwrap().collect()
}

/// A digest of times, streams and messages.
fn digest(batches: &[Batch]) -> String {
    let mut text = String::new();
    for batch in batches {
        text.push_str(&format!("{} {} {}\n", batch.at, batch.account, batch.log_stream));
        for event in &batch.events {
            text.push_str(&format!("{} {}\n", event.timestamp.ms(), event.message));
        }
    }
    format!("{:016x}", stable_hash(text.as_bytes()))
}

fn flow_logs() -> Load {
    VpcFlowLogs::per_second(60).lasting(Duration::from_secs(300))
}

#[test]
fn flow_logs_of_a_seed_never_change() {
    let custom: FlowFormat = "${version} ${vpc-id} ${subnet-id} ${instance-id} ${srcaddr} \
        ${dstaddr} ${pkt-srcaddr} ${pkt-dstaddr} ${tcp-flags} ${flow-direction} ${traffic-path} \
        ${az-id} ${ecs-task-arn} ${next-hop-interface-id} ${bytes} ${log-status}"
        .parse()
        .unwrap();
    let of = |seed: u64, format: FlowFormat| {
        let mut plan = sample(seed, flow_logs());
        plan.flow_format = format;
        digest(&batches(&plan))
    };
    let default = FlowFormat::default;
    let made = [of(7, default()), of(8, default()), of(7, custom)];
    assert_eq!(made, GOLDEN);
}

const GOLDEN: [&str; 3] = ["ea483de9101aa105", "dc026fef5ddd3699", "7f0c69c122b693ea"];

#[test]
fn workers_together_make_the_traffic_of_one_for_every_source() {
    let loads = [
        flow_logs(),
        CloudTrail::per_second(20).lasting(Duration::from_secs(300)),
        GuardDuty::per_second(1).lasting(Duration::from_secs(300)),
    ];
    let mut together = sample(7, flow_logs());
    together.loads.clear();
    for load in loads {
        let plan = sample(7, load.clone());
        together.loads.push(load);
        holds(plan);
    }
    holds(together);
}

/// That 1, 2, 3 and 7 workers make what one does.
fn holds(mut plan: TrafficPlan) {
    let whole = batches(&plan);
    let asked: u64 = plan
        .loads
        .iter()
        .map(|load| (load.rate.value() * load.duration_ms as f64 / 1_000.0) as u64)
        .sum();
    assert_eq!(whole.iter().map(|batch| batch.events.len() as u64).sum::<u64>(), asked);
    for count in [1, 2, 3, 7] {
        let mut parts = Vec::new();
        let mut planted = vec![[0; 3]; plan.incidents.len()];
        for index in 0..count {
            plan.worker = Worker { index, count };
            let mut traffic = plan.traffic().unwrap();
            parts.extend(traffic.by_ref());
            for (sum, (_, made)) in planted.iter_mut().zip(traffic.planted()) {
                for (sum, made) in sum.iter_mut().zip(made) {
                    *sum += made;
                }
            }
        }
        // A stable sort: what one worker makes for a stream keeps its order.
        parts.sort_by(|a, b| {
            (a.at, a.source, a.account, &a.log_stream).cmp(&(
                b.at,
                b.source,
                b.account,
                &b.log_stream,
            ))
        });
        assert_eq!(digest(&parts), digest(&whole), "{count} workers");
        plan.worker = Worker::ONLY;
        let mut traffic = plan.traffic().unwrap();
        traffic.by_ref().for_each(drop);
        let alone: Vec<[u64; 3]> = traffic.planted().map(|(_, made)| made).collect();
        assert_eq!(planted, alone, "{count} workers");
    }
}
