//! Lines in a custom format: what an interface always says is written once, the rest a record.

use std::collections::BTreeMap;

use crate::text;
use crate::world::{Role, Site, World, resource};

use super::field::Field;
use super::format::FlowFormat;
use super::internet;
use super::record::{FlowRecord, TCP, UDP, Verdict};

/// A part of a line.
#[derive(Debug, Clone)]
enum Part {
    /// Text that all records of the interface have, spaces included.
    Fixed { with_traffic: Vec<u8>, without: Vec<u8> },
    /// A field that differs from record to record.
    Varied(Field),
}

/// A custom format, filled in for one interface.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    parts: Vec<Part>,
    site: Site,
}

/// Who stands at which address of an account: what the next-hop fields name.
pub(crate) type Neighbours = BTreeMap<u32, Site>;

impl Layout {
    pub(crate) fn new(format: &FlowFormat, world: &World, site: Site) -> Self {
        let mut parts = Vec::new();
        let (mut with_traffic, mut without) = (Vec::new(), Vec::new());
        for (nth, field) in format.fields().enumerate() {
            if nth > 0 {
                with_traffic.push(b' ');
                without.push(b' ');
            }
            if let Some(text) = fixed(field, format, world, &site) {
                let always =
                    matches!(field, Field::Version | Field::AccountId | Field::InterfaceId);
                with_traffic.extend_from_slice(text.as_bytes());
                without.extend_from_slice(if always { text.as_bytes() } else { b"-" });
            } else {
                parts.push(Part::Fixed {
                    with_traffic: std::mem::take(&mut with_traffic),
                    without: std::mem::take(&mut without),
                });
                parts.push(Part::Varied(field));
            }
        }
        parts.push(Part::Fixed { with_traffic, without });
        Self { parts, site }
    }

    /// Appends the line of a record, without a line end.
    pub(crate) fn write(
        &self,
        record: &FlowRecord,
        world: &World,
        neighbours: &Neighbours,
        out: &mut Vec<u8>,
    ) {
        let traffic = matches!(record.verdict, Verdict::Accept | Verdict::Reject);
        let view = View { record, site: &self.site, world, neighbours };
        for part in &self.parts {
            match part {
                Part::Fixed { with_traffic, without } => {
                    out.extend_from_slice(if traffic { with_traffic } else { without });
                }
                Part::Varied(field) => view.write(*field, traffic, out),
            }
        }
    }
}

/// The text of a field that does not depend on the record.
fn fixed(field: Field, format: &FlowFormat, world: &World, site: &Site) -> Option<String> {
    let account = site.account;
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    Some(match field {
        Field::Version => format.version().to_string(),
        Field::AccountId => world.accounts[account as usize].to_string(),
        Field::InterfaceId => site.interface_id(),
        Field::VpcId => world.vpc_id(account, site.vpc),
        Field::SubnetId => world.subnet_id(account, site.vpc, site.subnet()),
        Field::InstanceId => or_dash(site.instance_id()),
        Field::Type => "IPv4".to_owned(),
        Field::Region => world.region.to_string(),
        Field::ZoneId => world.zone_id(account, site.zone),
        Field::InterfaceType => interface_type(site.role).to_owned(),
        Field::Absent => "-".to_owned(),
        Field::ClusterArn
        | Field::ClusterName
        | Field::ContainerInstanceArn
        | Field::ContainerInstanceId
        | Field::ContainerId
        | Field::ServiceName
        | Field::TaskDefinitionArn
        | Field::TaskArn
        | Field::TaskId => or_dash(container(field, world, site)),
        _ => return None,
    })
}

/// What ECS says of an interface: workers are tasks of a cluster on EC2, nothing else is.
fn container(field: Field, world: &World, site: &Site) -> Option<String> {
    if site.role != Role::Worker {
        return None;
    }
    let mut dice = site.dice(7);
    let mut hex = || resource("", dice.next() | 1 << 63).replacen('0', "", 1);
    let (task, instance, container) = (hex() + &hex(), hex() + &hex(), hex() + &hex());
    let account = world.accounts[site.account as usize];
    let arn = |rest: &str| format!("arn:aws:ecs:{}:{account}:{rest}", world.region);
    Some(match field {
        Field::ClusterArn => arn("cluster/workers"),
        Field::ClusterName => "workers".to_owned(),
        Field::ContainerInstanceArn => arn(&format!("container-instance/workers/{instance}")),
        Field::ContainerInstanceId => instance,
        Field::ContainerId => {
            format!("{task}-{}", container.len() as u64 * 7_919 + site.key % 1_000_000)
        }
        Field::ServiceName => "queue-worker".to_owned(),
        Field::TaskDefinitionArn => {
            arn(&format!("task-definition/queue-worker:{}", 1 + site.key % 90))
        }
        Field::TaskArn => arn(&format!("task/workers/{task}")),
        Field::TaskId => task,
        _ => return None,
    })
}

