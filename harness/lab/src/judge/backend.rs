//! What the backend was, what it could not do, and which figures passed over a bridge.

use tributary_reports::{Run, Skipped};

use crate::ground::{Backup, Index, Route, SUBSCRIPTION, TRANSFORM};
use crate::ground::{FIREHOSE, SOURCES, Subscribe};
use crate::lab::LabParts;

/// Writes down what a run ran on.
pub(super) fn describe(parts: &LabParts<'_>, run: &mut Run) {
    let Some(remote) = parts.ground.remote() else {
        "embedded".clone_into(&mut run.backend);
        return;
    };
    parts.settings.backend.clone_into(&mut run.backend);
    run.backend_is = Some(remote.title.clone());
    for (name, text) in remote.route.bridges() {
        run.bridges.push(format!("{name}: {text}"));
    }
    for (capability, reason) in remote.capabilities.missing() {
        let (requires, reason) = (capability.name().to_owned(), reason.to_owned());
        run.skipped.push(Skipped { requires, reason });
    }
    for (step, reason) in &parts.provisioned.unsupported {
        let (requires, reason) = (format!("step {step}"), reason.clone());
        run.skipped.push(Skipped { requires, reason });
    }
    for stage in &mut run.stages {
        stage.bridge = bridge_into(&remote.route, &stage.stage).map(str::to_owned);
    }
    if remote.route.index != Index::Whole {
        if let Some(transform) = &mut run.transform {
            transform.bridge = Some(TRANSFORM.to_owned());
        }
        for shard in &mut run.shards {
            shard.bridge = Some(TRANSFORM.to_owned());
        }
    }
}

/// The bridge that carried events into a stage.
fn bridge_into(route: &Route, stage: &str) -> Option<&'static str> {
    match stage {
        "logs" if !route.sources && route.subscribe != Subscribe::Envelopes => Some(SOURCES),
        "subscription" if route.subscribe == Subscribe::Envelopes => Some(SUBSCRIPTION),
        "kinesis" if matches!(route.subscribe, Subscribe::Outbox | Subscribe::Envelopes) => {
            Some(SUBSCRIPTION)
        }
        "firehose" | "transform" if route.index != Index::Whole => Some(TRANSFORM),
        "opensearch" if route.index == Index::Bulk => Some(TRANSFORM),
        "s3" if route.backup == Backup::Put => Some(FIREHOSE),
        _ => None,
    }
}
