//! What this backend cannot do: few lines, for the page has them all.

use super::paint::{Paint, Tone};
use super::wrap::{columns, cut, wrap};
use crate::model::{Outcome, Run};
use crate::omitted::TITLE;
use crate::words::clean;

/// Lines that the list takes before the rest of it is named only.
const LINES: usize = 8;
/// The column at which a name begins.
const INDENT: usize = 6;
/// Between the name and the reason.
const GAP: usize = 2;
/// The widest name; longer ones are cut.
const NAMES: usize = 30;

/// A name and a reason a line, the longer reasons wrapped, and those of one reason together; `and 5
/// more: …` after a few lines.
pub(super) fn write(paint: &mut Paint<'_>, run: &Run) {
    if run.skipped.is_empty() {
        return;
    }
    let mark = Outcome::Skipped.mark();
    paint.put(Tone::Warn, &format!("  {mark} ")).put(Tone::Plain, TITLE).end();
    let groups = by_reason(run);
    let alone = groups.iter().filter(|(names, _)| names.len() == 1);
    let column = alone.map(|(names, _)| columns(&names[0])).max().unwrap_or(0) + GAP;
    let mut used = 0;
    for (place, (names, reason)) in groups.iter().enumerate() {
        let lines = match names.as_slice() {
            [name] => beside(paint, name, column, reason),
            names => below(paint, &names.join(", "), reason),
        };
        if place > 0 && used + lines.len() > LINES {
            let names: Vec<&str> =
                groups[place..].iter().flat_map(|(names, _)| names).map(String::as_str).collect();
            rest(paint, &names);
            return;
        }
        used += lines.len();
        for (name, reason) in lines {
            paint.put(Tone::Plain, &format!("{:INDENT$}{name}", ""));
            paint.put(Tone::Quiet, &reason).end();
        }
    }
}

/// The names with one reason each, in the order in which the reasons come first.
fn by_reason(run: &Run) -> Vec<(Vec<String>, String)> {
    let mut groups: Vec<(Vec<String>, String)> = Vec::new();
    for skipped in &run.skipped {
        let (name, reason) = (cut(&clean(&skipped.requires), NAMES), clean(&skipped.reason));
        match groups.iter_mut().find(|(_, known)| *known == reason) {
            Some((names, _)) => names.push(name),
            None => groups.push((vec![name], reason)),
        }
    }
    groups
}

/// The lines of one name with its reason beside it.
fn beside(paint: &Paint<'_>, name: &str, column: usize, reason: &str) -> Vec<(String, String)> {
    let room = paint.width().saturating_sub(INDENT + column).max(1);
    let mut label = name;
    let line = |text| {
        let name = format!("{label:<column$}");
        label = "";
        (name, text)
    };
    wrap(reason, room).into_iter().map(line).collect()
}

/// The lines of several names with what they have in common below them.
fn below(paint: &Paint<'_>, names: &str, reason: &str) -> Vec<(String, String)> {
    let room = paint.width().saturating_sub(INDENT + GAP).max(1);
    let names = wrap(names, room).into_iter().map(|text| (text, String::new()));
    let reason = wrap(reason, room).into_iter();
    names.chain(reason.map(|text| (" ".repeat(GAP), text))).collect()
}

fn rest(paint: &mut Paint<'_>, names: &[&str]) {
    let words = format!("and {} more: {}", names.len(), names.join(", "));
    for line in wrap(&words, paint.width() - INDENT) {
        paint.put(Tone::Quiet, &format!("{:INDENT$}{line}", "")).end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Skipped;
    use crate::text::{TextOptions, summary};

    fn skipping(number: usize, reason: &str) -> String {
        let one =
            |it| Skipped { requires: format!("part-{it:02}"), reason: format!("{reason}{it}") };
        written((0..number).map(one).collect())
    }

    fn written(skipped: Vec<Skipped>) -> String {
        let run = Run { skipped, ..Run::example_passed() };
        summary(&run, &TextOptions::default())
    }

    #[test]
    fn what_has_one_reason_is_told_together() {
        let one = |name: &str, reason: &str| Skipped {
            requires: name.to_owned(),
            reason: reason.to_owned(),
        };
        let text = written(vec![one("logs", "no"), one("faults", "never"), one("s3", "no")]);
        assert!(text.contains("      logs, s3\n        no\n      faults  never\n"), "{text}");
    }

    #[test]
    fn many_do_not_drown_the_terminal() {
        let text = skipping(8, "short");
        assert!(text.contains("      part-07  short7\n") && !text.contains("more:"), "{text}");
        let text = skipping(13, "short");
        assert!(
            text.contains("      part-07  short7\n      and 5 more: part-08, part-09"),
            "{text}"
        );
        assert!(!text.contains("part-08  ") && text.contains("passed; 13 skipped, in "), "{text}");
    }

    #[test]
    fn long_reasons_count_by_their_lines() {
        let text = skipping(9, &"because ".repeat(16));
        assert!(text.contains("and 5 more: part-04,"), "{text}");
        assert!(text.lines().all(|line| columns(line) <= 100), "{text}");
        let text = skipping(1, &"because ".repeat(200));
        assert!(!text.contains("more:"), "one that is long is told all the same: {text}");
    }
}
