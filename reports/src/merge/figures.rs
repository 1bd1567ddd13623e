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

/// A stage that only a later run has comes after the others: run files keep the pipeline's order.
pub(super) fn stages(into: &mut Vec<StageFigures>, from: &[StageFigures]) {
    for stage in from {
        let Some(place) = into.iter().position(|known| known.stage == stage.stage) else {
            into.push(stage.clone());
            continue;
        };
        let known = into[place].clone();
        let max = known.latency_ms.max.max(stage.latency_ms.max);
        let mut histogram = known.latency_histogram.clone();
        histogram.add(&stage.latency_histogram);
        into[place] = StageFigures {
            events: known.events + stage.events,
            bytes: known.bytes + stage.bytes,
            throttled: known.throttled + stage.throttled,
            ..known
        }
        .with_latencies(histogram, max);
    }
}

pub(super) fn shards(into: &mut Vec<ShardFigures>, from: &[ShardFigures]) {
    for shard in from {
        if let Some(known) = into.iter_mut().find(|known| known.shard_id == shard.shard_id) {
            known.records += shard.records;
            known.bytes += shard.bytes;
            known.throttled += shard.throttled;
            known.utilisation_max = known.utilisation_max.max(shard.utilisation_max);
        } else {
            into.push(shard.clone());
        }
    }
    into.sort_by(|left, right| left.shard_id.cmp(&right.shard_id));
}

pub(super) fn transform(
    left: Option<TransformFigures>,
    right: Option<&TransformFigures>,
) -> Option<TransformFigures> {
    let (Some(left), Some(right)) = (&left, right) else {
        return left.or_else(|| right.cloned());
    };
    let cpu_s = left.cpu_s + right.cpu_s;
    let weighted = |of_left: f64, of_right: f64| {
        if cpu_s > 0.0 { (of_left * left.cpu_s + of_right * right.cpu_s) / cpu_s } else { 0.0 }
    };
    Some(TransformFigures {
        name: left.name.clone(),
        invocations: left.invocations + right.invocations,
        records_in: left.records_in + right.records_in,
        bytes_in: left.bytes_in + right.bytes_in,
        bytes_out: left.bytes_out + right.bytes_out,
        cpu_s,
        events_per_s: weighted(left.events_per_s, right.events_per_s),
        mb_per_s: weighted(left.mb_per_s, right.mb_per_s),
        floor_ratio: left.floor_ratio.zip(right.floor_ratio).map(|(l, r)| weighted(l, r)),
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
}
