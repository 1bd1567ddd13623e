//! What the template is given.

use askama::Template;

use super::table::{self, Row};
use super::{flow, latency, shards};
use crate::facts;
use crate::model::{Cause, Check, Evidence, Outcome, Run, StageFigures, Threshold};
use crate::story::{self, Stop};
use crate::words::{self, NARROW, NONE, clean, count, decimal, percent, span, wall};

/// The page; its methods are the words that the template asks for.
#[derive(Template)]
#[template(path = "report.html")]
pub(super) struct Page<'a> {
    run: &'a Run,
    flow: Option<String>,
    latencies: Option<String>,
    shards: Option<String>,
    tiles: Vec<Tile>,
    failures: Vec<Failure<'a>>,
    delivery: Vec<Row<'a>>,
    heads: [&'static str; 11],
    wanted: Vec<&'a Cause>,
    facts: Vec<(&'static str, String)>,
}

/// A figure that is worth a glance.
struct Tile {
    label: &'static str,
    figure: String,
    note: String,
    bad: bool,
}

/// A check that did not hold, and its story.
struct Failure<'a> {
    check: &'a Check,
    stops: Vec<Told<'a>>,
}

/// A place where events stopped, and the sentence about it.
struct Told<'a> {
    stop: Stop<'a>,
    place: [String; 3],
}

impl<'a> Page<'a> {
    pub(super) fn new(run: &'a Run) -> Self {
        let told = |check: &'a Check| {
            let stops = story::stops(run, check);
            let stops =
                stops.into_iter().map(|stop| Told { place: stop.place(run, check, NARROW), stop });
            Failure { check, stops: stops.collect() }
        };
        Self {
            run,
            flow: flow::draw(run),
            latencies: latency::draw(run),
            shards: shards::draw(run),
            tiles: tiles(run),
            failures: run.checks.iter().filter(|check| check.outcome.is_bad()).map(told).collect(),
            delivery: table::rows(run),
            heads: table::HEADS,
            wanted: story::wanted(run),
            facts: run_facts(run),
        }
    }

    fn verdict(&self) -> &'static str {
        match self.run.outcome {
            Outcome::Passed => "Passed",
            Outcome::Skipped => "Skipped",
            Outcome::Failed => "Failed",
            Outcome::Aborted => "Aborted",
        }
    }

    /// The one sentence under the verdict: what went wrong first, else what was promised first.
    fn sentence(&self) -> String {
        let bad = self.run.checks.iter().find(|check| check.outcome.is_bad());
        let threshold = self.run.thresholds.iter().find(|threshold| threshold.outcome.is_bad());
        let sentence = match (bad, threshold, self.run.checks.first()) {
            (Some(check), ..) => check.sentence.clone(),
            (None, Some(threshold), _) => {
                format!("{} does not hold: {}", threshold.source, self.measured(threshold))
            }
            (None, None, Some(check)) if !self.run.outcome.is_bad() => check.sentence.clone(),
            _ if self.run.outcome.is_bad() => {
                format!("the run ended with exit code {}", self.run.exit_code)
            }
            _ => "nothing was checked".to_owned(),
        };
        clean(&sentence)
    }

    fn size(&self) -> String {
        facts::of(self.run, NARROW).join(" · ")
    }

    fn count(&self, number: &u64) -> String {
        count(*number, NARROW)
    }

    fn bytes(&self, bytes: &u64) -> String {
        words::bytes(*bytes)
    }

    fn time(&self, ms: &Option<u64>) -> String {
        ms.map_or_else(|| NONE.to_owned(), words::latency)
    }

    fn moment(&self, ms: &i64) -> String {
        words::moment(*ms)
    }

    fn clean(&self, text: &str) -> String {
        clean(text)
    }

    fn throttled(&self, stage: &StageFigures) -> String {
        words::throttled(stage, NARROW)
    }

    fn measured(&self, threshold: &Threshold) -> String {
        story::measured(threshold, NARROW)
    }

    /// How many events a check's evidence leaves out.
    fn more(&self, told: &Told<'_>) -> u64 {
        let shown: &[&Evidence] = &told.stop.evidence;
        told.stop.events.saturating_sub(shown.len() as u64)
    }
}

fn tiles(run: &Run) -> Vec<Tile> {
    let total = &run.delivery.total;
    let mut tiles = Vec::new();
    if total.generated > 0 {
        let missing = total.generated.saturating_sub(total.indexed + total.dropped);
        tiles.push(Tile {
            label: "in OpenSearch",
            figure: percent(total.indexed, total.generated),
            note: format!("{} of {}", count(total.indexed, NARROW), count(total.generated, NARROW)),
            bad: missing > 0,
        });
        tiles.push(Tile {
            label: "in the backup",
            figure: percent(total.backed_up, total.generated),
            note: facts::plural(total.backed_up, "event", NARROW),
            bad: false,
        });
    }
    let end = run.stages.iter().find(|stage| stage.stage == "opensearch");
    if let Some((p99, stage)) = end.and_then(|stage| Some((stage.latency_ms.p99?, stage))) {
        let slowest = stage.latency_ms.max.map_or_else(|| NONE.to_owned(), words::latency);
        tiles.push(Tile {
            label: "p99 to OpenSearch",
            figure: words::latency(p99),
            note: format!("max {slowest}"),
            bad: false,
        });
    }
    if let Some(transform) = run.transform.as_ref().filter(|used| used.mb_per_s > 0.0) {
        let floor =
            transform.floor_ratio.map(|ratio| format!("{}× floor", decimal(ratio, 2, NARROW)));
        tiles.push(Tile {
            label: "transform",
            figure: format!("{} MB/s", decimal(transform.mb_per_s, 0, NARROW)),
            note: floor.unwrap_or_else(|| "per processor second".to_owned()),
            bad: false,
        });
    }
    if run.simulated_s > 0.0 {
        tiles.push(Tile {
            label: "simulated",
            figure: span(run.simulated_s),
            note: format!("in {}", wall(run.wall_s)),
            bad: false,
        });
    }
    tiles
}

fn run_facts(run: &Run) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        ("scenario", run.scenario.clone()),
        ("outcome", format!("{}, exit code {}", run.outcome, run.exit_code)),
        ("seed", run.seed.to_string()),
        ("backend", run.backend.clone()),
        ("clock", format!("{}, from {}", run.clock, words::moment(run.epoch))),
        ("simulated", span(run.simulated_s)),
        ("real time", wall(run.wall_s)),
    ];
    if run.topology.accounts > 0 {
        let size = &run.topology;
        let accounts = facts::plural(size.accounts, "account", NARROW);
        let members = facts::plural(size.members, "member", NARROW);
        facts.push(("topology", format!("{accounts}, {members} among them, in {}", size.region)));
    }
    if let Some(transform) = &run.transform {
        facts.push(("transform", transform.name.clone()));
        let invocations = facts::plural(transform.invocations, "invocation", NARROW);
        let records = facts::plural(transform.records_in, "record", NARROW);
        let (bytes_in, bytes_out) =
            (words::bytes(transform.bytes_in), words::bytes(transform.bytes_out));
        facts.push(("", format!("{invocations}, {records}, {bytes_in} in, {bytes_out} out")));
    }
    let total = &run.delivery.total;
    for (name, events) in [
        ("out of order", total.reordered),
        ("sent late", total.late),
        ("never sent", total.dropped_at_source),
    ] {
        if events > 0 {
            facts.push((name, facts::plural(events, "event", NARROW)));
        }
    }
    if !run.trace_sha256.is_empty() {
        facts.push(("trace", run.trace_sha256.clone()));
    }
    facts
}
