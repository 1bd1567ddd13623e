//! What holds whatever is refused on the way.

use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
struct Plan {
    records: Vec<String>,
    throttled: u32,
    objects_refused: usize,
    seed_of_failures: u64,
}

fn plan() -> impl Strategy<Value = Plan> {
    let text = prop_oneof![Just("drop"), Just("fail"), Just("a"), Just("bad")];
    (prop::collection::vec(text, 1..30), 0_u32..5, 0_usize..4, any::<u64>()).prop_map(
        |(kinds, throttled, objects_refused, seed_of_failures)| Plan {
            records: kinds.iter().enumerate().map(|(n, kind)| format!("{kind}-{n}")).collect(),
            throttled,
            objects_refused,
            seed_of_failures,
        },
    )
}

fn run(plan: &Plan) -> Bench {
    let mut bench = Bench::new(2);
    let now = [("BufferIntervalInSeconds", "1"), ("BufferSizeInMBs", "1")];
    bench.create(&search_input(&now, "AllDocuments"));
    bench.fake().refuse.push(("bad-", 400, u32::MAX));
    bench.fake().refuse.push(("a-", 429, plan.throttled));
    for _ in 0..plan.objects_refused {
        let slow = crate::kernel::ServiceError::client("SlowDown", "slow").status(503);
        bench.fake().put_errors.push_back(slow);
    }
    let mut failures = plan.seed_of_failures;
    bench.function = Box::new(move |event| {
        failures = failures.rotate_left(7).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        if failures.is_multiple_of(4) {
            super::super::testing::raised("E")
        } else {
            super::super::testing::transform(event)
        }
    });
    for (number, text) in plan.records.iter().enumerate() {
        bench.put(&format!("key-{}", number % 5), text);
        if number % 7 == 0 {
            bench.wait_s(2);
        }
    }
    bench.settle();
    bench
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn every_record_ends_in_one_place(plan in plan()) {
        let bench = run(&plan);
        prop_assert!(bench.world.firehose_pending().is_empty());
        let (_, told) = bench.world.firehose_statistics().next().expect("a stream");
        let count = plan.records.len() as u64;
        prop_assert_eq!(told.ingested, count);
        prop_assert_eq!(told.backed_up, count);
        prop_assert_eq!(
            told.delivered + told.dropped + told.processing_failed + told.delivery_failed + told.lost,
            count,
            "{:?}", told
        );
        let heard = bench.heard.lock().expect("no panic");
        prop_assert_eq!(heard.indexed.len() as u64, told.delivered);
        prop_assert_eq!(heard.backed_up.len() as u64, count);
    }

    #[test]
    fn the_same_run_leaves_the_same_trace(plan in plan()) {
        prop_assert_eq!(run(&plan).world.trace_sha256(), run(&plan).world.trace_sha256());
    }
}
