//! The picture of the latencies: each stage's distribution over one logarithmic scale of time.

use super::svg::{Anchor, Svg};
use crate::model::{Run, StageFigures};
use crate::words::latency;

const WIDTH: f64 = 960.0;
const LEFT: f64 = 128.0;
const RIGHT: f64 = 196.0;
/// Where the figures end, beside the scale.
const FIGURES_X: [f64; 3] = [832.0, 896.0, 960.0];
const ROW: f64 = 40.0;
const TOP: f64 = 20.0;
/// The width of a bar of the distribution.
const BAR: f64 = 5.0;
/// The ticks of the scale, in milliseconds.
const TICKS_MS: [(u64, &str); 11] = [
    (1, "1 ms"),
    (10, "10 ms"),
    (100, "100 ms"),
    (1_000, "1 s"),
    (10_000, "10 s"),
    (60_000, "1 min"),
    (600_000, "10 min"),
    (3_600_000, "1 h"),
    (21_600_000, "6 h"),
    (86_400_000, "1 d"),
    (604_800_000, "7 d"),
];

/// Where a latency stands.
struct Scale {
    low: f64,
    high: f64,
}

/// The picture; nothing where nothing was measured.
pub(super) fn draw(run: &Run) -> Option<String> {
    let rows: Vec<&StageFigures> =
        run.stages.iter().filter(|stage| stage.latency_ms.max.is_some()).collect();
    let scale = Scale::of(&rows)?;
    #[expect(clippy::cast_precision_loss, reason = "a handful of stages")]
    let bottom = TOP + ROW * rows.len() as f64;
    let mut svg = Svg::new(WIDTH);
    for (tick, words) in TICKS_MS.into_iter().filter(|&(ms, _)| scale.holds(ms)) {
        let x = scale.x(tick);
        svg.line("grid", [x, TOP, x, bottom]);
        svg.text("tick", Anchor::Middle, x, bottom + 18.0, words);
    }
    for (head, x) in ["p50", "p99", "max"].into_iter().zip(FIGURES_X) {
        svg.text("tick", Anchor::End, x, TOP - 4.0, head);
    }
    let mut base = TOP;
    for stage in rows {
        base += ROW;
        draw_row(&mut svg, &scale, stage, base - 6.0);
    }
    svg.line("axis", [LEFT, bottom, WIDTH - RIGHT, bottom]);
    Some(svg.finish(0.0, bottom + 28.0, &words(run)))
}

impl Scale {
    /// From the tick under the quickest event to the tick over the slowest, so that the ends of the
    /// scale are named.
    fn of(rows: &[&StageFigures]) -> Option<Self> {
        let slowest = rows.iter().filter_map(|stage| stage.latency_ms.max).max()?;
        let quickest = rows.iter().filter_map(|stage| quickest(stage)).min()?;
        let ticks = || TICKS_MS.into_iter().map(|(ms, _)| ms);
        let low = ticks().filter(|&ms| ms <= quickest).max().unwrap_or(1);
        let high = ticks().find(|&ms| ms >= slowest && ms > low).unwrap_or(slowest);
        Some(Self { low: log(low), high: log(high) })
    }

    fn holds(&self, ms: u64) -> bool {
        (self.low..=self.high).contains(&log(ms))
    }

    fn x(&self, ms: u64) -> f64 {
        LEFT + (log(ms) - self.low) / (self.high - self.low) * (WIDTH - LEFT - RIGHT)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a place in a picture")]
fn log(ms: u64) -> f64 {
    (ms.max(1) as f64).log10()
}

fn quickest(stage: &StageFigures) -> Option<u64> {
    stage.latency_histogram.quantile_ms(0).or(stage.latency_ms.p50)
}

fn draw_row(svg: &mut Svg, scale: &Scale, stage: &StageFigures, base: f64) {
    let bridge = stage.bridge.as_deref();
    svg.name(Anchor::End, [LEFT - 14.0, base - 6.0], &stage.stage, bridge);
    draw_distribution(svg, scale, stage, base);
    let ms = stage.latency_ms;
    if let (Some(p50), Some(max)) = (ms.p50, ms.max) {
        svg.line("range", [scale.x(p50), base, scale.x(max), base]);
        svg.line("range", [scale.x(max), base - 4.0, scale.x(max), base + 4.0]);
    }
    if let Some(p99) = ms.p99 {
        svg.circle("p99", scale.x(p99), base, 3.5);
    }
    if let Some(p50) = ms.p50 {
        svg.circle("p50", scale.x(p50), base, 4.5);
    }
    let words = [ms.p50, ms.p99, ms.max].map(|ms| ms.map_or_else(|| "–".to_owned(), latency));
    for (word, x) in words.iter().zip(FIGURES_X) {
        svg.text("figure", Anchor::End, x, base - 6.0, word);
    }
}

fn draw_distribution(svg: &mut Svg, scale: &Scale, stage: &StageFigures, base: f64) {
    let mut bars = std::collections::BTreeMap::<u64, u64>::new();
    for (upper_ms, count) in stage.latency_histogram.buckets() {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in a picture is small and positive"
        )]
        let bar = ((scale.x(upper_ms) - LEFT) / BAR).max(0.0) as u64;
        *bars.entry(bar).or_default() += count;
    }
    let Some(&fullest) = bars.values().max() else { return };
    for (bar, count) in bars {
        #[expect(clippy::cast_precision_loss, reason = "a place in a picture")]
        let (x, height) = (LEFT + bar as f64 * BAR, count as f64 / fullest as f64 * (ROW - 14.0));
        svg.rect("spread", [x, base - height.max(1.0), BAR - 1.0, height.max(1.0)], 0.5);
    }
}

fn words(run: &Run) -> String {
    let stages: Vec<String> = run
        .stages
        .iter()
        .filter_map(|stage| Some(format!("{} {}", stage.stage, latency(stage.latency_ms.p99?))))
        .collect();
    format!("Latency by stage, 99 of 100 events within: {}", stages.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{LatencyHistogram, LatencyMs};

    #[test]
    fn only_what_was_measured_is_drawn() {
        assert_eq!(draw(&Run::new("demo", 7)), None);
        let picture = draw(&Run::example_passed()).unwrap();
        assert!(!picture.contains(">logs<") && picture.contains(">kinesis<"), "{picture}");
        assert!(picture.contains(">1 min<"), "{picture}");
    }

    #[test]
    fn percentiles_without_a_histogram_and_zero_are_drawn_too() {
        let mut run = Run::example_passed();
        for stage in &mut run.stages {
            stage.latency_histogram = LatencyHistogram::default();
            stage.latency_ms = LatencyMs { p50: Some(0), p99: Some(0), max: Some(0) };
        }
        assert!(draw(&run).is_some());
    }
}
