//! The things of EC2 as its answers show them.

use tributary_vocabulary::{AccountId, Region, stable_hash};

use super::flow_log::{Destination, FlowLog};
use super::place::{Interface, Place, Subnet, Vpc};
use super::tags::{self, Tags};
use super::zone::zone_id;
use crate::kernel::arn;
use crate::protocol::ec2_query::set;
use crate::protocol::xml::Element;

fn text(name: &'static str, value: impl Into<String>) -> Element {
    Element::text(name, value)
}

/// A flow log.
pub(super) fn flow_log(flow_log: &FlowLog, tags: Option<&Tags>) -> Element {
    let plan = &flow_log.plan;
    let element = Element::new("item")
        .child(text("creationTime", flow_log.created.to_string()))
        .child(text("flowLogId", &*plan.id))
        .child(text("flowLogStatus", "ACTIVE"))
        .child(text("resourceId", &*plan.resource_id))
        .child(text("trafficType", plan.traffic.name()))
        .child(text("logDestinationType", plan.destination.type_name()));
    let element = match &plan.destination {
        Destination::Logs { group, arn, role, cross_account_role, .. } => element
            .maybe(arn.as_ref().map(|arn| text("logDestination", arn)))
            .child(text("logGroupName", group))
            .child(text("deliverLogsPermissionArn", role))
            .maybe(cross_account_role.as_ref().map(|role| text("deliverCrossAccountRole", role))),
        Destination::Bucket { arn, hive, per_hour, .. } => {
            let options = Element::new("destinationOptions")
                .child(text("fileFormat", "plain-text"))
                .child(text("hiveCompatiblePartitions", hive.to_string()))
                .child(text("perHourPartition", per_hour.to_string()));
            element.child(text("logDestination", arn)).child(options)
        }
    };
    element
        .child(text("deliverLogsStatus", flow_log.status()))
        .maybe(flow_log.failure.map(|failure| text("deliverLogsErrorMessage", failure)))
        .child(text("logFormat", &plan.format.text))
        .child(text("maxAggregationInterval", plan.interval_s.to_string()))
        .child(tags::element(tags))
}

/// A VPC.
pub(super) fn vpc(
    account: AccountId,
    id: &str,
    vpc: &Vpc,
    state: &str,
    tags: Option<&Tags>,
) -> Element {
    let cidr = vpc.cidr.to_string();
    let association = Element::new("item")
        .child(text("associationId", id.replacen("vpc-", "vpc-cidr-assoc-", 1)))
        .child(text("cidrBlock", cidr.as_str()))
        .child(Element::new("cidrBlockState").child(text("state", "associated")));
    Element::new("vpc")
        .child(text("vpcId", id))
        .child(text("ownerId", account.as_str()))
        .child(text("state", state))
        .child(text("cidrBlock", cidr))
        .child(set("cidrBlockAssociationSet", [association]))
        .child(text("dhcpOptionsId", "default"))
        .child(text("instanceTenancy", &vpc.tenancy))
        .child(text("isDefault", "false"))
        .child(tags::element(tags))
}

/// A subnet with so many interfaces.
pub(super) fn subnet(
    (account, region): (AccountId, &Region),
    id: &str,
    subnet: &Subnet,
    interfaces: usize,
    tags: Option<&Tags>,
) -> Element {
    let free = subnet.cidr.size().saturating_sub(5).saturating_sub(interfaces as u64);
    Element::new("subnet")
        .child(text("subnetId", id))
        .child(text("subnetArn", arn("ec2", region, account, &format!("subnet/{id}"))))
        .child(text("state", "available"))
        .child(text("ownerId", account.as_str()))
        .child(text("vpcId", &*subnet.vpc_id))
        .child(text("cidrBlock", subnet.cidr.to_string()))
        .child(Element::new("ipv6CidrBlockAssociationSet"))
        .child(text("availableIpAddressCount", free.to_string()))
        .child(text("availabilityZone", &subnet.zone))
        .child(text("availabilityZoneId", zone_id(&subnet.zone)))
        .child(text("defaultForAz", "false"))
        .child(text("mapPublicIpOnLaunch", "false"))
        .child(text("assignIpv6AddressOnCreation", "false"))
        .child(tags::element(tags))
}

/// A network interface.
pub(super) fn interface(
    (account, place): (AccountId, &Place),
    id: &str,
    nic: &Interface,
    tags: Option<&Tags>,
) -> Element {
    let groups = nic.groups.iter().map(|group| {
        Element::new("item").child(text("groupId", group)).child(text("groupName", group))
    });
    let address = nic.address.map(|address| address.to_string());
    let addresses = address.iter().map(|address| {
        Element::new("item").child(text("privateIpAddress", address)).child(text("primary", "true"))
    });
    let zone = place.subnets.get(&nic.subnet_id).map(|subnet| subnet.zone.as_str());
    Element::new("networkInterface")
        .child(text("networkInterfaceId", id))
        .child(text("subnetId", &*nic.subnet_id))
        .child(text("vpcId", &*nic.vpc_id))
        .maybe(zone.map(|zone| text("availabilityZone", zone)))
        .child(text("description", &nic.description))
        .child(text("ownerId", account.as_str()))
        .child(text("requesterManaged", "false"))
        .child(text("status", status(nic)))
        .child(text("macAddress", mac(id)))
        .maybe(address.as_ref().map(|address| text("privateIpAddress", address)))
        .child(text("sourceDestCheck", "true"))
        .child(set("groupSet", groups))
        .child(tags::element(tags))
        .child(set("privateIpAddressesSet", addresses))
        .child(text("interfaceType", "interface"))
}

/// `in-use` or `available`.
pub(super) fn status(nic: &Interface) -> &'static str {
    if nic.in_use { "in-use" } else { "available" }
}

/// The hardware address: made from the id, locally administered.
fn mac(id: &str) -> String {
    let [_, _, a, b, c, d, e, f] = stable_hash(id.as_bytes()).to_be_bytes();
    let first = a & 0xfc | 0x02;
    format!("{first:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{f:02x}")
}
