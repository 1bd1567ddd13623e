//! The figures of a run: stages, shards, transform, size.

use tributary_generators::{Load, Worker};
use tributary_reports::{Delivery, Run, ShardFigures, StageFigures, Topology, TransformFigures};
use tributary_vocabulary::Stage;

use crate::bridge::{BridgeFigures, BridgeTransform};
use crate::driver::{Core, TransformTotals};
use crate::lab::LabParts;
use crate::ledger::Ledger;
use crate::load::Sent;

/// A run with all its figures, and nothing judged yet.
pub(super) fn figures(parts: &LabParts<'_>, core: Option<&Core>, ledger: &Ledger) -> Run {
    let settings = parts.settings;
    let mut run = Run::new(settings.scenario.clone(), settings.seed);
    run.clock = settings.clock.name().to_owned();
    run.epoch = settings.epoch.ms();
    run.repeat.clone_from(&settings.repeat);
    // The world, where there is one, is locked here.
    let now = core.map_or_else(|| parts.ground.now(), Core::now);
    run.simulated_s = seconds(now.ms_since(settings.epoch));
    run.wall_s = round(parts.wall.elapsed().as_secs_f64(), 1000.0);
    run.trace_sha256 = core.map(|core| core.world.trace_sha256()).unwrap_or_default();
    run.topology = topology(parts);
    run.stages = Stage::ALL.into_iter().map(|stage| stage_figures(ledger, stage)).collect();
    match (core, parts.bridges) {
        (Some(core), _) => {
            run.shards = shards(parts, core);
            let (name, totals) = (core.functions.name(), core.functions.totals());
            run.transform = Some(transform(name, totals, ledger));
        }
        (None, Some(bridges)) => carried(bridges.figures(), ledger, &mut run),
        (None, None) => {}
    }
    run
}

/// What the harness counted where it carried events itself.
fn carried(figures: BridgeFigures, ledger: &Ledger, run: &mut Run) {
    run.shards = figures
        .shards
        .into_iter()
        .map(|(shard_id, shard)| ShardFigures {
            shard_id,
            records: shard.records,
            bytes: shard.bytes,
            throttled: shard.throttled,
            utilisation_max: round(shard.utilisation_max, 10_000.0),
            ..ShardFigures::default()
        })
        .collect();
    run.transform = figures.transform.map(|ran| {
        let BridgeTransform { invocations, bytes_in, bytes_out, cpu, .. } = ran;
        let totals = TransformTotals { invocations, bytes_in, bytes_out, cpu };
        transform(&ran.name, totals, ledger)
    });
}

fn topology(parts: &LabParts<'_>) -> Topology {
    let plan = parts.plan;
    let mut topology = Topology {
        accounts: plan.accounts.members.len() as u64 + 1,
        members: plan.accounts.members.len() as u64,
        shards: u64::from(plan.shards),
        region: plan.names.region.to_string(),
        rate_per_s: 0.0,
        duration_s: 0.0,
    };
    for sent in &parts.sent {
        topology.duration_s += seconds(sent.ended.ms_since(sent.plan.start));
    }
    if let Some(first) = parts.sent.first() {
        let rate: f64 = first.plan.loads.iter().map(|load| load.rate.events_per_second()).sum();
        topology.rate_per_s = rate * share(first);
    }
    topology
}

/// Which part of the load fell to this worker.
#[expect(clippy::cast_precision_loss, reason = "exact below 2^53 events")]
fn share(sent: &Sent) -> f64 {
    if sent.plan.worker == Worker::ONLY {
        return 1.0;
    }
    let of_all = |load: &Load| match load.count {
        Some(count) => count as f64,
        None => load.rate.events_per_second() * seconds(load.duration_ms),
    };
    let all: f64 = sent.plan.loads.iter().map(of_all).sum();
    if all > 0.0 { sent.truth.events as f64 / all } else { 0.0 }
}

fn stage_figures(ledger: &Ledger, stage: Stage) -> StageFigures {
    let book = &ledger.stages[stage.index()];
    let mut figures = StageFigures::new(stage.name());
    figures.events = book.events;
    figures.bytes = book.bytes;
    figures.throttled = book.throttled;
    if stage == Stage::Logs {
        // Events are accepted in the call that sends them: there is no latency to tell of.
        return figures;
    }
    figures.with_latencies(book.latencies.clone(), book.max_ms)
}

fn shards(parts: &LabParts<'_>, core: &Core) -> Vec<ShardFigures> {
    core.world
        .shard_statistics(&parts.plan.names.stream_arn())
        .into_iter()
        .map(|shard| ShardFigures {
            shard_id: shard.shard_id,
            records: shard.records,
            bytes: shard.bytes,
            throttled: shard.throttled,
            utilisation_max: round(shard.utilisation_max, 10_000.0),
            ..ShardFigures::default()
        })
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn transform(name: &str, totals: TransformTotals, ledger: &Ledger) -> TransformFigures {
    let cpu_s = totals.cpu.as_secs_f64();
    let per_s = |amount: f64| if cpu_s > 0.0 { amount / cpu_s } else { 0.0 };
    let events = ledger.stages[Stage::Transform.index()].events;
    TransformFigures {
        name: name.to_owned(),
        invocations: totals.invocations,
        records_in: ledger.records_transformed,
        bytes_in: totals.bytes_in,
        bytes_out: totals.bytes_out,
        cpu_s: round(cpu_s, 1_000_000.0),
        events_per_s: round(per_s(events as f64), 10.0),
        mb_per_s: round(per_s(totals.bytes_out as f64 / 1e6), 10.0),
        ..TransformFigures::default()
    }
}

/// Adds the generator's own count of late events.
pub(super) fn add_late(delivery: &mut Delivery, sent: &[Sent]) {
    for ((source, account), late) in sent.iter().flat_map(|sent| &sent.late) {
        delivery.total.late += late;
        if let Some(counts) = delivery.by_source.get_mut(source.name()) {
            counts.late += late;
        }
        if let Some(counts) = delivery.by_account.get_mut(account.as_str()) {
            counts.late += late;
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "exact below 2^53 ms")]
fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

fn round(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}
