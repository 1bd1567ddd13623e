//! What one worker of several says about itself.

use tributary_reports::{Run, Worker};
use tributary_vocabulary::Stage;

use crate::lab::LabParts;
use crate::ledger::Ledger;

/// The check of what the transform answered: whoever runs it tells.
const CONTRACT: &str = "transform.contract";
const CORRUPTION: &str = "delivery.corruption";

/// Writes down which share a run was, and leaves out what only worker 1 sees.
pub(super) fn describe(parts: &LabParts<'_>, ledger: &Ledger, run: &mut Run) {
    let Some(share) = &ledger.share else { return };
    let worker = parts.settings.worker;
    run.worker = Some(Worker { index: worker.index.into(), of: worker.count.into() });
    if let Some(first) = parts.sent.first() {
        // All have begun at the same moment, to which each has come in its own time.
        run.epoch = first.plan.start.ms();
        run.simulated_s = parts.ground.now().ms_since(first.plan.start).max(0) as f64 / 1_000.0;
    }
    for check in &mut run.checks {
        if check.id == CORRUPTION && !check.outcome.is_bad() {
            check.sentence = "no event of this worker was changed; events of others are theirs to \
                              account for"
                .to_owned();
        }
    }
    let seen: Vec<&str> = share.only_leader_sees.iter().copied().map(Stage::name).collect();
    if seen.is_empty() {
        return;
    }
    // The same words for all, so that merged they are there once.
    let seen = seen.join(", ");
    run.bridges
        .push(format!("all workers: worker 1 carries what all send, and alone counts {seen}"));
    if share.leads {
        return;
    }
    run.checks.retain(|check| check.id != CONTRACT);
    run.stages.retain(|stage| !share.only_leader_sees.iter().any(|it| it.name() == stage.stage));
    run.shards.clear();
    run.transform = None;
}
