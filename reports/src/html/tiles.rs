//! The figures at the top of the page.

use crate::model::Run;
use crate::words::{self, NARROW, NONE, count, decimal, percent, span, wall};
use crate::{bridged, facts};

/// A figure that is worth a glance.
pub(super) struct Tile {
    pub(super) label: &'static str,
    pub(super) figure: String,
    pub(super) note: String,
    pub(super) bad: bool,
    /// Whether events passed over a bridge on their way into the figure.
    pub(super) bridged: bool,
}

/// The tiles; only of what was measured.
pub(super) fn tiles(run: &Run) -> Vec<Tile> {
    let total = &run.delivery.total;
    let mut tiles = Vec::new();
    if total.generated > 0 {
        let missing = total.generated.saturating_sub(total.indexed.saturating_add(total.dropped));
        tiles.push(Tile {
            label: "in OpenSearch",
            figure: percent(total.indexed, total.generated),
            note: format!("{} of {}", count(total.indexed, NARROW), count(total.generated, NARROW)),
            bad: missing > 0,
            bridged: bridged::on_the_way(run, "opensearch"),
        });
        tiles.push(Tile {
            label: "in the backup",
            figure: percent(total.backed_up, total.generated),
            note: facts::plural(total.backed_up, "event", NARROW),
            bad: false,
            bridged: bridged::on_the_way(run, "s3"),
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
            bridged: bridged::on_the_way(run, "opensearch"),
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
            bridged: transform.bridge.is_some(),
        });
    }
    if facts::simulated(run) {
        tiles.push(Tile {
            label: "simulated",
            figure: span(run.simulated_s),
            note: format!("in {}", wall(run.wall_s)),
            bad: false,
            bridged: false,
        });
    } else if run.wall_s > 0.0 {
        tiles.push(Tile {
            label: "real time",
            figure: wall(run.wall_s),
            note: String::new(),
            bad: false,
            bridged: false,
        });
    }
    tiles
}