fn interface_type(role: Role) -> &'static str {
    match role {
        Role::Nat => "nat_gateway",
        Role::LoadBalancer => "load_balancer",
        _ => "interface",
    }
}

/// A record as its interface sees it.
struct View<'a> {
    record: &'a FlowRecord,
    site: &'a Site,
    world: &'a World,
    neighbours: &'a Neighbours,
}

impl View<'_> {
    fn write(&self, field: Field, traffic: bool, out: &mut Vec<u8>) {
        let record = self.record;
        let mut number = |value: u64| text::number(out, value);
        match field {
            Field::Start => return number(u64::from(record.start)),
            Field::End => return number(u64::from(record.end)),
            Field::LogStatus => return out.extend_from_slice(record.verdict.status().as_bytes()),
            _ if !traffic => return out.push(b'-'),
            Field::SourcePort => return number(u64::from(record.source_port)),
            Field::DestinationPort => return number(u64::from(record.destination_port)),
            Field::Protocol => return number(u64::from(record.protocol)),
            Field::Packets => return number(u64::from(record.packets)),
            Field::Bytes => return number(record.bytes),
            Field::TcpFlags => return number(u64::from(record.flags)),
            _ => {}
        }
        match field {
            Field::Source => text::address(out, record.source),
            Field::Destination => text::address(out, record.destination),
            Field::PacketSource => text::address(out, self.true_source()),
            Field::PacketDestination => text::address(out, self.true_destination()),
            Field::Action => out.extend_from_slice(record.verdict.action().as_bytes()),
            Field::SourceService => out.extend_from_slice(service(self.true_source())),
            Field::DestinationService => out.extend_from_slice(service(self.true_destination())),
            Field::Direction => out.extend_from_slice(self.direction()),
            Field::TrafficPath => out.push(self.path()),
            Field::Encryption => out.push(self.encryption()),
            _ => self.next_hop(field, out),
        }
    }

    fn egress(&self) -> bool {
        self.record.source == self.site.address
    }

    fn direction(&self) -> &'static [u8] {
        if self.egress() { b"egress" } else { b"ingress" }
    }

    /// The address in the packet where the record has a NAT gateway's own.
    fn true_source(&self) -> u32 {
        let record = self.record;
        if record.behind != 0 && self.egress() { record.behind } else { record.source }
    }

    fn true_destination(&self) -> u32 {
        let record = self.record;
        if record.behind != 0 && !self.egress() { record.behind } else { record.destination }
    }

    /// The far end, as the record has it.
    fn far(&self) -> u32 {
        if self.egress() { self.record.destination } else { self.record.source }
    }

    fn path(&self) -> u8 {
        if !self.egress() {
            return b'-';
        }
        let (far, vpc) = (self.far(), self.site.address & 0xffff_0000);
        match far >> 24 {
            _ if far & 0xffff_0000 == vpc => b'1',
            10 => b'4',
            172 => b'3',
            _ if internet::is_s3(far) => b'7',
            // A private instance reaches the internet through the NAT gateway of its VPC.
            _ if !self.site.role.public() => b'1',
            _ => b'8',
        }
    }

    /// Bit 0: encrypted by Nitro, as inside a VPC; bit 1: a TLS port.
    fn encryption(&self) -> u8 {
        let record = self.record;
        let inside = self.far() & 0xffff_0000 == self.site.address & 0xffff_0000;
        let tls = [record.source_port, record.destination_port].contains(&443)
            && matches!(record.protocol, TCP | UDP);
        b'0' + u8::from(inside) + 2 * u8::from(tls)
    }

    fn next_hop(&self, field: Field, out: &mut Vec<u8>) {
        let Some(peer) = self.neighbours.get(&self.far()) else { return out.push(b'-') };
        let text = match field {
            Field::NextHopInterface => peer.interface_id(),
            Field::NextHopSubnet => self.world.subnet_id(peer.account, peer.vpc, peer.subnet()),
            Field::NextHopZone => self.world.zone_id(peer.account, peer.zone),
            Field::NextHopVpc => self.world.vpc_id(peer.account, peer.vpc),
            _ => interface_type(peer.role).to_owned(),
        };
        out.extend_from_slice(text.as_bytes());
    }
}

/// The AWS service that an address belongs to.
fn service(address: u32) -> &'static [u8] {
    if internet::is_s3(address) {
        b"S3"
    } else {
        internet::aws_service(address).unwrap_or("-").as_bytes()
    }
}
