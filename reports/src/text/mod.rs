//! The summary for a terminal.

mod bridged;
mod checks;
mod funnel;
mod header;
mod omitted;
mod options;
mod paint;
mod shares;
mod verdict;
mod wrap;

pub use options::TextOptions;

use crate::model::{Check, Run};
use paint::Paint;

/// The summary of a run: what was run, what each stage carried, what was found, and how it ended.
///
/// Nothing is wider than `options.width` but a command to copy. The text ends with a newline.
#[must_use]
pub fn summary(run: &Run, options: &TextOptions) -> String {
    let mut paint = Paint::new(options);
    header::write(&mut paint, run);
    if !run.stages.is_empty() {
        paint.blank();
        funnel::write(&mut paint, run);
    }
    bridged::write(&mut paint, run);
    paint.blank();
    shares::write(&mut paint, run);
    checks::write(&mut paint, run);
    verdict::write(&mut paint, run);
    paint.finish()
}

/// What a failing test prints: the checks that did not hold with their reasons, and the verdict
/// with the command that repeats it. Empty for a run that passed.
#[must_use]
pub fn failures(run: &Run, options: &TextOptions) -> String {
    let mut paint = Paint::new(options);
    if run.outcome.is_bad() {
        checks::write_bad(&mut paint, run);
        verdict::write(&mut paint, run);
    }
    paint.finish()
}

/// The story of one check that did not hold, for other renderings.
pub(crate) fn story_of(run: &Run, check: &Check, options: &TextOptions) -> String {
    let mut paint = Paint::new(options);
    checks::write_story(&mut paint, run, check);
    paint.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(run: &Run) -> String {
        let report = Some("target/tributary/2026-11-23-1/report.html".to_owned());
        summary(run, &TextOptions { report, ..TextOptions::default() })
    }

    fn assert_fits(text: &str) {
        for line in text.lines() {
            let copied = line.contains("tributary run") || line.contains("tributary transform");
            assert!(copied || line.chars().count() <= 100, "{line}");
            assert_eq!(line, line.trim_end(), "no trailing space");
        }
    }

    #[test]
    fn passed() {
        let text = plain(&Run::example_passed());
        assert_fits(&text);
        insta::assert_snapshot!(text);
    }

    #[test]
    fn loss() {
        let text = plain(&Run::example_loss());
        assert_fits(&text);
        insta::assert_snapshot!(text);
    }

    #[test]
    fn refused() {
        let text = plain(&Run::example_refused());
        assert_fits(&text);
        insta::assert_snapshot!(text);
    }

    #[test]
    fn containers() {
        let text = plain(&Run::example_containers());
        assert_fits(&text);
        assert!(!text.contains("simulated"), "{text}");
        insta::assert_snapshot!(text);
    }

    #[test]
    fn skipped() {
        let text = plain(&Run::example_skipped());
        assert_fits(&text);
        insta::assert_snapshot!(text);
        let options = TextOptions { colour: true, ..TextOptions::default() };
        let text = summary(&Run::example_skipped(), &options);
        assert!(text.contains("\u{1b}[33mskipped") && !text.contains("\u{1b}[32m"), "{text}");
    }

    #[test]
    fn a_failing_test_prints_the_block_alone() {
        let run = Run::example_loss();
        let text = failures(&run, &TextOptions::default());
        assert!(text.starts_with("  ✗ 1 204 of 450 000 events are not in OpenSearch"), "{text}");
        assert!(text.contains("repeat with"), "{text}");
        assert!(!text.contains('✓'), "{text}");
        assert_eq!(failures(&Run::example_passed(), &TextOptions::default()), "");
    }

    #[test]
    fn colour_changes_nothing_but_the_colour() {
        for run in [
            Run::example_passed(),
            Run::example_loss(),
            Run::example_refused(),
            Run::example_containers(),
            Run::example_skipped(),
        ] {
            let coloured = summary(&run, &TextOptions { colour: true, ..TextOptions::default() });
            assert!(coloured.contains("\u{1b}["));
            let mut bare = String::new();
            let mut rest = coloured.as_str();
            while let Some((before, code)) = rest.split_once("\u{1b}[") {
                bare.push_str(before);
                rest = code.split_once('m').map_or("", |(_, after)| after);
            }
            bare.push_str(rest);
            assert_eq!(bare, summary(&run, &TextOptions::default()));
        }
    }

    #[test]
    fn an_event_cannot_steer_the_terminal() {
        let mut run = Run::example_loss();
        run.checks[0].evidence[0].event.message = "\u{1b}[2J\rnothing\nto see".to_owned();
        let text = plain(&run);
        assert!(!text.contains('\u{1b}') && !text.contains('\r'));
        assert!(text.contains(r"\u{1b}[2J\rnothing\nto see"), "{text}");
    }

    #[test]
    fn a_run_that_knows_nothing_yet_says_that() {
        insta::assert_snapshot!(plain(&Run::new("empty", 7)));
    }
}
