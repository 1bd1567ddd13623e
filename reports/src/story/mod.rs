//! The story of a failed check: where its events stopped, why, and what to do. Every rendering
//! tells this one.

use crate::model::{Cause, Check, Evidence, Run};
use crate::words::{count, latency};

/// Events that stopped at one place for one reason.
#[derive(Debug, Default)]
pub(crate) struct Stop<'a> {
    /// How many; 0 when only examples are known.
    pub events: u64,
    /// The stage that stopped them.
    pub stage: &'a str,
    /// Where all the examples were last seen, if that is one place.
    pub last_seen: Option<&'a str>,
    /// What happened.
    pub cause: &'a str,
    /// Why, a line each, the plainest first.
    pub why: Vec<&'a str>,
    /// What to change.
    pub mend: Option<&'a str>,
    /// The command that shows more.
    pub see: Option<&'a str>,
    /// The first events.
    pub evidence: Vec<&'a Evidence>,
}

/// Where the events of a check stopped, in the order of the run's causes; examples that no cause
/// explains come after them, by the place where they were last seen.
pub(crate) fn stops<'a>(run: &'a Run, check: &'a Check) -> Vec<Stop<'a>> {
    let mut stops: Vec<Stop<'a>> = run
        .causes
        .iter()
        .filter(|cause| {
            cause.check.as_ref() == Some(&check.id)
                || check.evidence.iter().any(|found| explains(cause, found))
        })
        .map(of_cause)
        .collect();
    for found in &check.evidence {
        let known = stops
            .iter_mut()
            .find(|stop| stop.stage == stopped_at(found) && stop.cause == found.cause);
        if let Some(stop) = known {
            stop.evidence.push(found);
        } else {
            stops.push(Stop {
                stage: stopped_at(found),
                cause: &found.cause,
                evidence: vec![found],
                ..Stop::default()
            });
        }
    }
    for stop in &mut stops {
        stop.last_seen = common_place(&stop.evidence);
    }
    stops
}

/// The causes that no failed check tells of: what was wanted, such as a filter pattern.
pub(crate) fn wanted(run: &Run) -> Vec<&Cause> {
    let told = |cause: &Cause| {
        run.checks.iter().any(|check| {
            cause.check.as_ref() == Some(&check.id)
                || check.evidence.iter().any(|found| explains(cause, found))
        })
    };
    run.causes.iter().filter(|cause| !told(cause)).collect()
}

fn of_cause(cause: &Cause) -> Stop<'_> {
    // The plainest line first, then the place in the policy, then how the decision was made.
    let mut why: Vec<&str> = cause.explanation.iter().map(String::as_str).collect();
    if let Some(policy) = &cause.policy {
        why.insert(why.len().min(1), policy);
    }
    Stop {
        events: cause.events,
        stage: &cause.stage,
        cause: &cause.cause,
        why,
        mend: cause.mend.as_deref(),
        see: cause.see.as_deref(),
        ..Stop::default()
    }
}

fn explains(cause: &Cause, found: &Evidence) -> bool {
    cause.stage == stopped_at(found) && cause.cause == found.cause
}

fn stopped_at(found: &Evidence) -> &str {
    found.stage.as_deref().unwrap_or(&found.last_stage)
}

fn common_place<'a>(evidence: &[&'a Evidence]) -> Option<&'a str> {
    let first = &evidence.first()?.last_stage;
    evidence.iter().all(|found| &found.last_stage == first).then_some(first)
}

impl Stop<'_> {
    /// The sentence about how many and where, in three parts, so that a rendering can set the
    /// middle one, the stage, in its own way: `("all 1 204 stopped at", "transform", …)`.
    pub(crate) fn place(&self, run: &Run, check: &Check, separator: char) -> [String; 3] {
        let who = match self.events {
            0 => "stopped at".to_owned(),
            1 if check.events == 1 => "it stopped at".to_owned(),
            events if events == check.events => {
                format!("all {} stopped at", count(events, separator))
            }
            events => format!(
                "{} of {} stopped at",
                count(events, separator),
                count(check.events.max(events), separator)
            ),
        };
        let by = run.transform.as_ref().filter(|_| self.stage == "transform");
        let by = by.map(|transform| transform.name.clone());
        let seen = self.last_seen.filter(|&seen| seen != self.stage);
        let seen = seen.map(|stage| format!("last seen at {stage}"));
        let more: Vec<String> = [by, seen].into_iter().flatten().collect();
        let more = if more.is_empty() { String::new() } else { format!("({})", more.join("; ")) };
        [who, self.stage.to_owned(), more]
    }
}

/// What was measured for a threshold, with its unit; says so when nothing was.
pub(crate) fn measured(threshold: &crate::Threshold, separator: char) -> String {
    match threshold.actual {
        None => "nothing was measured".to_owned(),
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "rounded, and checked not to be negative"
        )]
        Some(ms) if threshold.unit == "ms" && ms >= 0.0 => latency(ms.round() as u64),
        Some(actual) => {
            let actual = crate::words::decimal(actual, 3, separator);
            format!("{actual} {}", threshold.unit).trim_end().to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::PLAIN;

    #[test]
    fn a_cause_gathers_its_evidence() {
        let run = Run::example_loss();
        let stops = stops(&run, &run.checks[0]);
        assert_eq!(stops.len(), 1);
        assert_eq!((stops[0].events, stops[0].evidence.len()), (1_204, 5));
        assert_eq!(
            stops[0].place(&run, &run.checks[0], PLAIN).join(" "),
            "all 1 204 stopped at transform (python:handler.py:cloudwatch_handler; \
             last seen at firehose)"
        );
        assert!(wanted(&run).is_empty());
    }

    #[test]
    fn the_policy_stands_after_the_plainest_line() {
        let run = Run::example_refused();
        let stops = stops(&run, &run.checks[0]);
        assert!(stops[0].why[0].starts_with("destination kinesisDest"));
        assert!(stops[0].why[1].starts_with("policies/destination.json:9"));
        assert_eq!(wanted(&run).len(), 1);
    }

    #[test]
    fn evidence_without_a_cause_is_told_too() {
        let mut run = Run::example_loss();
        run.causes.clear();
        let stops = stops(&run, &run.checks[0]);
        assert_eq!((stops.len(), stops[0].events, stops[0].evidence.len()), (1, 0, 5));
        assert_eq!(stops[0].last_seen, Some("firehose"));
    }
}
