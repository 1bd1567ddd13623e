//! The findings of one cell: new ones, and updates of those that go on (GuardDuty reference, 5).

use std::collections::{BTreeSet, VecDeque};

use crate::dice::{Dice, scatter};
use crate::incidents::{Incident, Plot};

use super::finding::{Finding, Moment};
use super::kinds::{KINDS, On, named};
use super::stock::Stock;

/// Shares of severities of 1,000: low, medium, high, critical (reference, 4).
const SHARES: [u32; 3] = [660, 930, 995];
/// A finding that is told again, and how often at most.
const GOES_ON: u32 = 450;

/// Findings of an incident: the type, and whether the resource does it itself.
pub(super) fn told_of(incident: Incident) -> &'static [(&'static str, bool)] {
    match incident {
        Incident::PortScan => &[("Recon:EC2/PortProbeUnprotectedPort", false)],
        Incident::SshBruteForce => &[("UnauthorizedAccess:EC2/SSHBruteForce", false)],
        Incident::RdpBruteForce => &[("UnauthorizedAccess:EC2/RDPBruteForce", false)],
        Incident::LeakedKey => &[
            ("Recon:IAMUser/TorIPCaller", false),
            ("Persistence:IAMUser/AnomalousBehavior", false),
        ],
        Incident::Exfiltration => &[
            ("UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS", false),
            ("Behavior:EC2/TrafficVolumeUnusual", true),
        ],
        Incident::CryptoMining => &[
            ("CryptoCurrency:EC2/BitcoinTool.B", true),
            ("UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS", false),
        ],
    }
}

/// The types of each severity class, drawn by weight.
#[derive(Debug)]
pub(super) struct Mix {
    classes: [Vec<u16>; 4],
}

impl Mix {
    pub(super) fn new() -> Self {
        let mut classes: [Vec<u16>; 4] = Default::default();
        for (nth, kind) in (0_u16..).zip(KINDS) {
            let class = match kind.severity {
                0..=3 => 0,
                4..=6 => 1,
                7..=8 => 2,
                _ => 3,
            };
            classes[class].extend(std::iter::repeat_n(nth, kind.weight as usize));
        }
        Self { classes }
    }

    fn draw(&self, dice: &mut Dice) -> u16 {
        let place = dice.below(1_000);
        let class = SHARES.iter().position(|&share| place < share).unwrap_or(3);
        *dice.pick(&self.classes[class])
    }
}

/// What a cell does next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) finding: Finding,
    pub(super) moment: Moment,
}

/// Findings of one part of an account.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) stock: Stock,
    key: u64,
    dice: Dice,
    made: u64,
    period_ms: i64,
    /// Findings that are told again, when.
    open: VecDeque<(i64, Finding)>,
    /// (type, thing) of findings that are per resource and not per attacker.
    used: BTreeSet<(u16, u32)>,
    /// Findings of plots that are not told yet, the next one last.
    plots: Vec<(i64, Finding)>,
}

impl Cell {
    pub(super) fn new(stock: Stock, key: u64, period_ms: i64) -> Self {
        Self {
            stock,
            key,
            dice: Dice::at(key, 0x6d, 2),
            made: 0,
            period_ms,
            open: VecDeque::new(),
            used: BTreeSet::new(),
            plots: Vec::new(),
        }
    }

    /// Adds what is told of a plot, the `number`-th of the plan.
    pub(super) fn plant(&mut self, plot: &Plot, number: u16) {
        for (nth, &(name, actor)) in (0_u64..).zip(told_of(plot.incident)) {
            let finding = Finding {
                kind: named(name, actor),
                id: (scatter(plot.key ^ nth), scatter(!plot.key ^ nth << 32)),
                key: scatter(plot.key ^ 0x91 ^ nth),
                thing: 0,
                created_ms: 0,
                first_s: plot.from.s(),
                count: 0,
                plot: Some(number),
            };
            // GuardDuty needs some minutes to see what happens.
            self.plots.push((plot.from.ms() + 120_000 + nth as i64 * 20_000, finding));
        }
        self.plots.sort_by_key(|(at_ms, _)| std::cmp::Reverse(*at_ms));
    }

