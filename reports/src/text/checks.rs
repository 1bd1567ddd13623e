//! What was found: a line for each check, and the whole story of each that did not hold.

use super::omitted;
use super::paint::{Paint, Tone};
use super::wrap::{columns, cut, wrap};
use crate::bridged;
use crate::facts::plural;
use crate::model::{Check, Evidence, Outcome, Run};
use crate::story::{self, Stop};
use crate::words::{PLAIN, clean, count, moment};

/// The column at which the story of a failed check begins.
const INDENT: usize = 6;
/// The width of its labels.
const LABEL: usize = 7;

/// All checks and thresholds, then what the backend cannot do, what was carried for it, and what was
/// left out on purpose.
pub(super) fn write(paint: &mut Paint<'_>, run: &Run) {
    for check in &run.checks {
        write_check(paint, run, check);
    }
    write_thresholds(paint, run, |_| true);
    omitted::write(paint, run);
    for bridge in bridged::unmarked(run) {
        bullet(paint, '·', Tone::Quiet, &format!("bridged  {bridge}"), "");
    }
    for cause in story::wanted(run) {
        let events = plural(cause.events, "event", PLAIN);
        let sentence = format!("{events} stopped at {} as meant: {}", cause.stage, cause.cause);
        bullet(paint, '·', Tone::Quiet, &sentence, "");
    }
    let total = &run.delivery.total;
    if total.late > 0 || total.dropped_at_source > 0 {
        let sentence = format!(
            "the generator was late with {} and never sent {}: the load was not as planned",
            plural(total.late, "event", PLAIN),
            count(total.dropped_at_source, PLAIN)
        );
        bullet(paint, '!', Tone::Bad, &sentence, "");
    }
    if run.checks.is_empty() && run.thresholds.is_empty() {
        bullet(paint, Outcome::Skipped.mark(), Tone::Quiet, "nothing was checked", "");
    }
    paint.blank();
}

/// Only what did not hold.
pub(super) fn write_bad(paint: &mut Paint<'_>, run: &Run) {
    for check in run.checks.iter().filter(|check| check.outcome.is_bad()) {
        write_check(paint, run, check);
    }
    write_thresholds(paint, run, Outcome::is_bad);
    paint.blank();
}

fn write_thresholds(paint: &mut Paint<'_>, run: &Run, wanted: impl Fn(Outcome) -> bool) {
    for threshold in run.thresholds.iter().filter(|threshold| wanted(threshold.outcome)) {
        let measured = story::measured(threshold, PLAIN);
        let sentence = format!("{}   ({measured})", threshold.source);
        let id = note(threshold.outcome, "threshold");
        bullet(paint, threshold.outcome.mark(), tone(threshold.outcome), &sentence, id);
    }
}

fn write_check(paint: &mut Paint<'_>, run: &Run, check: &Check) {
    let id = note(check.outcome, &check.id);
    bullet(paint, check.outcome.mark(), tone(check.outcome), &check.sentence, id);
    if check.outcome.is_bad() {
        write_story(paint, run, check);
    }
}

/// Where the events of a check stopped, and why.
pub(super) fn write_story(paint: &mut Paint<'_>, run: &Run, check: &Check) {
    for stop in story::stops(run, check) {
        write_stop(paint, run, check, &stop);
    }
}

/// What stands at the end of the line: the name of what did not hold, and the word for what was
/// not looked at, so that nobody takes it for something that held.
const fn note(outcome: Outcome, id: &str) -> &str {
    match outcome {
        Outcome::Passed => "",
        Outcome::Skipped => Outcome::Skipped.name(),
        Outcome::Failed | Outcome::Aborted => id,
    }
}

const fn tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Passed => Tone::Good,
        Outcome::Skipped => Tone::Warn,
        Outcome::Failed | Outcome::Aborted => Tone::Bad,
    }
}

/// `  ✗ sentence                                        id`
fn bullet(paint: &mut Paint<'_>, mark: char, tone: Tone, sentence: &str, id: &str) {
    let room = paint.width() - 4 - if id.is_empty() { 0 } else { columns(id) + 2 };
    let lines = wrap(&clean(sentence), room);
    let weight = if tone == Tone::Bad { Tone::Strong } else { Tone::Plain };
    for (place, line) in lines.iter().enumerate() {
        if place == 0 {
            paint.put(tone, &format!("  {mark} ")).put(weight, line);
            if !id.is_empty() {
                let gap = room - columns(line) + 2;
                paint.put(Tone::Quiet, &format!("{:gap$}{id}", ""));
            }
        } else {
            paint.put(weight, &format!("    {line}"));
        }
        paint.end();
    }
}

fn write_stop(paint: &mut Paint<'_>, run: &Run, check: &Check, stop: &Stop<'_>) {
    let [who, stage, by] = stop.place(run, check, PLAIN);
    let by = if by.is_empty() { by } else { format!("  {by}") };
    paint.put(Tone::Plain, &format!("{:INDENT$}{who}  ", "")).put(Tone::Strong, &clean(&stage));
    let room = paint.width().saturating_sub(INDENT + columns(&who) + 2 + columns(&stage));
    paint.put(Tone::Plain, &cut(&clean(&by), room)).end();
    labelled(paint, "cause", &[stop.cause]);
    write_events(paint, stop);
    labelled(paint, "why", &stop.why);
    labelled(paint, "mend", stop.mend.as_slice());
    if let Some(command) = stop.see {
        // A command is copied, so it is never cut into lines.
        paint.put(Tone::Quiet, &format!("{:INDENT$}{:<LABEL$}", "", "see"));
        paint.put(Tone::Plain, &clean(command)).end();
    }
}

fn write_events(paint: &mut Paint<'_>, stop: &Stop<'_>) {
    let Some(first) = stop.evidence.first() else { return };
    let room = paint.width() - INDENT - LABEL;
    let lines = event_lines(first, room);
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    labelled(paint, "first", &lines);
    let more = stop.evidence.len() - 1;
    if more > 0 {
        labelled(paint, "", &[format!("… {more} more in the report").as_str()]);
    }
}

fn event_lines(found: &Evidence, room: usize) -> Vec<String> {
    let event = &found.event;
    let place = format!("{}  {}/{}", event.account, event.log_group, event.log_stream);
    let time = moment(event.timestamp);
    let place = cut(&clean(&place), room.saturating_sub(columns(&time) + 2));
    let mut lines = vec![format!("{place}  {time}"), cut(&clean(&event.message), room)];
    if !found.detail.is_empty() {
        lines.push(cut(&clean(&found.detail), room));
    }
    lines
}

fn labelled(paint: &mut Paint<'_>, label: &str, lines: &[&str]) {
    let room = paint.width() - INDENT - LABEL;
    let mut label = label;
    for line in lines.iter().flat_map(|line| wrap(&clean(line), room)) {
        paint.put(Tone::Quiet, &format!("{:INDENT$}{label:<LABEL$}", ""));
        paint.put(Tone::Plain, &line).end();
        label = "";
    }
}
