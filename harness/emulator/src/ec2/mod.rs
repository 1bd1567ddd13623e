//! EC2, as far as VPC Flow Logs need it: VPCs with their subnets and network interfaces, their
//! tags, and the flow logs that publish what crosses the interfaces.
//!
//! [`furnish`] declares what exists before anybody sets up logging; [`publish`] brings the flow
//! records of an interface, which enter by the flow logs that cover it, under their roles.

mod address;
mod bucket_policy;
mod describe;
mod error;
mod filter;
mod flow_log;
mod format;
mod furnish;
mod idempotency;
pub mod ops;
mod place;
mod publish;
mod request;
mod settings;
mod state;
mod tags;
#[cfg(test)]
mod tests;
mod view;
mod zone;

use tributary_vocabulary::{AccountId, Region, Timestamp};

use std::sync::Arc;

use crate::kernel::World;
use crate::protocol::query::QueryOperation;

pub use furnish::{FurnishedSubnet, FurnishedVpc, furnish};
pub use publish::{Nic, publish};
pub use settings::Settings;
pub use state::State;

/// The namespace of EC2's responses.
pub const NAMESPACE: &str = "http://ec2.amazonaws.com/doc/2016-11-15/";

/// The rows of the operation table.
pub const OPERATIONS: &[QueryOperation] = &[
    QueryOperation { name: "CreateFlowLogs", call: ops::create_flow_logs::run },
    QueryOperation { name: "DescribeFlowLogs", call: ops::describe_flow_logs::run },
    QueryOperation { name: "DeleteFlowLogs", call: ops::delete_flow_logs::run },
    QueryOperation { name: "CreateVpc", call: ops::create_vpc::run },
    QueryOperation { name: "DescribeVpcs", call: ops::describe_vpcs::run },
    QueryOperation { name: "DeleteVpc", call: ops::delete_vpc::run },
    QueryOperation { name: "CreateSubnet", call: ops::create_subnet::run },
    QueryOperation { name: "DescribeSubnets", call: ops::describe_subnets::run },
    QueryOperation { name: "DeleteSubnet", call: ops::delete_subnet::run },
    QueryOperation { name: "CreateNetworkInterface", call: ops::create_network_interface::run },
    QueryOperation {
        name: "DescribeNetworkInterfaces",
        call: ops::describe_network_interfaces::run,
    },
    QueryOperation { name: "DeleteNetworkInterface", call: ops::delete_network_interface::run },
    QueryOperation { name: "CreateTags", call: ops::create_tags::run },
    QueryOperation { name: "DescribeTags", call: ops::describe_tags::run },
    QueryOperation { name: "DeleteTags", call: ops::delete_tags::run },
    QueryOperation {
        name: "DescribeAvailabilityZones",
        call: ops::describe_availability_zones::run,
    },
];

/// What is due.
#[derive(Debug, Clone, PartialEq)]
pub enum Timer {
    /// A flow log writes the file of a window of time to its bucket.
    File {
        /// The owner of the flow log.
        account: AccountId,
        /// The Region of the flow log.
        region: Region,
        /// The flow log.
        flow_log: Arc<str>,
        /// The beginning of the window.
        window: Timestamp,
    },
}

pub(crate) fn on_timer(world: &mut World, timer: Timer) {
    match timer {
        Timer::File { account, region, flow_log, window } => {
            publish::write_file(world, account, &region, &flow_log, window);
        }
    }
}
