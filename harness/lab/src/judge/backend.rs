//! What the backend was, what it could not do, and which figures passed over a bridge.

use tributary_reports::{Run, Skipped};

use crate::backend::Capability;
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
    // What nothing stands in for comes first: it is what the run did not see.
    let mut carried = Vec::new();
    for (capability, reason) in remote.capabilities.missing() {
        // Nothing was skipped for want of these: who asks for them where they are not gets no run.
        if matches!(capability, Capability::VirtualTime | Capability::Faults) {
            continue;
        }
        let requires = capability.name().to_owned();
        match instead_of(&remote.route, capability) {
            None => run.skipped.push(Skipped { requires, reason: reason.to_owned() }),
            Some(bridge) => {
                let reason = format!("{reason}; bridge {bridge} does it");
                carried.push(Skipped { requires, reason });
            }
        }
    }
    for (step, reason) in &parts.provisioned.unsupported {
        let (requires, reason) = (format!("step {step}"), reason.clone());
        run.skipped.push(Skipped { requires, reason });
    }
    run.skipped.append(&mut carried);
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

/// The bridge that does what a backend cannot do.
fn instead_of(route: &Route, capability: Capability) -> Option<&'static str> {
    let envelopes = route.subscribe == Subscribe::Envelopes;
    let outbox = route.subscribe == Subscribe::Outbox;
    let bulk = route.index == Index::Bulk;
    let (carries, bridge) = match capability {
        Capability::Sources => (!route.sources, SOURCES),
        Capability::Logs | Capability::Subscriptions => (envelopes, SUBSCRIPTION),
        Capability::CrossAccountDestinations => (envelopes || outbox, SUBSCRIPTION),
        Capability::FirehoseKinesisSource => (route.backup == Backup::Put, FIREHOSE),
        Capability::TransformExecution => (route.index != Index::Whole, TRANSFORM),
        Capability::FirehoseToOpenSearch => (bulk, TRANSFORM),
        _ => return None,
    };
    carries.then_some(bridge)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Capabilities;

    #[test]
    fn a_bridge_stands_in_for_what_it_carries_only() {
        use Capability as C;
        let lacks = [C::Sources, C::CrossAccountDestinations, C::TransformExecution];
        let can = lacks.iter().fold(Capabilities::all(), |can, it| can.without(*it, "no"));
        let route = Route::of(&can, false);
        assert_eq!(instead_of(&route, C::CrossAccountDestinations), Some(SUBSCRIPTION));
        assert_eq!(instead_of(&route, C::TransformExecution), Some(TRANSFORM));
        assert_eq!(instead_of(&route, C::Sources), Some(SOURCES));
        for not in [C::IamEnforced, C::ShardLimits, C::Logs, C::FirehoseToOpenSearch] {
            assert_eq!(instead_of(&route, not), None, "{not:?}");
        }
        let one = Route::of(&can, true);
        assert_eq!(instead_of(&one, C::CrossAccountDestinations), None, "nothing crosses");
    }
}
