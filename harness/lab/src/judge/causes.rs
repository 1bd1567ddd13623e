//! Why events stopped, for the report.

use std::collections::BTreeMap;

use tributary_reports::Cause;
use tributary_vocabulary::Stage;

use super::Case;
use crate::ledger::Stop;
use crate::topology::RefusedStep;

const LOSS: &str = "delivery.loss";

/// Every known reason why events stopped: what the stages told, and the steps of the set-up that
/// policies refused.
pub(super) fn causes(case: &Case<'_>) -> Vec<Cause> {
    let mut causes: Vec<Cause> = case
        .ledger
        .stops
        .counted()
        .into_iter()
        .filter(|(_, events)| *events > 0)
        .map(|(stop, events)| of_stop(case, stop, events))
        .collect();
    let stopped_before = stopped_before_subscription(case);
    for step in &case.parts.provisioned.refused {
        causes.push(of_refusal(case, step, &stopped_before));
    }
    for (inject, missing) in case.parts.planter.lock().unplanted() {
        causes.push(Cause {
            stage: inject.stage.name().to_owned(),
            cause: format!(
                "--inject {inject} found too few events: {missing} faults could not be planted"
            ),
            events: missing,
            ..Cause::default()
        });
    }
    causes
}

fn of_stop(case: &Case<'_>, stop: &Stop, events: u64) -> Cause {
    // What a filter pattern leaves out stopped as meant.
    let meant = stop.stage == Stage::Subscription
        && stop.explanation.is_empty()
        && case.findings.lost.is_empty();
    Cause {
        stage: stop.stage.name().to_owned(),
        cause: stop.cause.clone(),
        events,
        explanation: stop.explanation.clone(),
        check: (!meant).then(|| LOSS.to_owned()),
        ..Cause::default()
    }
}

/// How many events of each account were never put into an envelope.
fn stopped_before_subscription(case: &Case<'_>) -> BTreeMap<String, u64> {
    let mut stopped = BTreeMap::new();
    for finding in &case.findings.lost {
        let entry = &case.ledger.entries[finding.entry as usize];
        if !entry.was_seen(Stage::Subscription) {
            let stream = &case.ledger.streams[entry.stream as usize];
            *stopped.entry(stream.account.to_string()).or_default() += 1;
        }
    }
    stopped
}

fn of_refusal(case: &Case<'_>, step: &RefusedStep, stopped: &BTreeMap<String, u64>) -> Cause {
    let of_master = step.account == case.parts.plan.accounts.master;
    let events = if of_master {
        stopped.values().sum()
    } else {
        stopped.get(step.account.as_str()).copied().unwrap_or(0)
    };
    let mut explanation = vec![format!("in account {}: {}", step.account, step.message)];
    let why = case.ledger.explanation_of(&step.message);
    if why.is_empty() {
        // The service's own message does not say whom a policy refused what: tell all refusals.
        for (sentence, lines) in &case.ledger.refusals {
            explanation.push(sentence.clone());
            explanation.extend(lines.iter().cloned());
        }
    }
    explanation.extend(why);
    Cause {
        stage: Stage::Subscription.name().to_owned(),
        cause: format!("{} was refused", step.operation),
        events,
        explanation,
        check: Some(LOSS.to_owned()),
        see: Some("the policies of the scenario, in its folder policies/".to_owned()),
        ..Cause::default()
    }
}
