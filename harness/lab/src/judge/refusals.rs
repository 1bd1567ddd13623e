//! Steps of the set-up that were refused, and the events that stopped for it.

use std::collections::BTreeMap;

use tributary_reports::Cause;
use tributary_vocabulary::{AccountId, Source, Stage};

use super::Case;
use super::causes::LOSS;
use crate::ledger::{Entry, Ledger, Refusal, Stop, StreamKey};
use crate::topology::{RefusedStep, Step, files};

/// The most further steps that a cause names.
const OTHERS_NAMED: usize = 4;

/// The first stage that an event was not seen at.
fn stopped_at(entry: &Entry) -> Option<Stage> {
    Stage::ALL.into_iter().find(|stage| !entry.was_seen(*stage))
}

/// Whether a refused step is about the events of a log stream.
fn is_about(case: &Case<'_>, refused: &RefusedStep, account: AccountId, source: Source) -> bool {
    let of_all = refused.account == case.parts.plan.accounts.master;
    (of_all || refused.account == account)
        && refused.step.source().is_none_or(|about| about == source)
}

/// The refused step that stopped an event.
pub(super) fn that_stopped<'a>(
    case: &'a Case<'_>,
    entry: &Entry,
    stream: &StreamKey,
) -> Option<&'a RefusedStep> {
    let first = first_about(case, stream.account, stream.source, stopped_at(entry)?)?;
    case.parts.provisioned.refused.get(first)
}

/// The first refused step, by its place, that is about these events and stops them at this stage.
fn first_about(case: &Case<'_>, account: AccountId, source: Source, stage: Stage) -> Option<usize> {
    case.parts.provisioned.refused.iter().position(|refused| {
        refused.step.stops() == stage && is_about(case, refused, account, source)
    })
}

/// Whether refused steps already say why the events of this stop were never published.
pub(super) fn explains(case: &Case<'_>, stop: &Stop) -> bool {
    stop.stage == Stage::Logs
        && stop.explanation.is_empty()
        && case.parts.provisioned.refused.iter().any(|refused| {
            let source = refused.step.source();
            refused.step.stops() == Stage::Logs
                && source.is_some_and(|source| stop.cause.starts_with(source.name()))
        })
}

/// The causes: one for everything that decided, whatever the number of steps it stopped.
pub(super) fn causes(case: &Case<'_>) -> Vec<Cause> {
    let mut stopped: BTreeMap<(AccountId, Source, Stage), u64> = BTreeMap::new();
    for finding in &case.findings.lost {
        let entry = &case.ledger.entries[finding.entry as usize];
        let stream = &case.ledger.streams[entry.stream as usize];
        if let Some(stage) = stopped_at(entry) {
            *stopped.entry((stream.account, stream.source, stage)).or_default() += 1;
        }
    }
    // The first refused step that is about events is the one that stopped them; what is refused
    // later for want of it is no cause of its own.
    let refused = &case.parts.provisioned.refused;
    let mut events = vec![0_u64; refused.len()];
    for ((account, source, stage), lost) in stopped {
        if let Some(first) = first_about(case, account, source, stage) {
            events[first] += lost;
        }
    }
    let mut groups: BTreeMap<_, (u64, Vec<&RefusedStep>)> = BTreeMap::new();
    for (refused, events) in refused.iter().zip(events).filter(|(_, events)| *events > 0) {
        let group = groups.entry(kind(case, refused)).or_default();
        group.0 += events;
        group.1.push(refused);
    }
    groups.into_values().map(|(events, group)| cause(case, &group, events)).collect()
}

/// Steps of one kind are one cause: the same operation, stopped at the same stage by the same
/// statement, in whatever account; where no statement is known, the same step.
fn kind<'a>(
    case: &'a Case<'_>,
    refused: &'a RefusedStep,
) -> (Stage, &'a str, Option<&'a (String, u32)>, Option<Step>) {
    let policy = behind(case.ledger, refused).and_then(|(_, refusal)| refusal.policy.as_ref());
    let step = policy.is_none().then_some(refused.step);
    (refused.step.stops(), refused.operation, policy, step)
}

fn cause(case: &Case<'_>, group: &[&RefusedStep], events: u64) -> Cause {
    let first = group[0];
    let stage = first.step.stops();
    let why = behind(case.ledger, first);
    Cause {
        stage: stage.name().to_owned(),
        cause: first.cause(),
        events,
        explanation: explanation(group, why),
        mend: why.map(|(_, refusal)| refusal.mend.clone()),
        policy: why
            .and_then(|(_, refusal)| refusal.policy.as_ref())
            .map(|at| files::place(case.parts.plan, first.step == Step::FindingsFilter, at)),
        check: Some(LOSS.to_owned()),
        ..Cause::default()
    }
}

/// The refusal behind a step: the one that was told while it was tried.
fn behind<'a>(ledger: &'a Ledger, refused: &RefusedStep) -> Option<(&'a str, &'a Refusal)> {
    let (sentence, refusal) = ledger.refusals.get_key_value(refused.because.as_ref()?)?;
    Some((sentence, refusal))
}

fn explanation(group: &[&RefusedStep], why: Option<(&str, &Refusal)>) -> Vec<String> {
    let first = group[0];
    let mut lines =
        vec![format!("step {} in account {}: {}", first.step, first.account, first.message)];
    if let Some((sentence, refusal)) = why {
        if !first.message.contains(sentence) {
            lines.push(sentence.to_owned());
        }
        lines.extend(refusal.lines.iter().cloned());
    }
    let others: Vec<String> = group[1..]
        .iter()
        .map(|other| format!("step {} in account {}", other.step, other.account))
        .collect();
    if !others.is_empty() {
        let named = others[..others.len().min(OTHERS_NAMED)].join(", ");
        let more = others.len().saturating_sub(OTHERS_NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        lines.push(format!("likewise {named}{more}"));
    }
    lines
}