    fn id(&mut self) -> (u64, u64) {
        self.made += 1;
        let high = scatter(self.key.wrapping_add(self.made));
        (high, scatter(high ^ scatter(self.key)))
    }

    /// The next event, sent at `at_ms`, which is `since_ms` after the load began.
    pub(super) fn tell(&mut self, mix: &Mix, at_ms: i64, since_ms: i64) -> Told {
        let updated_ms = at_ms - 1_000 - i64::from(self.dice.below(4_000));
        if self.plots.last().is_some_and(|(due_ms, _)| *due_ms <= at_ms)
            && let Some((_, finding)) = self.plots.pop()
        {
            return self.first(finding, updated_ms);
        }
        if self.open.front().is_some_and(|(due_ms, _)| *due_ms <= updated_ms)
            && let Some((_, finding)) = self.open.pop_front()
        {
            return self.again(finding, updated_ms);
        }
        let mut finding = self.find(mix);
        if since_ms < self.period_ms && self.dice.permille(300) {
            // It was told before the load began, some periods ago.
            let periods = 1 + i64::from(self.dice.below(4));
            finding.created_ms =
                updated_ms - periods * self.period_ms - i64::from(self.dice.below(20_000));
            finding.first_s =
                finding.created_ms.div_euclid(1_000) - 60 - i64::from(self.dice.below(200));
            finding.count = 1 + self.dice.below(20) * periods as u32;
            return self.again(finding, updated_ms);
        }
        self.first(finding, updated_ms)
    }

    /// A finding that is told for the first time.
    fn first(&mut self, mut finding: Finding, updated_ms: i64) -> Told {
        let last_s = updated_ms.div_euclid(1_000) - 20 - i64::from(self.dice.below(90));
        finding.created_ms = updated_ms;
        if finding.plot.is_none() {
            finding.first_s = last_s - i64::from(self.dice.below(180));
        }
        finding.count = 1 + self.dice.below(6);
        self.told(finding, updated_ms, last_s.max(finding.first_s))
    }

    /// A finding that goes on.
    fn again(&mut self, mut finding: Finding, updated_ms: i64) -> Told {
        let last_s = updated_ms.div_euclid(1_000) - 20 - i64::from(self.dice.below(200));
        finding.count += 1 + self.dice.below(24);
        self.told(finding, updated_ms, last_s.max(finding.first_s))
    }

    fn told(&mut self, finding: Finding, updated_ms: i64, last_s: i64) -> Told {
        if self.dice.permille(GOES_ON) || finding.plot.is_some() {
            self.open.push_back((updated_ms + self.period_ms, finding));
        }
        let high = self.dice.next();
        let envelope = (high, scatter(high ^ self.key));
        let sent_s = updated_ms.div_euclid(1_000) + 1;
        Told { finding, moment: Moment { updated_ms, last_s, sent_s, envelope } }
    }

    /// A finding that nobody has had: of a type, about a thing, by an attacker.
    fn find(&mut self, mix: &Mix) -> Finding {
        for _ in 0..12 {
            let number = mix.draw(&mut self.dice);
            let kind = &KINDS[usize::from(number)];
            let count = self.stock.count(kind);
            // Sessions of roles are without number; users are told of now and then.
            let thing = match kind.on {
                On::Key if count == 0 || !self.dice.permille(250) => u32::MAX,
                _ if count == 0 => continue,
                _ => self.dice.below(count),
            };
            let counted = !kind.per_attacker() && thing != u32::MAX;
            if counted && !self.used.insert((number, thing)) {
                continue;
            }
            return self.made(number, thing);
        }
        // Everything was told of: what comes from outside has no end.
        let number = named("Recon:EC2/PortProbeUnprotectedPort", false);
        let count = self.stock.count(&KINDS[usize::from(number)]).max(1);
        let thing = self.dice.below(count);
        self.made(number, thing)
    }

    fn made(&mut self, kind: u16, thing: u32) -> Finding {
        let id = self.id();
        let key = self.dice.next();
        Finding { kind, id, key, thing, created_ms: 0, first_s: 0, count: 0, plot: None }
    }
}
