//! An edge: one interface that calls another on one port, and the connections it makes.
//!
//! Connections are addressed by (edge, slot, place) and computed wherever they are looked at, so
//! both ends see the same ones without sharing any state.

use crate::dice::Dice;

use super::connection::{Connection, Exchange, Share, Window};
use super::internet;
use super::length::Lengths;
use super::record::{FIN, FlowRecord, RST, SYN, SYN_ACK, TCP, Verdict};

/// Seconds of a slot: connections are numbered anew in each.
pub(crate) const SLOT_S: i64 = 60;
/// The longest that a connection which is not of a pool lasts, in seconds.
const LONGEST_S: u32 = 40;
/// Ports 32768 to 60999, which Linux uses for clients.
const LINUX_PORTS: u64 = 28_232;
/// Of those, the ones that short connections use; pools have the rest.
const SHORT_PORTS: u64 = 24_000;
/// Ports 1024 to 33279 of a NAT gateway carry what the edges send through it.
pub(crate) const NAT_PORTS: u64 = 32_256;

/// Who is at the far end of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    /// Another interface of the world.
    Inside,
    /// A service on the internet, through the NAT gateway that is the edge's server.
    Nat,
    /// S3 through a gateway endpoint; no interface of the world sees the far end.
    Endpoint,
}

/// What is said over a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Small requests, large answers.
    Web,
    /// Small requests, small to middling answers.
    Query,
    /// Large requests, bare acknowledgements.
    Upload,
}

/// One interface that calls another on one port.
#[derive(Debug, Clone)]
pub(crate) struct Edge {
    pub(crate) route: Route,
    pub(crate) profile: Profile,
    /// The calling interface.
    pub(crate) client: u32,
    /// The called interface, or the NAT gateway; the client again when nobody else sees it.
    pub(crate) server: u32,
    pub(crate) client_address: u32,
    pub(crate) server_address: u32,
    pub(crate) port: u16,
    pub(crate) key: u64,
    /// Connections that begin in a slot, on average, at the load's plain rate.
    pub(crate) per_slot: f64,
    /// The most that ever begin in a slot.
    pub(crate) most: u64,
    /// Connections that are kept open, each replaced when its life ends.
    pub(crate) pool: u64,
    /// Of a NAT gateway's ports in a slot, the first that is this edge's, and how many there are.
    pub(crate) nat: (u64, u64),
}

/// A connection with its ports and its far end.
struct Call {
    connection: Connection,
    client_port: u16,
    nat_port: u16,
    remote: u32,
}

impl Edge {
    /// Appends the records that interface `of` has of this edge in `window`; `factor` is the
    /// load's shape at a slot.
    pub(crate) fn project(
        &self,
        of: u32,
        window: Window,
        lengths: &Lengths,
        factor: impl Fn(i64) -> f64,
        out: &mut Vec<FlowRecord>,
    ) {
        let first = (window.from - i64::from(LONGEST_S)).div_euclid(SLOT_S);
        for slot in first..=window.to.div_euclid(SLOT_S) {
            let dither = Dice::at(self.key, slot as u64, u64::MAX).unit();
            let count = ((self.per_slot * factor(slot) + dither) as u64).min(self.most);
            for place in 0..count {
                self.short(slot, place, window, lengths, of, out);
            }
        }
        for place in 0..self.pool {
            self.pooled(place, window, of, out);
        }
    }

    /// A connection that begins in `slot`.
    fn short(
        &self,
        slot: i64,
        place: u64,
        window: Window,
        lengths: &Lengths,
        of: u32,
        out: &mut Vec<FlowRecord>,
    ) {
        let mut dice = Dice::at(self.key, slot as u64, place);
        let from = slot * SLOT_S + i64::from(dice.below(SLOT_S as u32));
        let to = from + i64::from(lasting(&mut dice));
        if to < window.from || from > window.to {
            return;
        }
        let number = (slot as u64).wrapping_mul(self.most) + place;
        let exchange = self.profile.exchange(lengths.sample(&mut dice), &mut dice);
        let nat = (slot as u64).wrapping_mul(self.nat.1) + self.nat.0 + place;
        let call = Call {
            connection: Connection { from, to, exchange },
            client_port: linux_port(number.wrapping_add(self.key >> 44) % SHORT_PORTS),
            nat_port: 1_024 + (nat % NAT_PORTS * 10_091 % NAT_PORTS) as u16,
            remote: self.remote(&mut dice),
        };
        self.show(&call, window, of, out);
    }

    /// What a kept connection, and the one after it if there is a change, shows in `window`.
    fn pooled(&self, place: u64, window: Window, of: u32, out: &mut Vec<FlowRecord>) {
        let mut dice = Dice::at(self.key, place, 0x9001);
        let life = i64::from(dice.between(240, 3_600));
        let phase = i64::from(dice.below(3_600));
        let remote = self.remote(&mut dice);
        let first = (window.from + phase).div_euclid(life);
        for epoch in first..=(window.to + phase).div_euclid(life) {
            let from = epoch * life - phase;
            let mut dice = Dice::at(self.key ^ 0x9001, epoch as u64, place);
            let number = (epoch as u64).wrapping_mul(self.pool) + place;
            let to = from + life - 1 - i64::from(dice.below(3));
            let call = Call {
                connection: Connection { from, to, exchange: self.profile.kept(life, &mut dice) },
                client_port: linux_port(SHORT_PORTS + number % (LINUX_PORTS - SHORT_PORTS)),
                nat_port: 0,
                remote,
            };
            self.show(&call, window, of, out);
        }
    }

