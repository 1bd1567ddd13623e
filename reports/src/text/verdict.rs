//! The last line: how it ended, and what to do next.

use super::paint::{Paint, Tone};
use super::wrap::columns;
use crate::model::{Outcome, Run};
use crate::words::{span, wall};

/// `passed in 1.9 s (15 min 0 s simulated)   PATH`, or
/// `failed in 2.3 s   exit 100 · repeat with  COMMAND`.
pub(super) fn write(paint: &mut Paint<'_>, run: &Run) {
    let report = paint.options.report.clone().unwrap_or_default();
    let (tone, word) = match run.outcome {
        Outcome::Passed => (Tone::Good, "passed in"),
        Outcome::Skipped => (Tone::Strong, "skipped after"),
        Outcome::Failed => (Tone::Bad, "failed in"),
        Outcome::Aborted => (Tone::Bad, "aborted after"),
    };
    let mut used = columns(word) + 1 + columns(&wall(run.wall_s));
    paint.put(tone, word).put(Tone::Plain, &format!(" {}", wall(run.wall_s)));
    if run.outcome.is_bad() {
        let exit = format!("   exit {}", run.exit_code);
        paint.put(Tone::Plain, &exit);
        used += columns(&exit);
        if !run.repeat.is_empty() {
            // Whole on one line, ours or its own: it is copied.
            let command = format!("repeat with  {}", run.repeat);
            if used + 3 + columns(&command) <= paint.width() {
                paint.put(Tone::Quiet, " · ");
            } else {
                paint.end();
            }
            paint.put(Tone::Plain, &command);
        }
        paint.end();
        if !report.is_empty() {
            paint.put(Tone::Quiet, &report).end();
        }
        return;
    }
    if run.simulated_s > 0.0 {
        let simulated = format!(" ({} simulated)", span(run.simulated_s));
        paint.put(Tone::Plain, &simulated);
        used += columns(&simulated);
    }
    if !report.is_empty() {
        if used + 3 + columns(&report) > paint.width() {
            paint.end();
        } else {
            paint.put(Tone::Plain, "   ");
        }
        paint.put(Tone::Quiet, &report);
    }
    paint.end();
}
