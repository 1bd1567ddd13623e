//! Runs on LocalStack: one that a bridge carried half of, and one that could not be judged there.

use super::*;

/// What LocalStack 4.14 cannot do.
const LACKS: [(&str, &str); 9] = [
    ("sources", "flow logs, trails and detectors are stored and publish nothing"),
    (
        "cross-account-destinations",
        "PutSubscriptionFilter refuses the ARN of a destination; the harness carries this hop",
    ),
    ("filter-patterns", "a filter pattern is stored and every event is delivered all the same"),
    ("shard-limits", "a shard takes whatever is put on it"),
    (
        "transform-execution",
        "Lambda needs images that are not there; the harness runs the transform",
    ),
    ("buffer-timing", "buffering hints are not observed: each call is delivered at once"),
    ("iam-enforced", "policies are stored and every call is let through"),
    ("virtual-time", "its clock is the machine's"),
    ("faults", "nothing can be planted between stages that the backend carries itself"),
];

fn lacks(requires: &str, reason: &str) -> Skipped {
    Skipped { requires: requires.to_owned(), reason: reason.to_owned() }
}

fn stages() -> Vec<StageFigures> {
    let stage = |name: &str, bytes_per_event: u64, ms: Option<[u64; 3]>| {
        let figures = StageFigures {
            events: 3_000,
            bytes: 3_000 * bytes_per_event,
            ..StageFigures::new(name)
        };
        ms.map_or(figures.clone(), |ms| latencies(figures, ms))
    };
    vec![
        stage("logs", 115, None),
        stage("subscription", 31, Some([98, 190, 214])),
        StageFigures {
            bridge: Some("subscription".to_owned()),
            ..stage("kinesis", 31, Some([710, 1_310, 1_404]))
        },
        stage("firehose", 31, None),
        StageFigures {
            bridge: Some("transform".to_owned()),
            ..stage("transform", 214, Some([1_240, 2_410, 2_598]))
        },
        stage("opensearch", 231, None),
        stage("s3", 31, Some([2_900, 5_100, 5_322])),
    ]
}

impl Run {
    /// Everything arrived on LocalStack and OpenSearch, two hops of it carried by the harness.
    pub(crate) fn example_containers() -> Self {
        let passed = Self::example_passed();
        let bridge = Some("subscription".to_owned());
        let thirds = ["111111111111", "222222222222", "333333333333"];
        let by_account: BTreeMap<_, _> =
            thirds.into_iter().map(|id| (id.to_owned(), counts(1_000, 0, 0))).collect();
        let total = counts(3_000, 0, 0);
        let by_source = BTreeMap::from([("vpc-flow-logs".to_owned(), total.clone())]);
        Self {
            outcome: Outcome::Passed,
            exit_code: 0,
            backend: "containers".to_owned(),
            backend_is: Some("LocalStack 4.14.0 · OpenSearch 3.8.0".to_owned()),
            clock: "real".to_owned(),
            simulated_s: 71.402,
            wall_s: 118.733,
            trace_sha256: String::new(),
            epoch: 1_795_392_000_000,
            repeat: "tributary run centralized-logging --backend containers --seed 7".to_owned(),
            topology: Topology { rate_per_s: 50.0, duration_s: 60.0, ..passed.topology },
            bridges: [
                "subscription: a subscription filter of LocalStack delivers within its own account \
                 only, so the harness read tributary-outbox of 2 accounts and put 68 records on \
                 Demo_Kinesis_Stream",
                "transform: LocalStack runs no function, so the harness ran builtin and put 3 000 \
                 documents on Demo_Firehose_Documents",
            ]
            .map(str::to_owned)
            .to_vec(),
            skipped: LACKS.map(|(requires, reason)| lacks(requires, reason)).to_vec(),
            delivery: Delivery { total, by_source, by_account },
            stages: stages(),
            shards: passed
                .shards
                .into_iter()
                .map(|shard| ShardFigures {
                    records: shard.records / 120,
                    bytes: shard.bytes / 120,
                    utilisation_max: shard.utilisation_max / 20.0,
                    bridge: bridge.clone(),
                    ..shard
                })
                .collect(),
            transform: passed.transform.map(|figures| TransformFigures {
                invocations: 21,
                records_in: 68,
                bytes_in: 93_000,
                bytes_out: 642_000,
                cpu_s: 0.001,
                bridge: Some("transform".to_owned()),
                ..figures
            }),
            checks: vec![
                Check::passed(
                    LOSS,
                    "every event is in OpenSearch (3 000 of 3 000) and in s3://demo-logs-s3",
                ),
                Check::passed("delivery.duplicate", "no event is there twice"),
                Check::new(
                    "delivery.leak",
                    Outcome::Skipped,
                    "whether policies keep accounts apart was not looked at: this backend enforces none",
                ),
            ],
            thresholds: Vec::new(),
            ..Self::new("centralized-logging", 7)
        }
    }

    /// A scenario about filter patterns, on a backend that ignores them.
    pub(crate) fn example_skipped() -> Self {
        let containers = Self::example_containers();
        Self {
            outcome: Outcome::Skipped,
            exit_code: 0,
            wall_s: 4.018,
            backend: containers.backend,
            backend_is: containers.backend_is,
            clock: containers.clock,
            epoch: containers.epoch,
            repeat: containers.repeat.replace("centralized-logging", "filter-pattern-excludes"),
            topology: containers.topology,
            skipped: vec![lacks(LACKS[2].0, LACKS[2].1)],
            ..Self::new("filter-pattern-excludes", 7)
        }
    }
}
