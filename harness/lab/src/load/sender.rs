//! Traffic into an embedded world: each source by its own service.

use std::sync::Arc;

use tributary_emulator::{cloudtrail, ec2, events, guardduty};
use tributary_generators::{Batch, Origin};
use tributary_vocabulary::Source;

use crate::driver::SharedCore;
use crate::topology::Plan;

pub(super) struct Sender<'a> {
    core: &'a SharedCore,
    /// The log stream into which the rule of the master writes all findings.
    pub(super) findings_stream: Arc<str>,
}

impl<'a> Sender<'a> {
    pub(super) fn new(core: &'a SharedCore, topology: &Plan) -> Self {
        let names = &topology.names;
        let (rule, group) = (names.findings_rule_arn(), names.findings_group_arn());
        let stream = events::log_stream_name(&core.lock().world, &rule, &group);
        Self { core, findings_stream: Arc::from(stream.as_str()) }
    }

    /// Hands events to the service that makes them.
    pub(super) fn publish(&self, batch: &Batch) {
        let Batch { account, region, source, events, .. } = batch;
        self.core.lock().with_world(|world| match (source, &batch.origin) {
            (Source::VpcFlowLogs, Origin::Interface { vpc_id, subnet_id, interface_id }) => {
                let nic = ec2::Nic { vpc_id, subnet_id, interface_id };
                ec2::publish(world, *account, region, &nic, events);
            }
            (Source::GuardDuty, _) => guardduty::publish(world, *account, region, events),
            // A trail, or what no interface saw.
            _ => cloudtrail::publish(world, *account, region, events),
        });
    }
}
