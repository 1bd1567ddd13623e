//! The footnotes under the table: what the marks in it mean.

use super::paint::{Paint, Tone};
use super::wrap::wrap;
use crate::bridged::{self, BEHIND, CARRIED, MARK};
use crate::model::Run;
use crate::words::clean;

/// `⇢ carried by the harness: subscription (…)`, a note for each bridge; nothing without bridges.
pub(super) fn write(paint: &mut Paint<'_>, run: &Run) {
    let bridges = bridged::of(run);
    if bridges.is_empty() {
        return;
    }
    paint.blank();
    for bridge in bridges {
        note(paint, &format!("{CARRIED}: {}", bridge.words()));
    }
    if bridged::delays(run) {
        note(paint, BEHIND);
    }
}

fn note(paint: &mut Paint<'_>, words: &str) {
    let mut mark = MARK;
    for line in wrap(&clean(words), paint.width() - 4) {
        paint.put(Tone::Quiet, &format!("  {mark} {line}")).end();
        mark = ' ';
    }
}
