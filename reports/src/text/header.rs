//! The first line: what was run.

use super::paint::{Paint, Tone};
use super::wrap::{columns, wrap};
use crate::facts;
use crate::model::Run;
use crate::words::{PLAIN, clean};

/// `centralized-logging   3 accounts · 4 shards · 15 min at 500 events/s · embedded · …`, the facts
/// on a line of their own where they do not fit beside the name.
pub(super) fn write(paint: &mut Paint<'_>, run: &Run) {
    let facts = facts::of(run, PLAIN).join(" · ");
    paint.put(Tone::Strong, &clean(&run.scenario));
    if columns(&run.scenario) + 3 + columns(&facts) <= paint.width() {
        paint.put(Tone::Quiet, &format!("   {facts}")).end();
        return;
    }
    paint.end();
    for line in wrap(&facts, paint.width() - 2) {
        paint.put(Tone::Quiet, &format!("  {line}")).end();
    }
}
