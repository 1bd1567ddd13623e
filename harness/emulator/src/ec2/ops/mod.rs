//! The operations, one file each.

pub mod create_flow_logs;
pub mod create_network_interface;
pub mod create_subnet;
pub mod create_tags;
pub mod create_vpc;
pub mod delete_flow_logs;
pub mod delete_network_interface;
pub mod delete_subnet;
pub mod delete_tags;
pub mod delete_vpc;
pub mod describe_availability_zones;
pub mod describe_flow_logs;
pub mod describe_network_interfaces;
pub mod describe_subnets;
pub mod describe_tags;
pub mod describe_vpcs;
mod flow_log_request;

use crate::kernel::ServiceError;
use crate::protocol::xml::Element;

/// `unsuccessful`: what a request could not do, each with the resource that it was about.
fn unsuccessful(failures: &[(&str, ServiceError)]) -> Element {
    let items = failures.iter().map(|(id, error)| {
        let error = Element::new("error")
            .child(Element::text("code", error.code.as_ref()))
            .child(Element::text("message", error.message.as_str()));
        Element::new("item").child(error).child(Element::text("resourceId", *id))
    });
    crate::protocol::ec2_query::set("unsuccessful", items)
}
