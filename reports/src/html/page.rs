//! What the template is given.

use askama::Template;

use super::table::{self, Row};
use super::tiles::{Tile, tiles};
use super::{flow, latency, shards};
use crate::bridged::{self, BEHIND, Bridge, CARRIED};
use crate::model::{Cause, Check, Evidence, Outcome, Run, StageFigures, Threshold};
use crate::story::{self, Stop};
use crate::words::{self, NARROW, NONE, clean, count, span, wall};
use crate::{facts, omitted};

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
    bridges: Vec<Bridge<'a>>,
    unmarked: Vec<&'a str>,
    delays: bool,
    note: Option<String>,
    facts: Vec<(&'static str, String)>,
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
            bridges: bridged::of(run),
            unmarked: bridged::unmarked(run),
            delays: bridged::delays(run),
            note: omitted::note(run),
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
        let mut passed = self.run.checks.iter().filter(|it| it.outcome == Outcome::Passed);
        let sentence = match (bad, threshold, passed.next()) {
            (Some(check), ..) => check.sentence.clone(),
            (None, Some(threshold), _) => {
                format!("{} does not hold: {}", threshold.source, self.measured(threshold))
            }
            _ if self.run.outcome == Outcome::Skipped => omitted::not_judged(self.run),
            (None, None, Some(check)) if !self.run.outcome.is_bad() => check.sentence.clone(),
            _ if self.run.outcome.is_bad() => {
                format!("the run ended with exit code {}", self.run.exit_code)
            }
            _ => "nothing was checked".to_owned(),
        };
        clean(&sentence)
    }

    fn size(&self) -> String {
        clean(&facts::of(self.run, NARROW).join(" · "))
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

    fn mark(&self) -> char {
        bridged::MARK
    }

    /// What the mark on a tile means.
    fn carried(&self) -> String {
        let names: Vec<&str> = self.bridges.iter().map(|bridge| bridge.name).collect();
        self.title(&names.join(", "))
    }

    fn behind(&self) -> &'static str {
        BEHIND
    }

    /// `What this backend cannot do`, as a head.
    fn cannot(&self) -> String {
        let mut title = omitted::TITLE.to_owned();
        if let Some(first) = title.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        title
    }

    fn is_skipped(&self, outcome: &Outcome) -> bool {
        *outcome == Outcome::Skipped
    }

    fn title(&self, bridge: &str) -> String {
        clean(&format!("{CARRIED}: {bridge}"))
    }

    /// The bridges of the shards, for the words beside their picture.
    fn shard_bridges(&self) -> String {
        let names = self.run.shards.iter().filter_map(|shard| shard.bridge.as_deref());
        let names: std::collections::BTreeSet<&str> = names.collect();
        clean(&names.into_iter().collect::<Vec<_>>().join(", "))
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

fn run_facts(run: &Run) -> Vec<(&'static str, String)> {
    let note = omitted::note(run).map(|note| format!(", {note}")).unwrap_or_default();
    let outcome = format!("{}{note}, exit code {}", run.outcome, run.exit_code);
    let mut facts = vec![
        ("scenario", run.scenario.clone()),
        ("outcome", outcome),
        ("seed", run.seed.to_string()),
        ("backend", facts::backend(run)),
        ("clock", format!("{}, from {}", run.clock, words::moment(run.epoch))),
    ];
    if facts::simulated(run) {
        facts.push(("simulated", span(run.simulated_s)));
    }
    facts.push(("real time", wall(run.wall_s)));
    if run.topology.accounts > 0 {
        let size = &run.topology;
        let accounts = facts::plural(size.accounts, "account", NARROW);
        let members = facts::plural(size.members, "member", NARROW);
        facts.push(("topology", format!("{accounts}, {members} among them, in {}", size.region)));
    }
    if let Some(transform) = &run.transform {
        facts.push(("transform", bridged::marked(&transform.name, transform.bridge.as_deref())));
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
