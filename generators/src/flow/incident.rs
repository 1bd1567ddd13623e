//! What the victim's interface records of an incident (flow-log reference, 3.5).

use crate::dice::Dice;
use crate::incidents::{Incident, Plot};

use super::connection::{Connection, Exchange, Window};
use super::edge::{Ends, linux_port};
use super::record::{FlowRecord, SYN, TCP, Verdict};

/// Ports that a scan of a web server finds open.
const OPEN: [u16; 2] = [80, 443];

/// How many times its usual records the victim has at the Unix second `at`.
pub(super) fn surge(plot: &Plot, at: i64) -> u64 {
    if at + 30 < plot.from.s() || at - 30 > plot.to.s() {
        return 1;
    }
    match plot.incident {
        Incident::PortScan => 6,
        Incident::SshBruteForce | Incident::RdpBruteForce => 3,
        Incident::LeakedKey | Incident::Exfiltration | Incident::CryptoMining => 1,
    }
}

/// Appends at most `most` records that `window` of the victim's interface has of the plot.
pub(super) fn plant(
    plot: &Plot,
    victim: u32,
    window: Window,
    most: usize,
    out: &mut Vec<FlowRecord>,
) {
    let (from, to) = (window.from.max(plot.from.s()), window.to.min(plot.to.s()));
    if from > to {
        return;
    }
    let stage = Stage { plot, victim, window, from, seconds: (to - from + 1) as u32 };
    match plot.incident {
        Incident::PortScan => stage.scan(most, out),
        Incident::SshBruteForce | Incident::RdpBruteForce => stage.guesses(most / 2, out),
        Incident::LeakedKey => stage.visits((most / 2).min(4), out),
        Incident::Exfiltration => stage.leaks((most / 2).min(6), out),
        Incident::CryptoMining => stage.mines((most / 2).min(2), out),
    }
}

/// A plot as one window sees it.
struct Stage<'a> {
    plot: &'a Plot,
    victim: u32,
    window: Window,
    /// First Unix second of the activity in the window, and how many there are.
    from: i64,
    seconds: u32,
}

