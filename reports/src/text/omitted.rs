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

/// A name and a reason a line, the longer reasons wrapped; `and 5 more: …` after a few lines.
pub(super) fn write(paint: &mut Paint<'_>, run: &Run) {
    if run.skipped.is_empty() {
        return;
    }
    let mark = Outcome::Skipped.mark();
    paint.put(Tone::Warn, &format!("  {mark} ")).put(Tone::Plain, TITLE).end();
    let names: Vec<String> =
        run.skipped.iter().map(|skipped| cut(&clean(&skipped.requires), NAMES)).collect();
    let column = names.iter().map(|name| columns(name)).max().unwrap_or(0) + GAP;
    let room = paint.width().saturating_sub(INDENT + column).max(1);
    let mut used = 0;
    for (place, (name, skipped)) in names.iter().zip(&run.skipped).enumerate() {
        let reason = wrap(&clean(&skipped.reason), room);
        if place > 0 && used + reason.len() > LINES {
            rest(paint, &names[place..]);
            return;
        }
        used += reason.len();
        let mut label = name.as_str();
        for line in reason {
            paint.put(Tone::Plain, &format!("{:INDENT$}{label:<column$}", ""));
            paint.put(Tone::Quiet, &line).end();
            label = "";
        }
    }
}

fn rest(paint: &mut Paint<'_>, names: &[String]) {
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
        let mut run = Run::example_passed();
        let one = |it| Skipped { requires: format!("part-{it:02}"), reason: reason.to_owned() };
        run.skipped = (0..number).map(one).collect();
        summary(&run, &TextOptions::default())
    }

    #[test]
    fn many_do_not_drown_the_terminal() {
        let text = skipping(8, "short");
        assert!(text.contains("      part-07  short\n") && !text.contains("more:"), "{text}");
        let text = skipping(13, "short");
        assert!(
            text.contains("      part-07  short\n      and 5 more: part-08, part-09"),
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
