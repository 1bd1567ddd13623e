//! Runs for tests: one that passed, one that lost events, one that a policy stopped, and two on
//! containers.

mod containers;

use std::collections::BTreeMap;

use super::*;

const REPEAT: &str = "tributary run centralized-logging --seed 7";
const LOSS: &str = "delivery.loss";

/// Latencies that crowd around the median and thin out towards the slowest.
fn latencies(stage: StageFigures, [p50, p99, max]: [u64; 3]) -> StageFigures {
    let mut histogram = LatencyHistogram::default();
    for step in 0..50 {
        histogram.record_many(p50 - (p99 - p50) * step / 60, stage.events / 100);
        histogram.record_many(p50 + (p99 - p50) * step * step / 2_401, stage.events / 100 - 1);
    }
    histogram.record_many(max, stage.events - histogram.count());
    stage.with_latencies(histogram, Some(max))
}

fn stages(arrived: [u64; 7]) -> Vec<StageFigures> {
    let names = ["logs", "subscription", "kinesis", "firehose", "transform", "opensearch", "s3"];
    let bytes_per_event = [115, 27, 27, 27, 214, 231, 27];
    let ms = [
        [0; 3],
        [1_210, 1_980, 2_104],
        [1_301, 2_204, 2_911],
        [64_010, 119_020, 121_000],
        [64_030, 119_040, 121_020],
        [361_200, 364_000, 366_100],
        [301_000, 303_100, 304_000],
    ];
    let mut stages = Vec::new();
    for ((name, events), (bytes, ms)) in
        names.into_iter().zip(arrived).zip(bytes_per_event.into_iter().zip(ms))
    {
        let stage = StageFigures { events, bytes: events * bytes, ..StageFigures::new(name) };
        stages.push(if ms == [0; 3] { stage } else { latencies(stage, ms) });
    }
    stages
}

/// What became of an account's events: `failed` ones are in the backup, `lost` ones nowhere.
fn counts(generated: u64, failed: u64, lost: u64) -> Counts {
    Counts {
        generated,
        accepted: generated,
        indexed: generated - failed - lost,
        backed_up: generated - lost,
        failed,
        lost,
        ..Counts::default()
    }
}

fn delivery(missing_by_account: [(&str, u64, u64); 3]) -> Delivery {
    let by_account: BTreeMap<_, _> = missing_by_account
        .into_iter()
        .map(|(account, failed, lost)| (account.to_owned(), counts(150_000, failed, lost)))
        .collect();
    let mut total = Counts::default();
    for account in by_account.values() {
        total.add(account);
    }
    let by_source = BTreeMap::from([("vpc-flow-logs".to_owned(), total.clone())]);
    Delivery { total, by_source, by_account }
}

fn shards() -> Vec<ShardFigures> {
    let shard = |number: u64, records, utilisation_max| ShardFigures {
        shard_id: format!("shardId-{number:012}"),
        records,
        bytes: records * 1_350,
        throttled: 0,
        utilisation_max,
        bridge: None,
    };
    vec![
        shard(0, 2_310, 0.412),
        shard(1, 1_980, 0.365),
        shard(2, 2_640, 0.781),
        shard(3, 2_070, 0.39),
    ]
}

fn evidence(account: &str, second: i64, cause: &str, stage: Option<&str>) -> Evidence {
    let start = 1_767_225_600 + second;
    Evidence {
        event: EventRef {
            account: account.to_owned(),
            source: "vpc-flow-logs".to_owned(),
            log_group: "cwl_vpc_fl_member_account_1".to_owned(),
            log_stream: "eni-0a1b2c3d4e5f60718-all".to_owned(),
            timestamp: start * 1_000 + 211,
            message: format!(
                "2 {account} eni-0a1b2c3d4e5f60718 10.0.3.17 10.0.9.{second} 44312 443 6 18 9612 \
                 {start} {} ACCEPT OK",
                start + 59
            ),
        },
        last_stage: if stage.is_some() { "firehose" } else { "logs" }.to_owned(),
        cause: cause.to_owned(),
        stage: stage.map(str::to_owned),
        detail: String::new(),
    }
}

impl Run {
    /// Everything arrived, and every threshold held.
    pub(crate) fn example_passed() -> Self {
        Self {
            outcome: Outcome::Passed,
            exit_code: 0,
            simulated_s: 900.0,
            wall_s: 1.912,
            trace_sha256: "5b0a".repeat(16),
            epoch: 1_767_225_600_000,
            repeat: REPEAT.to_owned(),
            topology: Topology {
                accounts: 3,
                members: 2,
                shards: 4,
                region: "us-west-2".to_owned(),
                rate_per_s: 500.0,
                duration_s: 900.0,
            },
            delivery: delivery([
                ("111111111111", 0, 0),
                ("222222222222", 0, 0),
                ("333333333333", 0, 0),
            ]),
            stages: stages([450_000; 7]),
            shards: shards(),
            transform: Some(TransformFigures {
                name: "builtin".to_owned(),
                invocations: 412,
                records_in: 9_000,
                bytes_in: 12_150_000,
                bytes_out: 96_300_000,
                cpu_s: 0.119,
                events_per_s: 3_781_512.6,
                mb_per_s: 812.0,
                floor_ratio: Some(1.22),
                bridge: None,
            }),
            checks: vec![
                Check::passed(
                    LOSS,
                    "every event is in OpenSearch (450 000 of 450 000) and in s3://demo-logs-s3",
                ),
                Check::passed("delivery.duplicate", "no event is there twice"),
                Check::passed("delivery.order", "every log stream is in order"),
            ],
            thresholds: vec![Threshold {
                source: "latency.opensearch.p99 < 10 min".to_owned(),
                actual: Some(364.0),
                unit: "s".to_owned(),
                outcome: Outcome::Passed,
            }],
            ..Self::new("centralized-logging", 7)
        }
    }

