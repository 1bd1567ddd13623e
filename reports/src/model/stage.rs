//! What one stage of the pipeline did.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::LatencyHistogram;

/// How long after they happened the events reached a stage, in milliseconds by the run's clock;
/// all null where nothing was measured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LatencyMs {
    /// The median.
    pub p50: Option<u64>,
    /// 99 of 100 events were at least this quick.
    pub p99: Option<u64>,
    /// The slowest event.
    pub max: Option<u64>,
}

/// What one stage of the pipeline did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StageFigures {
    /// The stage's name; the stages stand in the order of the pipeline.
    pub stage: String,
    /// The bridge that carried the events into the stage, such as `subscription`, because the
    /// backend does not; null where the backend carried them itself.
    #[serde(default)]
    pub bridge: Option<String>,
    /// Events that got through the stage.
    pub events: u64,
    /// Bytes that the stage handed on, as it hands them on (compressed where it compresses).
    pub bytes: u64,
    /// Requests or records that the stage refused for being too many; 0 where it cannot.
    pub throttled: u64,
    /// How long after they happened the events reached the stage.
    pub latency_ms: LatencyMs,
    /// The same latencies in buckets, so that the files of several workers merge.
    #[serde(default)]
    pub latency_histogram: LatencyHistogram,
}

impl StageFigures {
    /// A stage that has seen nothing yet.
    #[must_use]
    pub fn new(stage: impl Into<String>) -> Self {
        Self {
            stage: stage.into(),
            bridge: None,
            events: 0,
            bytes: 0,
            throttled: 0,
            latency_ms: LatencyMs::default(),
            latency_histogram: LatencyHistogram::default(),
        }
    }

    /// Takes the latencies from `histogram`; `max_ms` is the exact slowest one, which also caps
    /// the percentiles, whose buckets may reach a little beyond it.
    #[must_use]
    pub fn with_latencies(mut self, histogram: LatencyHistogram, max_ms: Option<u64>) -> Self {
        let max = max_ms.or_else(|| histogram.quantile_ms(1_000));
        let capped = |per_mille| Some(histogram.quantile_ms(per_mille)?.min(max?));
        self.latency_ms = LatencyMs { p50: capped(500), p99: capped(990), max };
        self.latency_histogram = histogram;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_never_pass_the_slowest_event() {
        let mut histogram = LatencyHistogram::default();
        histogram.record(1_000);
        assert!(histogram.quantile_ms(500) > Some(1_000));
        let stage = StageFigures::new("kinesis").with_latencies(histogram, Some(1_000));
        assert_eq!(
            stage.latency_ms,
            LatencyMs { p50: Some(1_000), p99: Some(1_000), max: Some(1_000) }
        );
    }

    #[test]
    fn nothing_measured_is_null() {
        let stage = StageFigures::new("logs").with_latencies(LatencyHistogram::default(), None);
        assert_eq!(stage.latency_ms, LatencyMs::default());
    }
}
