//! `run.json`.

use std::io;

use serde::Serialize as _;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

use crate::model::Run;

/// The run as JSON, pretty-printed, with a newline at the end. Lists within lists, which are the
/// buckets of the histograms, stand on one line each.
///
/// # Errors
/// Never for a [`Run`]: it holds nothing that JSON cannot.
pub fn write(run: &Run) -> Result<String, serde_json::Error> {
    let mut bytes = Vec::new();
    let formatter = Buckets { pretty: PrettyFormatter::new(), open: Vec::new() };
    run.serialize(&mut Serializer::with_formatter(&mut bytes, formatter))?;
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(|error| serde_json::Error::io(io::Error::other(error)))
}

/// Pretty, but for lists within lists.
struct Buckets {
    pretty: PrettyFormatter<'static>,
    /// What is open, from the outside in: `true` for a list, `false` for an object.
    open: Vec<bool>,
}

impl Buckets {
    /// Whether the innermost list lies within another one.
    fn inner(&self) -> bool {
        self.open.ends_with(&[true, true])
    }
}

impl Formatter for Buckets {
    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open.push(true);
        if self.inner() { writer.write_all(b"[") } else { self.pretty.begin_array(writer) }
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        let inner = self.inner();
        self.open.pop();
        if inner { writer.write_all(b"]") } else { self.pretty.end_array(writer) }
    }

    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        if self.inner() {
            return if first { Ok(()) } else { writer.write_all(b", ") };
        }
        self.pretty.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.inner() { Ok(()) } else { self.pretty.end_array_value(writer) }
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open.push(false);
        self.pretty.begin_object(writer)
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open.pop();
        self.pretty.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.pretty.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{
        Cause, Counts, LatencyHistogram, Outcome, StageFigures, TransformFigures, Worker,
    };

    #[test]
    fn buckets_stand_on_one_line_and_the_fixed_names_in_their_order() {
        let text = write(&Run::example_loss()).unwrap();
        assert!(text.ends_with("}\n"));
        assert!(text.contains("\n        [2111, "), "{text}");
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(
            keys.join(" "),
            "schema scenario seed backend backend_is clock outcome exit_code simulated_s wall_s \
             trace_sha256 epoch repeat worker topology bridges skipped delivery stages shards transform checks \
             thresholds causes"
        );
        let delivery = value["delivery"].as_object().unwrap();
        let keys: Vec<&str> = delivery.keys().map(String::as_str).collect();
        assert_eq!(
            keys.join(" "),
            "generated accepted indexed backed_up dropped failed in_flight lost duplicated \
             corrupted leaked reordered late dropped_at_source by_source by_account"
        );
        assert_eq!(value["stages"][0]["latency_ms"]["p50"], serde_json::Value::Null);
    }

    #[test]
    fn two_runs_of_one_seed_differ_in_the_wall_clock_only() {
        let run = Run::example_passed();
        let mut other = run.clone();
        other.wall_s = 9.9;
        let transform = other.transform.as_mut().unwrap();
        (transform.cpu_s, transform.events_per_s) = (1.0, 2.0);
        (transform.mb_per_s, transform.floor_ratio) = (3.0, None);
        assert_ne!(run, other);
        assert_eq!(
            write(&run.clone().without_wall_clock()).unwrap(),
            write(&other.clone().without_wall_clock()).unwrap()
        );
        other.simulated_s += 1.0;
        assert_ne!(run.without_wall_clock(), other.without_wall_clock());
    }

    /// Seconds with milliseconds, as a run measures them.
    fn seconds() -> impl Strategy<Value = f64> {
        (0_u32..2_000_000_000).prop_map(|ms| f64::from(ms) / 1_000.0)
    }

    fn outcome() -> impl Strategy<Value = Outcome> {
        prop::sample::select(vec![
            Outcome::Passed,
            Outcome::Skipped,
            Outcome::Failed,
            Outcome::Aborted,
        ])
    }

    fn stage() -> impl Strategy<Value = StageFigures> {
        let latencies = prop::collection::vec(0_u64..10_000_000, 0..20);
        (any::<String>(), any::<u64>(), any::<u64>(), latencies).prop_map(
            |(name, events, throttled, latencies)| {
                let mut histogram = LatencyHistogram::default();
                latencies.iter().for_each(|&ms| histogram.record(ms));
                StageFigures { events, throttled, ..StageFigures::new(name) }
                    .with_latencies(histogram, latencies.iter().max().copied())
            },
        )
    }

    fn run() -> impl Strategy<Value = Run> {
        (
            (any::<String>(), any::<u64>(), outcome(), any::<u8>(), any::<i64>()),
            (seconds(), seconds(), any::<Option<(u64, u64)>>()),
            prop::collection::vec(stage(), 0..4),
            prop::collection::btree_map(any::<String>(), any::<u64>(), 0..4),
            (any::<bool>(), any::<String>(), any::<Option<String>>()),
        )
            .prop_map(|(head, times, stages, accounts, (some, text, policy))| {
                let (scenario, seed, outcome, exit_code, epoch) = head;
                let mut run = Run { outcome, exit_code, epoch, ..Run::example_loss() };
                (run.scenario, run.seed, run.stages) = (scenario, seed, stages);
                (run.simulated_s, run.wall_s) = (times.0, times.1);
                run.worker = times.2.map(|(index, of)| Worker { index, of });
                run.delivery.by_account = accounts
                    .into_iter()
                    .map(|(id, lost)| (id, Counts { lost, ..Counts::default() }))
                    .collect();
                run.transform = some.then(|| TransformFigures {
                    name: text.clone(),
                    cpu_s: times.0,
                    floor_ratio: (!some).then_some(times.1),
                    ..TransformFigures::default()
                });
                run.checks[0].evidence[0].event.message = text;
                run.causes.push(Cause { policy, ..Cause::default() });
                run
            })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(run in run()) {
            let text = write(&run).unwrap();
            prop_assert_eq!(&Run::from_json(&text).unwrap(), &run);
            prop_assert_eq!(write(&Run::from_json(&text).unwrap()).unwrap(), text);
        }
    }
}
