//! What an interface sees of ends that nobody watches: clients, unlogged hosts, noise.
//!
//! Each conversation has a number that is its own in its window, and ports or addresses that
//! follow from the number, so that no two of a window have the same five-tuple.

use crate::dice::Dice;
use crate::world::{Role, Site};

use super::connection::{Connection, Exchange, Window};
use super::edge::{Ends, NAT_PORTS, Profile, linux_port};
use super::internet;
use super::length::Lengths;
use super::record::{FIN, FlowRecord, ICMP, RST, SYN, TCP, UDP, Verdict};

/// Hosts of the company's own network, behind a virtual private gateway.
const OFFICE: u32 = 172 << 24 | 20 << 16;

/// The filler of one window of one interface.
pub(crate) struct Filler<'a> {
    pub(crate) site: &'a Site,
    /// The root of everything random about the interface's traffic.
    pub(crate) key: u64,
    pub(crate) window: Window,
    pub(crate) lengths: &'a Lengths,
    pub(crate) dice: Dice,
    /// Numbers the conversations of the window.
    pub(crate) number: u64,
    /// Shifts ports from window to window.
    pub(crate) round: u64,
}

impl Filler<'_> {
    /// Appends a conversation of two records: one a direction.
    pub(crate) fn pair(&mut self, out: &mut Vec<FlowRecord>) {
        let roll = self.dice.below(1_000);
        match (self.site.role, roll) {
            (_, 0..10) => self.ping(out),
            (Role::App | Role::Database | Role::Worker, 10..14) => self.one_way(out),
            (Role::LoadBalancer, 10..55) => self.inbound(UDP, 443, out),
            (Role::LoadBalancer, 55..110) => self.inbound(TCP, 80, out),
            (Role::LoadBalancer, _) | (Role::Web, 10..380) => self.inbound(TCP, 443, out),
            (Role::Bastion, _) => self.inbound(TCP, 22, out),
            (Role::Web, 380..580) | (_, 10..270) => self.lookup(out),
            (Role::Web | Role::App | Role::Worker, 270..680) => self.storage(out),
            _ => self.neighbour(out),
        }
    }

    /// Appends the four records that a NAT gateway has of a call from a host without a flow log.
    pub(crate) fn translated(&mut self, out: &mut Vec<FlowRecord>) {
        let number = self.next();
        let client = (self.unlogged(), linux_port(number));
        let remote = internet::service(&mut self.dice, 0);
        let (protocol, port) = if self.dice.permille(110) { (UDP, 123) } else { (TCP, 443) };
        let exchange = self.exchange(protocol, port, Profile::Web);
        let span = self.span(protocol);
        let nat_port = 1_024 + (NAT_PORTS + number % NAT_PORTS * 10_091 % NAT_PORTS) as u16;
        let server = (self.site.address, port);
        let inner = Ends { client, server, protocol, behind: remote };
        let outer = Ends { client, server: (remote, port), protocol, behind: 0 };
        self.show(outer.through_nat(self.site.address, nat_port), span, exchange, out);
        self.show(inner, span, exchange, out);
    }

    /// Appends one refusal.
    pub(crate) fn refusal(&mut self, out: &mut Vec<FlowRecord>) {
        if self.site.role.public() && self.dice.permille(60) {
            return self.straggler(out);
        }
        let number = self.next();
        let (source, protocol, port) = if self.site.role.public() {
            internet::scan(&mut self.dice, 0)
        } else {
            let source = if self.dice.permille(400) { self.unlogged() } else { self.office() };
            (source, TCP, *self.dice.pick(&[22, 445, 3389, 9200, 8443, 10250, 5985, 111]))
        };
        let packets = 1 + self.dice.below(4) / 2;
        let size = match protocol {
            UDP => self.dice.between(40, 160),
            _ => *self.dice.pick(&[40, 44, 44, 52, 60, 60]),
        };
        let start = self.window.from + i64::from(self.dice.below(self.window.seconds()));
        let end = (start + i64::from((packets - 1) * 3)).min(self.window.to);
        out.push(FlowRecord {
            source,
            destination: self.site.address,
            source_port: any_port(number),
            destination_port: port,
            protocol,
            verdict: Verdict::Reject,
            packets,
            bytes: u64::from(packets * size),
            start: start as u32,
            end: end as u32,
            flags: if protocol == TCP { SYN } else { 0 },
            behind: 0,
        });
    }

    /// A packet that arrives after its connection has closed is refused (flow-log reference, 1.1).
    fn straggler(&mut self, out: &mut Vec<FlowRecord>) {
        let number = self.next();
        let (source, packets) = (internet::client(&mut self.dice, self.key), 1 + number as u32 % 2);
        let start = (self.window.from + i64::from(self.dice.below(self.window.seconds()))) as u32;
        out.push(FlowRecord {
            source,
            destination: self.site.address,
            source_port: any_port(number),
            destination_port: self.site.port(),
            protocol: TCP,
            verdict: Verdict::Reject,
            packets,
            bytes: u64::from(packets * 40),
            start,
            end: start,
            flags: *self.dice.pick(&[0, FIN, RST, RST]),
            behind: 0,
        });
    }

    /// A network ACL lets the question in and refuses the answer: a record each.
    fn one_way(&mut self, out: &mut Vec<FlowRecord>) {
        let number = self.next();
        let client = (self.office(), linux_port(number));
        let server = (self.site.address, self.site.port());
        let (forward, back) = (2 + self.dice.below(3), 2 + self.dice.below(4));
        let exchange = Exchange { forward, back, forward_size: 60 << 8, back_size: 60 << 8 };
        let ends = Ends { client, server, protocol: TCP, behind: 0 };
        let (span, first) = (self.span(TCP), out.len());
        self.show(ends, span, exchange, out);
        for record in out.iter_mut().skip(first) {
            record.flags &= !FIN;
            if record.source == self.site.address {
                record.verdict = Verdict::Reject;
            }
        }
    }

    /// A number that no other conversation of the window has.
    fn next(&mut self) -> u64 {
        let number = self.round.wrapping_mul(7_919) % 1_000_000_007 + self.number;
        self.number += 1;
        number
    }

    /// Someone on the internet calls.
    fn inbound(&mut self, protocol: u8, port: u16, out: &mut Vec<FlowRecord>) {
        let number = self.next();
        let client = (internet::client(&mut self.dice, self.key), any_port(number));
        let ends = Ends { client, server: (self.site.address, port), protocol, behind: 0 };
        let exchange = self.exchange(protocol, port, Profile::Web);
        let span = self.span(protocol);
        self.show(ends, span, exchange, out);
    }

    /// Names, time and statistics from the company's own servers.
    fn lookup(&mut self, out: &mut Vec<FlowRecord>) {
        let number = self.next();
        let (host, port) = *self.dice.pick(&[(2, 53), (3, 53), (2, 53), (10, 123), (14, 161)]);
        let ends = Ends {
            client: (self.site.address, linux_port(number)),
            server: (OFFICE | host, port),
            protocol: UDP,
            behind: 0,
        };
        let exchange = self.exchange(UDP, port, Profile::Query);
        let span = self.span(UDP);
        self.show(ends, span, exchange, out);
    }

    /// Objects are fetched or stored, through the gateway endpoint.
    fn storage(&mut self, out: &mut Vec<FlowRecord>) {
        let number = self.next();
        let remote = internet::s3(&mut self.dice, 1);
        let ends = Ends {
            client: (self.site.address, linux_port(number)),
            server: (remote, 443),
            protocol: TCP,
            behind: 0,
        };
        let profile = if self.dice.permille(450) { Profile::Upload } else { Profile::Web };
        let exchange = self.exchange(TCP, 443, profile);
        let span = self.span(TCP);
        self.show(ends, span, exchange, out);
    }

    /// A host of the peered network, which has no flow log, or one of the office, calls.
    fn neighbour(&mut self, out: &mut Vec<FlowRecord>) {
        let number = self.next();
        let host = if self.dice.permille(200) { self.office() } else { self.unlogged() };
        let ends = Ends {
            client: (host, linux_port(number)),
            server: (self.site.address, self.site.port()),
            protocol: TCP,
            behind: 0,
        };
        let exchange = self.exchange(TCP, self.site.port(), Profile::Query);
        let span = self.span(TCP);
        self.show(ends, span, exchange, out);
    }

    /// A monitor pings. ICMP has no ports, so every ping of a window is from another address.
    fn ping(&mut self, out: &mut Vec<FlowRecord>) {
        let number = self.next();
        let monitor = if self.site.role.public() {
            let network = (number / 254).wrapping_mul(40_503) as u32 & 0xffff;
            99 << 24 | network << 8 | (1 + (number % 254) as u32)
        } else {
            OFFICE | 128 << 8 | (number.wrapping_mul(0x9e37_79b1) as u32 & 0x7fff)
        };
        let count = 1 + self.dice.below(4);
        let exchange =
            Exchange { forward: count, back: count, forward_size: 84 << 8, back_size: 84 << 8 };
        let (client, server) = ((monitor, 0), (self.site.address, 0));
        let ends = Ends { client, server, protocol: ICMP, behind: 0 };
        let span = self.span(ICMP);
        self.show(ends, span, exchange, out);
    }

    /// A host of the peered network, whose account has no flow log.
    fn unlogged(&mut self) -> u32 {
        self.site.address & 0xffff_0000
            | 128 << 16
            | self.dice.between(200, 207) << 8
            | self.dice.between(4, 250)
    }

    /// A host of the company's own network.
    fn office(&mut self) -> u32 {
        OFFICE | self.dice.between(32, 96) << 8 | self.dice.between(4, 250)
    }

    fn exchange(&mut self, protocol: u8, port: u16, profile: Profile) -> Exchange {
        if protocol == TCP {
            let length = self.lengths.sample(&mut self.dice);
            return profile.exchange(length, &mut self.dice);
        }
        let dice = &mut self.dice;
        match port {
            // A question and an answer of 76 bytes, for each time that a clock is asked.
            123 => {
                let count = 1 + dice.below(3) / 2;
                let size = 76 << 8;
                Exchange { forward: count, back: count, forward_size: size, back_size: size }
            }
            // QUIC: as long as any connection, in packets of at most 1,378 bytes.
            443 => {
                let length = self.lengths.sample(dice);
                Exchange {
                    forward: 4 + length / 3,
                    back: 4 + length,
                    forward_size: dice.between(70 << 8, 420 << 8),
                    back_size: dice.between(400 << 8, 1_378 << 8),
                }
            }
            _ => {
                let count = 1 + dice.below(3) / 2;
                let question = dice.between(56, 92);
                Exchange {
                    forward: count,
                    back: count,
                    forward_size: question << 8,
                    back_size: (question + dice.below(240)) << 8,
                }
            }
        }
    }

    /// First and last second of a conversation that is wholly in the window.
    fn span(&mut self, protocol: u8) -> (i64, i64) {
        let from = self.window.from + i64::from(self.dice.below(self.window.seconds()));
        let lasting = match (protocol, self.dice.below(10)) {
            (TCP, 0..6) => self.dice.below(2),
            (TCP, 6..9) => self.dice.below(12),
            (TCP, _) => self.dice.below(50),
            _ => self.dice.below(2),
        };
        (from, (from + i64::from(lasting)).min(self.window.to))
    }

    fn show(&self, ends: Ends, span: (i64, i64), exchange: Exchange, out: &mut Vec<FlowRecord>) {
        let connection = Connection { from: span.0, to: span.1, exchange };
        if let Some(share) = connection.share(self.window) {
            ends.show(&share, out);
        }
    }
}

/// The `number`-th of the ports from 1024 up, scattered.
const fn any_port(number: u64) -> u16 {
    const PORTS: u64 = 64_512;
    1_024 + (number % PORTS * 40_499 % PORTS) as u16
}
