//! Why events stopped, for the report.

use tributary_reports::Cause;
use tributary_vocabulary::Stage;

use super::{Case, refusals};
use crate::ledger::Stop;
use crate::topology::files;

pub(super) const LOSS: &str = "delivery.loss";

/// Every known reason why events stopped: what the stages told, and the steps of the set-up that
/// policies refused.
pub(super) fn causes(case: &Case<'_>) -> Vec<Cause> {
    let mut causes: Vec<Cause> = case
        .ledger
        .stops
        .counted()
        .into_iter()
        .filter(|(stop, ..)| !refusals::explains(case, stop))
        .map(|(stop, events, others)| of_stop(case, stop, events, others))
        .collect();
    causes.extend(refusals::causes(case));
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

fn of_stop(case: &Case<'_>, stop: &Stop, events: u64, others: usize) -> Cause {
    let mut explanation = stop.explanation.clone();
    if others > 0 {
        let more =
            if others == 1 { "once more".to_owned() } else { format!("{others} times more") };
        explanation.push(format!("likewise {more}, about other resources or in other accounts"));
    }
    // What a filter pattern leaves out stopped as meant.
    let meant = stop.stage == Stage::Subscription
        && stop.explanation.is_empty()
        && case.findings.lost.is_empty();
    Cause {
        stage: stop.stage.name().to_owned(),
        cause: stop.cause.clone(),
        events,
        explanation,
        mend: stop.mend.clone(),
        policy: stop.policy.as_ref().map(|at| files::place(case.parts.plan, true, at)),
        check: (!meant).then(|| LOSS.to_owned()),
        ..Cause::default()
    }
}