    /// A transform loses events.
    pub(crate) fn example_loss() -> Self {
        let cause = "3 invocations answered without some of the records they were given: 1 control \
                     message, 14 others. Firehose gave them up as Lambda.MissingRecordId; they lie in \
                     s3://demo-logs-s3/processing-failed/";
        let delivery =
            delivery([("111111111111", 0, 0), ("222222222222", 1_204, 0), ("333333333333", 0, 0)]);
        let found = |second| evidence("222222222222", second, cause, Some("transform"));
        let mut run = Self::example_passed();
        let transform = run.transform.take();
        Self {
            scenario: "centralized-logging-as-published".to_owned(),
            repeat: "tributary run scenarios/centralized-logging-as-published --seed 7".to_owned(),
            outcome: Outcome::Failed,
            exit_code: 100,
            wall_s: 2.304,
            delivery,
            stages: stages([450_000, 450_000, 450_000, 450_000, 448_796, 448_796, 450_000]),
            transform: transform.map(|figures| TransformFigures {
                name: "python:handler.py:cloudwatch_handler".to_owned(),
                mb_per_s: 41.3,
                floor_ratio: Some(24.1),
                ..figures
            }),
            checks: vec![
                Check {
                    evidence: [4, 5, 9, 11, 12].map(found).to_vec(),
                    ..Check::failed(LOSS, "1 204 of 450 000 events are not in OpenSearch", 1_204)
                },
                Check::passed("delivery.duplicate", "no event is there twice"),
                Check::new(
                    "delivery.order",
                    Outcome::Skipped,
                    "order was not looked at: the endpoint gives no sequence numbers",
                ),
            ],
            thresholds: vec![Threshold {
                source: "delivery.lost == 0".to_owned(),
                actual: Some(1_204.0),
                unit: "events".to_owned(),
                outcome: Outcome::Failed,
            }],
            causes: vec![Cause {
                stage: "transform".to_owned(),
                cause: cause.to_owned(),
                events: 1_204,
                explanation: vec![
                    "the handler returns from inside its loop when it meets a CONTROL_MESSAGE  \
                     handler.py:14"
                        .to_owned(),
                ],
                check: Some(LOSS.to_owned()),
                see: Some(
                    "tributary transform check python:handler.py:cloudwatch_handler".to_owned(),
                ),
                ..Cause::default()
            }],
            ..run
        }
    }

    /// A destination policy keeps one account out.
    pub(crate) fn example_refused() -> Self {
        let cause = "PutSubscriptionFilter was refused";
        let found = |second| {
            evidence("333333333333", second, cause, Some("subscription")).last_seen("logs")
        };
        Self {
            outcome: Outcome::Failed,
            exit_code: 100,
            delivery: delivery([("111111111111", 0, 0), ("222222222222", 0, 0), ("333333333333", 0, 150_000)]),
            stages: stages([450_000, 300_000, 300_000, 300_000, 300_000, 300_000, 300_000]),
            checks: vec![Check {
                evidence: [0, 1, 2, 3, 4].map(found).to_vec(),
                ..Check::failed(LOSS, "no event of account 333333333333 arrived", 150_000)
            }],
            causes: vec![
                Cause {
                    stage: "subscription".to_owned(),
                    cause: cause.to_owned(),
                    events: 150_000,
                    policy: Some(r#"policies/destination.json:9   "AWS": ["222222222222"]"#.to_owned()),
                    explanation: [
                        "destination kinesisDest (111111111111) admits 222222222222 only",
                        "logs:PutSubscriptionFilter on \
                         arn:aws:logs:us-west-2:111111111111:destination:kinesisDest",
                        "identity side: allowed (root of 333333333333) · resource side: no statement \
                         matches this account",
                    ]
                    .map(str::to_owned)
                    .to_vec(),
                    check: Some(LOSS.to_owned()),
                    mend: Some(
                        r#"add "333333333333" to the list, then  tributary run centralized-logging"#
                            .to_owned(),
                    ),
                    see: None,
                },
                Cause {
                    stage: "transform".to_owned(),
                    cause: "control messages, which a transform drops".to_owned(),
                    events: 2,
                    ..Cause::default()
                },
            ],
            ..Self::example_passed()
        }
    }
}

impl Evidence {
    fn last_seen(self, stage: &str) -> Self {
        Self { last_stage: stage.to_owned(), ..self }
    }
}