    fn remote(&self, dice: &mut Dice) -> u32 {
        match self.route {
            Route::Inside => self.server_address,
            Route::Nat => internet::service(dice, self.key & 7),
            Route::Endpoint => internet::s3(dice, 0),
        }
    }

    fn show(&self, call: &Call, window: Window, of: u32, out: &mut Vec<FlowRecord>) {
        let Some(share) = call.connection.share(window) else { return };
        let ends = Ends {
            client: (self.client_address, call.client_port),
            server: (call.remote, self.port),
            protocol: TCP,
            behind: 0,
        };
        if self.route == Route::Nat && of == self.server {
            ends.through_nat(self.server_address, call.nat_port).show(&share, out);
            let server = (self.server_address, self.port);
            Ends { server, behind: call.remote, ..ends }.show(&share, out);
        } else {
            ends.show(&share, out);
        }
    }
}

/// The two ends of a connection as an interface sees them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ends {
    pub(crate) client: (u32, u16),
    pub(crate) server: (u32, u16),
    pub(crate) protocol: u8,
    /// The true server when `server` is a NAT gateway; else 0.
    pub(crate) behind: u32,
}

impl Ends {
    /// The same connection on the far side of a NAT gateway.
    pub(crate) const fn through_nat(self, gateway: u32, port: u16) -> Self {
        Self { client: (gateway, port), ..self }
    }

    /// Appends one record a direction; a direction without packets has none.
    pub(crate) fn show(&self, share: &Share, out: &mut Vec<FlowRecord>) {
        let (mut flags, mut answer) = (0, 0);
        if self.protocol == TCP {
            let (opened, answered) = if share.opens { (SYN, SYN_ACK) } else { (0, 0) };
            let (closed, ended) = match (share.closes, share.reset) {
                (true, true) => (0, RST),
                (true, false) => (FIN, FIN),
                (false, _) => (0, 0),
            };
            (flags, answer) = (opened | closed, answered | ended);
        }
        let record = |from: (u32, u16), to: (u32, u16), packets, bytes, flags| FlowRecord {
            source: from.0,
            destination: to.0,
            source_port: from.1,
            destination_port: to.1,
            protocol: self.protocol,
            verdict: Verdict::Accept,
            packets,
            bytes,
            start: share.start,
            end: share.end,
            flags,
            behind: self.behind,
        };
        if share.forward.packets > 0 {
            let seen = share.forward;
            out.push(record(self.client, self.server, seen.packets, seen.bytes, flags));
        }
        if share.back.packets > 0 {
            let seen = share.back;
            out.push(record(self.server, self.client, seen.packets, seen.bytes, answer));
        }
    }
}

/// Seconds from the first packet to the last.
fn lasting(dice: &mut Dice) -> u32 {
    match dice.below(100) {
        0..60 => dice.below(2),
        60..94 => dice.below(9),
        _ => dice.below(LONGEST_S),
    }
}

/// The `number`-th client port of Linux, scattered over its range.
pub(crate) const fn linux_port(number: u64) -> u16 {
    32_768 + (number % LINUX_PORTS * 9_973 % LINUX_PORTS) as u16
}

impl Profile {
    /// A whole connection, handshake and close included, whose payload is `length` packets.
    pub(crate) fn exchange(self, length: u32, dice: &mut Dice) -> Exchange {
        let sized = |dice: &mut Dice, low: u32, high: u32| dice.between(low << 8, high << 8);
        let (more, less) = (3 + length, 4 + length / 2);
        match self {
            Self::Web => Exchange {
                forward: less,
                back: more,
                forward_size: sized(dice, 64, 240),
                back_size: if length < 6 { sized(dice, 180, 700) } else { sized(dice, 640, 1_446) },
            },
            Self::Query => Exchange {
                forward: 4 + length,
                back: more + length / 4,
                forward_size: sized(dice, 62, 210),
                back_size: sized(dice, 90, 820),
            },
            Self::Upload => Exchange {
                forward: more + 1,
                back: less,
                forward_size: if length < 6 {
                    sized(dice, 120, 600)
                } else {
                    sized(dice, 900, 1_446)
                },
                back_size: sized(dice, 52, 74),
            },
        }
    }

    /// A connection that is kept open for `life` seconds, at a steady pace.
    pub(crate) fn kept(self, life: i64, dice: &mut Dice) -> Exchange {
        let pace = 1 + dice.below(8) * dice.below(8) / 4;
        let packets = life as u32 * pace;
        let mut exchange = self.exchange(packets, dice);
        exchange.forward = exchange.forward.max(packets / 2);
        exchange
    }
}
