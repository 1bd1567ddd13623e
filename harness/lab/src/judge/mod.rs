//! The judge: compares both ends with what was sent, and writes the run down.

mod blocked;
mod causes;
mod checks;
mod evidence;
mod figures;
mod refusals;

use tributary_reports::{Outcome, Run};

use crate::lab::LabParts;
use crate::ledger::{Expected, Findings, Ledger, Reading, Trails};
use crate::topology::Names;

use evidence::Witness;

/// The exit code when a delivery or contract assertion failed.
const DELIVERY_FAILED: u8 = 100;

/// Everything that the checkers look at.
pub(super) struct Case<'a> {
    pub(super) parts: &'a LabParts<'a>,
    pub(super) ledger: &'a Ledger,
    pub(super) findings: &'a Findings,
    pub(super) witness: Witness,
    pub(super) trails: Trails,
}

/// Reads both ends, compares them with what was sent, and writes the run down.
pub(crate) fn judge(parts: &LabParts<'_>, expected: Expected) -> Run {
    let core = parts.core.lock();
    let mut ledger = parts.ledger.lock();
    blocked::note(&core, &mut ledger);
    let mut reading = Reading::new(&ledger);
    if let Some(engine) = core.world.domain_engine(&parts.plan.names.domain_arn()) {
        for (_, _, source) in engine.documents() {
            reading.document(&ledger, source);
        }
    }
    for object in core.world.objects(Names::BUCKET) {
        reading.object(&mut ledger, object.key, object.body);
    }
    let mut trails = Trails::default();
    for object in core.world.objects(Names::TRAIL_BUCKET) {
        trails.object(&mut ledger, object.key, object.body);
    }
    let findings = Findings::of(&ledger, &reading, expected);
    let mut run = figures::figures(parts, &core, &ledger);
    run.delivery.clone_from(&findings.delivery);
    figures::add_late(&mut run.delivery, &parts.sent);
    let witness = Witness::recall(parts, &ledger, &findings);
    let case = Case { parts, ledger: &ledger, findings: &findings, witness, trails };
    run.causes = causes::causes(&case);
    run.checks = checks::all(&case);
    let failed = run.checks.iter().any(|check| check.outcome.is_bad());
    run.outcome = if failed { Outcome::Failed } else { Outcome::Passed };
    run.exit_code = if failed { DELIVERY_FAILED } else { 0 };
    run
}
