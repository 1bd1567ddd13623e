//! The first line: what was run, and on what.

use super::paint::{Paint, Tone};
use super::wrap::{columns, cut, wrap};
use crate::facts;
use crate::model::Run;
use crate::words::{PLAIN, clean};

/// `centralized-logging   3 accounts · 4 shards · 15 min at 500 events/s · embedded · …`; where that
/// does not fit, the first line is the name and the backend, and the other facts stand below.
pub(super) fn write(paint: &mut Paint<'_>, run: &Run) {
    let facts = clean(&facts::of(run, PLAIN).join(" · "));
    paint.put(Tone::Strong, &clean(&run.scenario));
    if columns(&run.scenario) + 3 + columns(&facts) <= paint.width() {
        paint.put(Tone::Quiet, &format!("   {facts}")).end();
        return;
    }
    // What an endpoint says it is may be long, but not longer than the line.
    let room = paint.width().saturating_sub(columns(&clean(&run.scenario)) + 3);
    let backend = cut(&clean(&facts::backend(run)), room);
    paint.put(Tone::Quiet, &format!("   {backend}")).end();
    let facts = [facts::size(run, PLAIN), facts::circumstances(run)].concat().join(" · ");
    for line in wrap(&clean(&facts), paint.width() - 2) {
        paint.put(Tone::Quiet, &format!("  {line}")).end();
    }
}
