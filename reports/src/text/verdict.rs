//! The last line: how it ended, and what to do next.

use super::paint::{Paint, Tone};
use super::wrap::{columns, wrap};
use crate::model::{Outcome, Run};
use crate::words::{clean, span, wall};
use crate::{facts, omitted};

const SKIPPED: &str = "skipped";

/// `passed in 1.9 s (15 min 0 s simulated)   PATH`, `passed; 4 skipped, in 1.9 s   PATH`, or
/// `failed in 2.3 s   exit 100 · repeat with  COMMAND`.
pub(super) fn write(paint: &mut Paint<'_>, run: &Run) {
    let report = paint.options.report.clone().unwrap_or_default();
    if run.outcome == Outcome::Skipped {
        return skipped(paint, run, &report);
    }
    let mut used = 0;
    for (tone, words) in words(run) {
        used += columns(&words);
        paint.put(tone, &words);
    }
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
    if facts::simulated(run) {
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

/// `skipped after 4 s: not judged here, so not passed: …`, and the path below.
fn skipped(paint: &mut Paint<'_>, run: &Run, report: &str) {
    let sentence = clean(&omitted::not_judged(run));
    let whole = format!("{SKIPPED} after {}: {sentence}", wall(run.wall_s));
    for line in wrap(&whole, paint.width()) {
        match line.strip_prefix(SKIPPED) {
            Some(rest) => paint.put(Tone::Warn, SKIPPED).put(Tone::Plain, rest).end(),
            None => paint.put(Tone::Plain, &line).end(),
        }
    }
    if !report.is_empty() {
        paint.put(Tone::Quiet, report).end();
    }
}

/// How it ended and how long that took. Only what passed whole is green from end to end.
fn words(run: &Run) -> Vec<(Tone, String)> {
    let wall = wall(run.wall_s);
    let note = omitted::note(run);
    match (run.outcome, note) {
        (Outcome::Passed, None) => {
            vec![(Tone::Good, "passed in".to_owned()), (Tone::Plain, format!(" {wall}"))]
        }
        (Outcome::Passed, Some(note)) => vec![
            (Tone::Good, "passed".to_owned()),
            (Tone::Warn, format!("; {note}")),
            (Tone::Plain, format!(", in {wall}")),
        ],
        (Outcome::Skipped, _) => vec![(Tone::Warn, format!("{SKIPPED} after {wall}"))],
        (Outcome::Failed, _) if omitted::strict(run) => vec![
            (Tone::Bad, "failed".to_owned()),
            (
                Tone::Plain,
                format!(" since {} were skipped (--strict), in {wall}", omitted::count(run)),
            ),
        ],
        (Outcome::Failed, _) => {
            vec![(Tone::Bad, "failed in".to_owned()), (Tone::Plain, format!(" {wall}"))]
        }
        (Outcome::Aborted, _) => {
            vec![(Tone::Bad, "aborted after".to_owned()), (Tone::Plain, format!(" {wall}"))]
        }
    }
}
