//! The table of the stages.

use super::paint::{Paint, Tone};
use super::wrap::columns;
use crate::bridged::{self, MARK};
use crate::model::{Run, StageFigures, TransformFigures};
use crate::words::{NONE, PLAIN, bytes, count, decimal, latency, throttled};

const HEADS: [&str; 7] = ["stage", "events", "bytes", "p50", "p99", "max", "throttled"];
/// Between columns; the narrower one when it makes room for the transform's speed.
const GAPS: [usize; 2] = [3, 2];

/// One line for each stage: what it carried, how late, and what it refused. The transform's speed
/// stands beside its line, or under the table when it does not fit there.
pub(super) fn write(paint: &mut Paint<'_>, run: &Run) {
    let rows: Vec<[String; 7]> = run.stages.iter().map(cells).collect();
    let mut widths = HEADS.map(columns);
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(columns(cell));
        }
    }
    let speed = run.transform.as_ref().and_then(speed);
    let table = |gap| 2 + widths.iter().sum::<usize>() + gap * (HEADS.len() - 1);
    let beside = speed.as_ref().and_then(|text| {
        GAPS.into_iter().find(|&gap| table(gap) + GAPS[0] + columns(text) <= paint.width())
    });
    let gap = beside.unwrap_or(GAPS[0]);
    line(paint, &HEADS.map(str::to_owned), &widths, gap, [Tone::Quiet; 7]);
    paint.end();
    for (stage, row) in run.stages.iter().zip(&rows) {
        line(paint, row, &widths, gap, tones(run, stage));
        if let Some(text) =
            speed.as_ref().filter(|_| beside.is_some() && stage.stage == "transform")
        {
            paint.put(Tone::Quiet, &format!("   {text}"));
        }
        paint.end();
    }
    if let Some(text) = speed.filter(|_| beside.is_none()) {
        paint.put(Tone::Quiet, &format!("  transform at {text}")).end();
    }
}

fn cells(stage: &StageFigures) -> [String; 7] {
    let latency = |ms: Option<u64>| ms.map_or_else(|| NONE.to_owned(), latency);
    [
        bridged::marked(&stage.stage, stage.bridge.as_deref()),
        count(stage.events, PLAIN),
        bytes(stage.bytes),
        latency(stage.latency_ms.p50),
        latency(stage.latency_ms.p99),
        latency(stage.latency_ms.max),
        throttled(stage, PLAIN),
    ]
}

fn tones(run: &Run, stage: &StageFigures) -> [Tone; 7] {
    let mut tones = [Tone::Plain; 7];
    let stopped = |cause: &crate::model::Cause| cause.stage == stage.stage && cause.check.is_some();
    if run.causes.iter().any(stopped) {
        tones[1] = Tone::Bad;
    }
    if stage.throttled > 0 {
        tones[6] = Tone::Bad;
    }
    tones
}

fn line(
    paint: &mut Paint<'_>,
    row: &[String; 7],
    widths: &[usize; 7],
    gap: usize,
    tones: [Tone; 7],
) {
    for (place, (cell, &width)) in row.iter().zip(widths).enumerate() {
        let piece = if place == 0 {
            format!("  {cell:<width$}")
        } else {
            format!("{:gap$}{cell:>width$}", "")
        };
        paint.put(tones[place], &piece);
    }
}

/// `812 MB/s · 1.22× floor`; nothing where nothing was measured.
fn speed(transform: &TransformFigures) -> Option<String> {
    (transform.mb_per_s > 0.0).then(|| {
        let floor =
            transform.floor_ratio.map(|ratio| format!(" · {}× floor", decimal(ratio, 2, PLAIN)));
        let mark = transform.bridge.as_ref().map(|_| format!(" {MARK}"));
        let speed = decimal(transform.mb_per_s, 0, PLAIN);
        format!("{speed} MB/s{}{}", floor.unwrap_or_default(), mark.unwrap_or_default())
    })
}
