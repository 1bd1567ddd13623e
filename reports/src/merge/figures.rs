//! Merging what was counted and timed.

use crate::model::{Delivery, ShardFigures, StageFigures, TransformFigures};

pub(super) fn delivery(into: &mut Delivery, from: &Delivery) {
    into.total.add(&from.total);
    for (source, counts) in &from.by_source {
        into.by_source.entry(source.clone()).or_default().add(counts);
    }
    for (account, counts) in &from.by_account {
        into.by_account.entry(account.clone()).or_default().add(counts);
    }
}

/// A stage that only a later run has comes where that run has it, after the same stage: run files
/// keep the pipeline's order.
pub(super) fn stages(into: &mut Vec<StageFigures>, from: &[StageFigures]) {
    let mut next = 0;
    for stage in from {
        let Some(place) = into.iter().position(|known| known.stage == stage.stage) else {
            into.insert(next, stage.clone());
            next += 1;
            continue;
        };
        next = place + 1;
        let known = into[place].clone();
        let max = known.latency_ms.max.max(stage.latency_ms.max);
        let mut histogram = known.latency_histogram.clone();
        histogram.add(&stage.latency_histogram);
        into[place] = StageFigures {
            events: known.events.saturating_add(stage.events),
            bytes: known.bytes.saturating_add(stage.bytes),
            throttled: known.throttled.saturating_add(stage.throttled),
            bridge: known.bridge.clone().or_else(|| stage.bridge.clone()),
            ..known
        }
        .with_latencies(histogram, max);
    }
}

/// Shards may be known to one worker only, the one that carries the bridges.
pub(super) fn shards(into: &mut Vec<ShardFigures>, from: &[ShardFigures]) {
    for shard in from {
        if let Some(known) = into.iter_mut().find(|known| known.shard_id == shard.shard_id) {
            known.records = known.records.saturating_add(shard.records);
            known.bytes = known.bytes.saturating_add(shard.bytes);
            known.throttled = known.throttled.saturating_add(shard.throttled);
            known.utilisation_max = known.utilisation_max.max(shard.utilisation_max);
            known.bridge = known.bridge.take().or_else(|| shard.bridge.clone());
        } else {
            into.push(shard.clone());
        }
    }
    into.sort_by(|left, right| left.shard_id.cmp(&right.shard_id));
}

/// The transform may have run at one worker only, the one that carries the bridges.
pub(super) fn transform(
    left: Option<TransformFigures>,
    right: Option<&TransformFigures>,
) -> Option<TransformFigures> {
    let ran = |used: &&TransformFigures| used.invocations > 0 || used.cpu_s > 0.0;
    let (Some(left), Some(right)) = (left.as_ref().filter(ran), right.filter(ran)) else {
        let left_ran = left.as_ref().is_some_and(|used| ran(&used));
        return if left_ran { left } else { right.cloned().or(left) };
    };
    let cpu_s = left.cpu_s + right.cpu_s;
    let weighted = |of_left: f64, of_right: f64| {
        if cpu_s > 0.0 { (of_left * left.cpu_s + of_right * right.cpu_s) / cpu_s } else { 0.0 }
    };
    Some(TransformFigures {
        name: left.name.clone(),
        invocations: left.invocations.saturating_add(right.invocations),
        records_in: left.records_in.saturating_add(right.records_in),
        bytes_in: left.bytes_in.saturating_add(right.bytes_in),
        bytes_out: left.bytes_out.saturating_add(right.bytes_out),
        cpu_s,
        events_per_s: weighted(left.events_per_s, right.events_per_s),
        mb_per_s: weighted(left.mb_per_s, right.mb_per_s),
        floor_ratio: left.floor_ratio.zip(right.floor_ratio).map(|(l, r)| weighted(l, r)),
        bridge: left.bridge.clone().or_else(|| right.bridge.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LatencyHistogram;

    #[test]
    fn percentiles_come_from_everything_together() {
        let stage = |latencies: &[u64]| {
            let mut histogram = LatencyHistogram::default();
            for &ms in latencies {
                histogram.record(ms);
            }
            vec![
                StageFigures::new("kinesis")
                    .with_latencies(histogram, latencies.iter().max().copied()),
            ]
        };
        let mut merged = stage(&[10, 20, 30]);
        stages(&mut merged, &stage(&[1_000, 2_000, 3_001, 4_001]));
        assert_eq!(merged, stage(&[10, 20, 30, 1_000, 2_000, 3_001, 4_001]));
    }

    #[test]
    fn speeds_are_weighted_by_processor_time() {
        let figures =
            |cpu_s, mb_per_s| TransformFigures { cpu_s, mb_per_s, ..TransformFigures::default() };
        let merged = transform(Some(figures(1.0, 100.0)), Some(&figures(3.0, 200.0))).unwrap();
        assert!((merged.mb_per_s - 175.0).abs() < 1e-9 && (merged.cpu_s - 4.0).abs() < 1e-9);
        assert_eq!(transform(None, Some(&figures(1.0, 2.0))), Some(figures(1.0, 2.0)));
    }

    #[test]
    fn what_one_worker_knows_alone_is_kept_as_it_knows_it() {
        let run = crate::Run::example_containers();
        let idle = TransformFigures { name: "builtin".to_owned(), ..TransformFigures::default() };
        assert_eq!(transform(run.transform.clone(), Some(&idle)), run.transform);
        assert_eq!(transform(Some(idle.clone()), run.transform.as_ref()), run.transform);
        assert_eq!(transform(Some(idle.clone()), Some(&idle)), Some(idle.clone()));
        assert_eq!(transform(Some(idle.clone()), None), Some(idle));
        let mut merged = Vec::new();
        shards(&mut merged, &run.shards);
        shards(&mut merged, &[]);
        assert_eq!(merged, run.shards);
        let some = |names: &[&str]| names.iter().map(|it| StageFigures::new(*it)).collect();
        let mut few: Vec<StageFigures> = some(&["logs", "s3"]);
        stages(&mut few, &run.stages);
        let names: Vec<&str> = few.iter().map(|stage| stage.stage.as_str()).collect();
        assert_eq!(names.join(" "), "logs subscription kinesis firehose transform opensearch s3");
        assert_eq!(few[2].bridge.as_deref(), Some("subscription"));
    }
}
