//! JUnit XML, which every CI shows: a suite for the run, a case for each check and threshold.

use std::fmt::Write as _;

use crate::bridged;
use crate::model::{Check, Outcome, Run, Threshold};
use crate::omitted;
use crate::story;
use crate::text::{self, TextOptions};
use crate::words::PLAIN;
use crate::xml::escape;

/// One `<testcase>`, before it is written.
struct Case<'a> {
    class: &'static str,
    name: &'a str,
    outcome: Outcome,
    message: String,
    body: String,
}

/// The run as JUnit XML, with a newline at the end.
///
/// A failure carries the check's sentence and its story as the terminal tells it. What the backend
/// could not run is a skipped case with its reason, and a bridge is a property. A run that ended before anything was checked
/// has one case in error, so that a CI never takes it for a success.
#[must_use]
pub fn write(run: &Run) -> String {
    let cases = cases(run);
    let of = |outcome| cases.iter().filter(|case| case.outcome == outcome).count();
    let counts = format!(
        "tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{:.3}\"",
        cases.len(),
        of(Outcome::Failed),
        of(Outcome::Aborted),
        of(Outcome::Skipped),
        run.wall_s
    );
    let name = escape(&run.scenario);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"tributary\" {counts}>\n  <testsuite name=\"{name}\" {counts}>\n    \
         <properties>\n"
    );
    for (key, value) in properties(run) {
        line(&mut xml, 6, &format!("<property name=\"{key}\" value=\"{}\"/>", escape(&value)));
    }
    line(&mut xml, 4, "</properties>");
    for case in &cases {
        write_case(&mut xml, &name, case);
    }
    line(&mut xml, 2, "</testsuite>");
    line(&mut xml, 0, "</testsuites>");
    xml
}

fn properties(run: &Run) -> Vec<(&'static str, String)> {
    let mut properties = vec![
        ("seed", run.seed.to_string()),
        ("backend", run.backend.clone()),
        ("clock", run.clock.clone()),
        ("outcome", run.outcome.to_string()),
        ("exit_code", run.exit_code.to_string()),
        ("trace_sha256", run.trace_sha256.clone()),
        ("repeat", run.repeat.clone()),
    ];
    if let Some(it) = &run.backend_is {
        properties.insert(2, ("backend_is", it.clone()));
    }
    let marked = bridged::of(run).iter().map(bridged::Bridge::words).collect::<Vec<_>>();
    let unmarked = bridged::unmarked(run).into_iter().map(str::to_owned);
    properties.extend(marked.into_iter().chain(unmarked).map(|words| ("bridge", words)));
    properties
}

fn cases(run: &Run) -> Vec<Case<'_>> {
    let mut cases: Vec<Case<'_>> = run.checks.iter().map(|check| of_check(run, check)).collect();
    cases.extend(run.thresholds.iter().map(of_threshold));
    cases.extend(run.skipped.iter().map(|skipped| Case {
        class: "requires",
        name: &skipped.requires,
        outcome: Outcome::Skipped,
        message: skipped.reason.clone(),
        body: String::new(),
    }));
    let told = cases.iter().any(|case| case.outcome >= run.outcome);
    if run.outcome != Outcome::Passed && !told {
        let message = match run.outcome {
            Outcome::Skipped => format!("the run was skipped: {}", omitted::not_judged(run)),
            outcome => format!("the run {outcome} with exit code {}", run.exit_code),
        };
        cases.push(Case {
            class: "run",
            name: "outcome",
            outcome: run.outcome,
            message,
            body: String::new(),
        });
    }
    cases
}

fn of_check<'a>(run: &Run, check: &'a Check) -> Case<'a> {
    let body = if check.outcome.is_bad() {
        let mut body = text::story_of(run, check, &TextOptions::default());
        for found in &check.evidence {
            // Writing to a String cannot fail.
            let _ = writeln!(
                body,
                "\n{} {}/{} at {} ms\n{}",
                found.event.account,
                found.event.log_group,
                found.event.log_stream,
                found.event.timestamp,
                found.event.message
            );
        }
        let _ = write!(body, "\nrepeat with  {}", run.repeat);
        body
    } else {
        String::new()
    };
    Case {
        class: "check",
        name: &check.id,
        outcome: check.outcome,
        message: check.sentence.clone(),
        body,
    }
}

fn of_threshold(threshold: &Threshold) -> Case<'_> {
    Case {
        class: "threshold",
        name: &threshold.source,
        outcome: threshold.outcome,
        message: format!("{}: {}", threshold.source, story::measured(threshold, PLAIN)),
        body: String::new(),
    }
}

fn write_case(xml: &mut String, suite: &str, case: &Case<'_>) {
    let head =
        format!("<testcase classname=\"{suite}.{}\" name=\"{}\"", case.class, escape(case.name));
    let message = escape(&case.message);
    let tag = match case.outcome {
        Outcome::Passed => return line(xml, 4, &format!("{head}/>")),
        Outcome::Skipped => {
            line(xml, 4, &format!("{head}>"));
            line(xml, 6, &format!("<skipped message=\"{message}\"/>"));
            return line(xml, 4, "</testcase>");
        }
        Outcome::Failed => "failure",
        Outcome::Aborted => "error",
    };
    line(xml, 4, &format!("{head}>"));
    let class = case.class;
    let body = case.body.lines().map(escape).collect::<Vec<_>>().join("\n");
    line(xml, 6, &format!("<{tag} message=\"{message}\" type=\"{class}\">{body}</{tag}>"));
    line(xml, 4, "</testcase>");
}

fn line(xml: &mut String, indent: usize, text: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(xml, "{:indent$}{text}", "");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passed() {
        insta::assert_snapshot!(write(&Run::example_passed()));
    }

    #[test]
    fn loss() {
        insta::assert_snapshot!(write(&Run::example_loss()));
    }

    #[test]
    fn refused() {
        insta::assert_snapshot!(write(&Run::example_refused()));
    }

    #[test]
    fn containers() {
        insta::assert_snapshot!(write(&Run::example_containers()));
    }

    #[test]
    fn what_was_skipped_is_never_an_empty_suite() {
        let mut run = Run::example_skipped();
        assert!(write(&run).contains("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\""));
        run.skipped.clear();
        let xml = write(&run);
        assert!(xml.contains("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\""), "{xml}");
        assert!(xml.contains("<skipped message=\"the run was skipped: not judged"), "{xml}");
    }

    #[test]
    fn an_aborted_run_is_in_error() {
        let xml = write(&Run::new("demo", 7));
        assert!(xml.contains("tests=\"1\" failures=\"0\" errors=\"1\""), "{xml}");
        assert!(xml.contains("<error message=\"the run aborted with exit code 1\""), "{xml}");
    }

    #[test]
    fn markup_in_an_event_stays_text() {
        let mut run = Run::example_loss();
        run.checks[0].evidence[0].event.message = "</failure><x>]]>&\u{0}".to_owned();
        let xml = write(&run);
        assert!(xml.contains("&lt;/failure&gt;&lt;x&gt;]]&gt;&amp;\\u{0}"), "{xml}");
        assert!(!xml.contains("<x>"));
    }
}
