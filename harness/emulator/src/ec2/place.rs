//! What one account has in one Region.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::Arc;

use super::address::Cidr;
use super::flow_log::{FlowLog, Plan};
use super::idempotency::Tokens;
use super::tags::Tags;

/// A VPC.
#[derive(Debug, Clone)]
pub(super) struct Vpc {
    /// Its addresses.
    pub(super) cidr: Cidr,
    /// `default` or `dedicated`.
    pub(super) tenancy: String,
}

/// A subnet.
#[derive(Debug, Clone)]
pub(super) struct Subnet {
    /// The VPC in which it lies.
    pub(super) vpc_id: Arc<str>,
    /// Its addresses.
    pub(super) cidr: Cidr,
    /// The name of its availability zone.
    pub(super) zone: String,
}

/// A network interface.
#[derive(Debug, Clone)]
pub(super) struct Interface {
    /// The VPC in which it lies.
    pub(super) vpc_id: Arc<str>,
    /// The subnet in which it lies.
    pub(super) subnet_id: Arc<str>,
    /// What it is for.
    pub(super) description: String,
    /// Its address; unknown of an interface that showed itself only by its traffic.
    pub(super) address: Option<Ipv4Addr>,
    /// Whether it belongs to something that runs.
    pub(super) in_use: bool,
    /// Its security groups.
    pub(super) groups: Vec<String>,
}

/// What one account has in one Region.
#[derive(Debug, Default)]
pub(super) struct Place {
    pub(super) vpcs: BTreeMap<Arc<str>, Vpc>,
    pub(super) subnets: BTreeMap<Arc<str>, Subnet>,
    pub(super) interfaces: BTreeMap<Arc<str>, Interface>,
    pub(super) flow_logs: BTreeMap<Arc<str>, FlowLog>,
    /// The flow logs of a VPC, subnet or interface, in the order in which they were made.
    pub(super) covering: BTreeMap<Arc<str>, Vec<Arc<Plan>>>,
    /// Tags by the id of what they hang on.
    pub(super) tags: BTreeMap<Arc<str>, Tags>,
    pub(super) tokens: Tokens,
}

impl Place {
    /// The tags of a thing, if it ever had some.
    pub(super) fn tags_of(&self, id: &str) -> Option<&Tags> {
        self.tags.get(id)
    }

    /// Hangs tags on a thing that was just made.
    pub(super) fn tag(&mut self, id: &Arc<str>, tags: Tags) {
        if !tags.is_empty() {
            self.tags.insert(Arc::clone(id), tags);
        }
    }

    /// The kind of a thing that can have tags, as ARNs and DescribeTags name it.
    pub(super) fn kind(&self, id: &str) -> Option<&'static str> {
        if self.vpcs.contains_key(id) {
            Some("vpc")
        } else if self.subnets.contains_key(id) {
            Some("subnet")
        } else if self.interfaces.contains_key(id) {
            Some("network-interface")
        } else if self.flow_logs.contains_key(id) {
            Some("vpc-flow-log")
        } else {
            None
        }
    }

    /// The addresses in use in a subnet.
    pub(super) fn addresses(&self, subnet_id: &str) -> Vec<Ipv4Addr> {
        let inside = self.interfaces.values().filter(|nic| &*nic.subnet_id == subnet_id);
        inside.filter_map(|nic| nic.address).collect()
    }

    /// The number of interfaces in a subnet.
    pub(super) fn interfaces_in(&self, subnet_id: &str) -> usize {
        self.interfaces.values().filter(|nic| &*nic.subnet_id == subnet_id).count()
    }

    /// Adds a flow log.
    pub(super) fn add_flow_log(&mut self, flow_log: FlowLog) {
        let plan = Arc::clone(&flow_log.plan);
        self.covering.entry(Arc::clone(&plan.resource_id)).or_default().push(Arc::clone(&plan));
        self.flow_logs.insert(Arc::clone(&plan.id), flow_log);
    }

    /// Takes a flow log away.
    pub(super) fn remove_flow_log(&mut self, id: &str) -> Option<FlowLog> {
        let flow_log = self.flow_logs.remove(id)?;
        self.tags.remove(id);
        if let Some(plans) = self.covering.get_mut(&flow_log.plan.resource_id) {
            plans.retain(|plan| plan.id != flow_log.plan.id);
        }
        Some(flow_log)
    }
}
