//! Lines and records a second of one core, each source by itself: `cargo bench -p
//! tributary-generators`. The figures of one machine are in `BASELINE.md`.

use std::time::{Duration, Instant};

use tributary_generators::{Load, TrafficPlan, VpcFlowLogs, Worker};
use tributary_vocabulary::{AccountId, Region, Seed, Timestamp};

fn plan(load: Load) -> TrafficPlan {
    TrafficPlan {
        seed: Seed::new(7),
        start: Timestamp::DEFAULT_EPOCH,
        region: Region::us_west_2(),
        accounts: (1..=4).map(AccountId::from_number).collect(),
        loads: vec![load],
        worker: Worker::ONLY,
    }
}

/// The best of several passes over one traffic, every event computed and written out anew.
fn measure(name: &str, load: Load) {
    let plan = plan(load);
    let mut out = Vec::with_capacity(64 << 20);
    let (mut best, mut events, mut bytes) = (f64::INFINITY, 0, 0);
    for _ in 0..5 {
        (events, bytes) = (0, 0);
        #[expect(clippy::disallowed_methods, reason = "a benchmark reads the wall clock")]
        let began = Instant::now();
        let Ok(mut traffic) = plan.traffic() else { return };
        while let Some(head) = traffic.write_plain(&mut out) {
            events += head.events;
            if out.len() > 32 << 20 {
                bytes += out.len();
                out.clear();
            }
        }
        bytes += out.len();
        out.clear();
        best = best.min(began.elapsed().as_secs_f64());
    }
    #[expect(clippy::print_stdout, reason = "a benchmark prints its result")]
    {
        let (each, all) = (events as f64 / best / 1e6, bytes as f64 / best / 1e6);
        println!(
            "{name:24} {each:7.2} M events/s {all:8.0} MB/s {:6.0} B",
            bytes as f64 / events as f64
        );
    }
}

fn main() {
    let lasting = |load: Load, seconds| load.lasting(Duration::from_secs(seconds));
    measure("vpc-flow-logs default", lasting(VpcFlowLogs::per_second(20_000), 120));
}
