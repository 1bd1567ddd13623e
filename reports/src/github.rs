//! Annotations of GitHub Actions: one line for each thing that did not hold.

use std::fmt::Write as _;

use crate::bridged::{self, CARRIED};
use crate::model::{Check, Outcome, Run};
use crate::omitted;
use crate::story;
use crate::words::PLAIN;

/// How many annotations of a kind GitHub shows for a step.
const SHOWN: usize = 10;

/// `::error title=…::…` for each check and threshold that did not hold, `::warning …` for what
/// was skipped, `::notice …` for what the harness carried; empty when there is nothing to say. GitHub shows ten of each kind for a step, so
/// the tenth error says how many more there are.
#[must_use]
pub fn annotations(run: &Run) -> String {
    let mut errors: Vec<(String, String)> = run
        .checks
        .iter()
        .filter(|check| check.outcome.is_bad())
        .map(|check| (check.id.clone(), of_check(run, check)))
        .collect();
    for threshold in run.thresholds.iter().filter(|threshold| threshold.outcome.is_bad()) {
        let measured = story::measured(threshold, PLAIN);
        errors.push(("threshold".to_owned(), format!("{}: {measured}", threshold.source)));
    }
    if errors.is_empty() && run.outcome.is_bad() {
        let sentence = format!("the run {} with exit code {}", run.outcome, run.exit_code);
        errors.push(("run".to_owned(), sentence));
    }
    let mut warnings: Vec<(String, String)> = run
        .skipped
        .iter()
        .map(|skipped| (format!("skipped: {}", skipped.requires), skipped.reason.clone()))
        .collect();
    for check in run.checks.iter().filter(|check| check.outcome == Outcome::Skipped) {
        warnings.push((format!("skipped: {}", check.id), check.sentence.clone()));
    }
    if warnings.is_empty() && run.outcome == Outcome::Skipped {
        warnings.push(("skipped".to_owned(), omitted::not_judged(run)));
    }
    let notices = bridged::of(run)
        .iter()
        .map(|bridge| {
            (format!("bridged: {}", bridge.name), format!("{CARRIED}: {}", bridge.words()))
        })
        .collect();
    let mut text = String::new();
    write(&mut text, "error", run, errors);
    write(&mut text, "warning", run, warnings);
    write(&mut text, "notice", run, notices);
    text
}

fn of_check(run: &Run, check: &Check) -> String {
    let mut message = check.sentence.clone();
    for stop in story::stops(run, check) {
        let place = stop.place(run, check, PLAIN).join(" ");
        // Writing to a String cannot fail.
        let _ = write!(message, "\n{}: {}", place.trim_end(), stop.cause);
        for why in stop.why {
            let _ = write!(message, "\n  {why}");
        }
    }
    if !run.repeat.is_empty() {
        let _ = write!(message, "\nrepeat with  {}", run.repeat);
    }
    message
}

fn write(text: &mut String, kind: &str, run: &Run, mut all: Vec<(String, String)>) {
    if all.len() > SHOWN {
        let more = all.len() - (SHOWN - 1);
        all.truncate(SHOWN - 1);
        all.push((format!("{more} more"), "the summary of the step tells them all".to_owned()));
    }
    for (title, message) in all {
        let title = property(&format!("{} · {title}", run.scenario));
        // Writing to a String cannot fail.
        let _ = writeln!(text, "::{kind} title={title}::{}", data(&message));
    }
}

/// Escapes the text of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_and_warnings() {
        assert_eq!(annotations(&Run::example_passed()), "");
        insta::assert_snapshot!(annotations(&Run::example_refused()));
        insta::assert_snapshot!("containers", annotations(&Run::example_containers()));
    }

    #[test]
    fn nothing_ends_a_command_early() {
        let mut run = Run::example_loss();
        run.scenario = "a:b,c".to_owned();
        run.checks[0].sentence = "100% lost\n::warning::no".to_owned();
        let text = annotations(&run);
        assert!(
            text.starts_with("::error title=a%3Ab%2Cc · delivery.loss::100%25 lost%0A::"),
            "{text}"
        );
        assert!(
            text.lines().all(|line| line.starts_with("::error") || line.starts_with("::warning"))
        );
    }

    #[test]
    fn the_tenth_says_how_many_more() {
        let mut run = Run::example_loss();
        run.thresholds = vec![run.thresholds[0].clone(); 20];
        let text = annotations(&run);
        assert_eq!(text.lines().filter(|line| line.starts_with("::error")).count(), 10);
        assert!(text.contains("12 more::"), "{text}");
    }
}
