//! Events a second of one core, each source and form by itself: `cargo bench -p
//! tributary-generators`. The figures of one machine are in `BASELINE.md`.

use std::time::{Duration, Instant};

use tributary_generators::{
    CloudTrail, Form, GuardDuty, Incident, Load, Rows, TrafficPlan, VpcFlowLogs,
};
use tributary_vocabulary::{AccountId, Seed};

fn plan(load: Load) -> TrafficPlan {
    TrafficPlan {
        seed: Seed::new(7),
        accounts: (1..=4).map(AccountId::from_number).collect(),
        loads: vec![load],
        ..TrafficPlan::default()
    }
}

/// The best of several passes over one traffic, every event computed and written out anew.
fn measure(name: &str, plan: &TrafficPlan, form: Form) {
    let mut out = Vec::with_capacity(64 << 20);
    let (mut best, mut events, mut bytes) = (f64::INFINITY, 0, 0);
    for _ in 0..5 {
        (events, bytes) = (0, 0);
        let clock = Clock::start();
        let Ok(mut traffic) = plan.traffic() else { return };
        let mut rows = Rows::new(form, plan.accounts.clone());
        while let Some(head) = rows.next(&mut traffic, &mut out) {
            events += head.events;
            if out.len() > 32 << 20 {
                bytes += out.len();
                out.clear();
            }
        }
        bytes += out.len();
        out.clear();
        best = best.min(clock.seconds());
    }
    #[expect(clippy::print_stdout, reason = "a benchmark prints its result")]
    {
        let (each, all) = (events as f64 / best / 1e6, bytes as f64 / best / 1e6);
        println!(
            "{name:28} {each:7.2} M events/s {all:8.0} MB/s {:6.0} B",
            bytes as f64 / events as f64
        );
    }
}

/// Seconds of the processor that this thread had, so that neighbours on the machine do not count;
/// seconds of the wall where the system does not tell.
struct Clock {
    wall: Instant,
    cpu_ns: Option<u64>,
}

impl Clock {
    #[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
    fn start() -> Self {
        Self { wall: Instant::now(), cpu_ns: cpu_ns() }
    }

    fn seconds(&self) -> f64 {
        match (self.cpu_ns, cpu_ns()) {
            (Some(from), Some(to)) => (to - from) as f64 / 1e9,
            _ => self.wall.elapsed().as_secs_f64(),
        }
    }
}

fn cpu_ns() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok()
}

fn main() {
    let lasting = |load: Load, seconds| load.lasting(Duration::from_secs(seconds));
    let flows = || plan(lasting(VpcFlowLogs::per_second(20_000), 120));
    measure("vpc-flow-logs default", &flows(), Form::Plain);
    let mut custom = flows();
    let fields = "version account-id vpc-id subnet-id instance-id interface-id srcaddr dstaddr \
        srcport dstport protocol packets bytes start end action log-status tcp-flags pkt-srcaddr \
        pkt-dstaddr flow-direction traffic-path";
    if let Ok(format) = fields.parse() {
        custom.flow_format = format;
        measure("vpc-flow-logs 22 fields", &custom, Form::Plain);
    }
    let mut attacked = flows();
    attacked.incidents = Incident::ALL.to_vec();
    measure("vpc-flow-logs, six incidents", &attacked, Form::Plain);
    measure("vpc-flow-logs log-events", &flows(), Form::LogEvents);
    let few = plan(lasting(VpcFlowLogs::per_second(5_000), 60));
    measure("vpc-flow-logs envelopes", &few, Form::Envelopes);
    measure("cloudtrail", &plan(lasting(CloudTrail::per_second(5_000), 120)), Form::Plain);
    measure("guardduty", &plan(lasting(GuardDuty::per_second(500), 120)), Form::Plain);
}