impl Stage<'_> {
    /// Numbers of the `nth` thing in the window.
    fn dice(&self, nth: usize) -> Dice {
        Dice::at(self.plot.key, self.from as u64, nth as u64)
    }

    /// The second in which the `nth` of `all` things happens, at a steady pace.
    fn second(&self, nth: usize, all: usize) -> i64 {
        self.from + (nth as u64 * u64::from(self.seconds) / all.max(1) as u64) as i64
    }

    /// One probe a port, in an order that is shuffled and never repeats a port in the window.
    fn scan(&self, most: usize, out: &mut Vec<FlowRecord>) {
        const PORTS: u64 = 65_535;
        let first = (self.from - self.plot.from.s()) as u64 * 12;
        let attacker = self.plot.attacker.numbers[0];
        let all = most.min(PORTS as usize);
        let mut nth = 0;
        let begin = out.len();
        while out.len() - begin < all {
            let port = 1 + ((first + nth as u64) * 9_973 % PORTS) as u16;
            let start = self.second(nth, all) as u32;
            let source_port = 40_000 + (self.plot.key % 9_000) as u16 + (nth % 3) as u16;
            let probe = FlowRecord {
                source: attacker,
                destination: self.victim,
                source_port,
                destination_port: port,
                protocol: TCP,
                verdict: Verdict::Reject,
                packets: 1,
                bytes: 44,
                start,
                end: start,
                flags: SYN,
                behind: 0,
            };
            if OPEN.contains(&port) && out.len() - begin + 2 <= all {
                let exchange =
                    Exchange { forward: 2, back: 1, forward_size: 42 << 8, back_size: 44 << 8 };
                self.talk(attacker, source_port, port, (i64::from(start), 0), exchange, out);
            } else {
                out.push(probe);
            }
            nth += 1;
        }
    }

    /// A login attempt: a connection of its own, refused by the server after the password.
    fn guesses(&self, most: usize, out: &mut Vec<FlowRecord>) {
        let all = most.min(self.seconds as usize * 4);
        for nth in 0..all {
            let mut dice = self.dice(nth);
            let attackers = &self.plot.attacker.numbers;
            let (forward, back) = (dice.between(11, 20), dice.between(10, 18));
            let exchange = Exchange {
                forward,
                back,
                forward_size: dice.between(110 << 8, 160 << 8),
                back_size: dice.between(150 << 8, 210 << 8),
            };
            let port = linux_port(self.from as u64 * 7 + nth as u64);
            let span = (self.second(nth, all), i64::from(dice.between(1, 4)));
            let attacker = attackers[nth % attackers.len()];
            self.talk(attacker, port, self.plot.attacker.port, span, exchange, out);
        }
    }

    /// The thief of a key also looks at what the company serves.
    fn visits(&self, most: usize, out: &mut Vec<FlowRecord>) {
        for nth in 0..most {
            let mut dice = self.dice(nth);
            let (forward, back) = (dice.between(8, 16), dice.between(9, 40));
            let exchange = Exchange {
                forward,
                back,
                forward_size: dice.between(80 << 8, 200 << 8),
                back_size: dice.between(500 << 8, 1_300 << 8),
            };
            let port = linux_port(self.from as u64 * 5 + nth as u64);
            let span = (self.second(nth, most), i64::from(dice.below(6)));
            let attacker = self.plot.attacker.numbers[0];
            self.talk(attacker, port, self.plot.attacker.port, span, exchange, out);
        }
    }

    /// Long uploads to one address: full packets out, bare acknowledgements back.
    fn leaks(&self, most: usize, out: &mut Vec<FlowRecord>) {
        for nth in 0..most {
            let mut dice = Dice::at(self.plot.key, 0x1ea, nth as u64);
            let pace = dice.between(600, 2_400);
            let sizes = (dice.between(1_420 << 8, 1_480 << 8), dice.between(52 << 8, 60 << 8));
            self.long(nth, pace, pace / 2, sizes, out);
        }
    }

    /// Jobs and shares of a mining pool: small packets, now and then, for hours.
    fn mines(&self, most: usize, out: &mut Vec<FlowRecord>) {
        for nth in 0..most {
            let mut dice = Dice::at(self.plot.key, 0x817, nth as u64);
            let sizes = (dice.between(120 << 8, 260 << 8), dice.between(90 << 8, 420 << 8));
            self.long(nth, 1, 1, sizes, out);
        }
    }

    /// The part of a connection over the whole plot, from the victim to the attacker.
    fn long(
        &self,
        nth: usize,
        forward_pace: u32,
        back_pace: u32,
        (forward_size, back_size): (u32, u32),
        out: &mut Vec<FlowRecord>,
    ) {
        let (from, to) = (self.plot.from.s() + nth as i64, self.plot.to.s());
        let lasting = (to - from + 1).max(1) as u32;
        let forward = lasting.saturating_mul(forward_pace).max(4);
        let back = lasting.saturating_mul(back_pace).max(4);
        let exchange = Exchange { forward, back, forward_size, back_size };
        let ends = Ends {
            client: (self.victim, linux_port(self.plot.key % 20_000 + nth as u64)),
            server: (self.plot.attacker.numbers[0], self.plot.attacker.port),
            protocol: TCP,
            behind: 0,
        };
        let connection = Connection { from, to: to.max(from), exchange };
        if let Some(share) = connection.share(self.window) {
            ends.show(&share, out);
        }
    }

    /// A connection from the attacker that is wholly in the window.
    fn talk(
        &self,
        attacker: u32,
        client_port: u16,
        port: u16,
        (start, lasting): (i64, i64),
        exchange: Exchange,
        out: &mut Vec<FlowRecord>,
    ) {
        let to = (start + lasting).min(self.window.to);
        let connection = Connection { from: start, to, exchange };
        let client = (attacker, client_port);
        let ends = Ends { client, server: (self.victim, port), protocol: TCP, behind: 0 };
        if let Some(share) = connection.share(self.window) {
            ends.show(&share, out);
        }
    }
}
