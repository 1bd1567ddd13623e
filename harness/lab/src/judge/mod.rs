//! The judge: compares both ends with what was sent, and writes the run down.

mod backend;
mod blocked;
mod causes;
mod checks;
mod evidence;
mod figures;
mod refusals;
mod share;

use tributary_reports::{Check, Outcome, Run};
use tributary_vocabulary::Stage;

use crate::driver::{Core, SharedCore};
use crate::ends::Gathered;
use crate::lab::LabParts;
use crate::ledger::{Expected, Findings, Ledger, Reading, Trails};
use crate::topology::Names;

use evidence::Witness;

/// The exit code when a delivery or contract assertion failed.
const DELIVERY_FAILED: u8 = 100;

/// The exit code when a run was to be strict and its backend lacks something.
pub(crate) const BACKEND_UNAVAILABLE: u8 = 102;

/// Everything that the checkers look at.
pub(super) struct Case<'a> {
    pub(super) parts: &'a LabParts<'a>,
    pub(super) ledger: &'a Ledger,
    pub(super) findings: &'a Findings,
    pub(super) witness: Witness,
    pub(super) trails: Trails,
    pub(super) expected: Expected,
    /// Why an end could not be read.
    pub(super) unread: Vec<String>,
}

/// Reads both ends, compares them with what was sent, and writes the run down.
pub(crate) fn judge(parts: &LabParts<'_>, expected: Expected, gathered: Option<Gathered>) -> Run {
    let core = parts.ground.core().map(SharedCore::lock);
    let mut ledger = parts.ledger.lock();
    let mut reading = Reading::new(&ledger);
    let mut trails = Trails::default();
    if let Some(core) = &core {
        blocked::note(core, &mut ledger);
        read_world(core, parts, &mut ledger, &mut reading, &mut trails);
    }
    let unread = gathered.map(|gathered| read_gathered(gathered, &mut ledger, &mut reading));
    if let Some(share) = &ledger.share {
        reading.forget_others(share.leads);
    }
    let findings = Findings::of(&ledger, &reading, expected);
    let mut run = figures::figures(parts, core.as_deref(), &ledger);
    backend::describe(parts, &mut run);
    run.delivery.clone_from(&findings.delivery);
    figures::add_late(&mut run.delivery, &parts.sent);
    let witness = Witness::recall(parts, &ledger, &findings);
    let unread = unread.unwrap_or_default();
    let case =
        Case { parts, ledger: &ledger, findings: &findings, witness, trails, expected, unread };
    run.causes = causes::causes(&case);
    run.checks = checks::all(&case);
    share::describe(parts, case.ledger, &mut run);
    conclude(parts, &mut run);
    run
}

/// The outcome and its exit code. Where the loss of events could not be judged, nothing was passed.
fn conclude(parts: &LabParts<'_>, run: &mut Run) {
    let failed = run.checks.iter().any(|check| check.outcome.is_bad());
    let judged = |check: &Check| check.id == causes::LOSS && check.outcome != Outcome::Skipped;
    let skipped = !run.checks.iter().any(judged);
    let lacking = parts.settings.strict && !run.skipped.is_empty();
    (run.outcome, run.exit_code) = match (failed, lacking, skipped) {
        (true, ..) => (Outcome::Failed, DELIVERY_FAILED),
        (_, true, _) => (Outcome::Failed, BACKEND_UNAVAILABLE),
        (.., true) => (Outcome::Skipped, 0),
        _ => (Outcome::Passed, 0),
    };
}

/// Reads both ends of an embedded world, and the bucket of the trails.
fn read_world(
    core: &Core,
    parts: &LabParts<'_>,
    ledger: &mut Ledger,
    reading: &mut Reading,
    trails: &mut Trails,
) {
    if let Some(engine) = core.world.domain_engine(&parts.plan.names.domain_arn()) {
        for (_, _, source) in engine.documents() {
            reading.document(ledger, source);
        }
    }
    for object in core.world.objects(Names::BUCKET) {
        reading.object(ledger, object.key, object.body);
    }
    for object in core.world.objects(Names::TRAIL_BUCKET) {
        trails.object(ledger, object.key, object.body);
    }
}

/// Reads what was gathered at an endpoint; why an end could not be read.
fn read_gathered(gathered: Gathered, ledger: &mut Ledger, reading: &mut Reading) -> Vec<String> {
    let mut bytes = [0, 0];
    for document in gathered.documents.iter().flatten() {
        let part = reading.document(ledger, document);
        bytes[0] += part.of(document.len() as u64, ledger.share.as_ref());
    }
    for (key, body) in gathered.objects.iter().flatten() {
        let part = reading.object(ledger, key, body);
        bytes[1] += part.of(body.len() as u64, ledger.share.as_ref());
    }
    ledger.found(Stage::OpenSearch, &reading.opensearch.copies, bytes[0]);
    ledger.found(Stage::S3, &reading.s3.copies, bytes[1]);
    gathered.unread
}
