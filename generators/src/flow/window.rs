//! One window of one interface: exactly as many records as it was dealt.

use crate::dice::Dice;
use crate::world::Role;

use super::connection::Window;
use super::fabric::Fabric;
use super::filler::Filler;
use super::record::{FlowRecord, Verdict};

/// Buffers that are used again for every window.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    unsorted: Vec<FlowRecord>,
    /// Records of incidents, which come first; they are fewer than the quota.
    pub(crate) planted: Vec<FlowRecord>,
    /// The records of the window in the order of their start.
    pub(crate) records: Vec<FlowRecord>,
}

/// A window with fewer records than this loses some without a word: of so few, a record that says
/// so would be the most.
const FEW: usize = 8;

/// Fills `scratch.records` with the `quota` records of `window` on interface `of`.
///
/// First come the connections whose other end is watched too: they are what they are. What room
/// is left goes to ends that nobody watches. If there are more of the former than the quota, the
/// service loses some and says so in a SKIPDATA record, as the real one does.
pub(crate) fn fill(
    fabric: &Fabric,
    of: u32,
    window: Window,
    round: u64,
    quota: u32,
    factor: impl Fn(i64) -> f64,
    scratch: &mut Scratch,
) {
    let out = &mut scratch.unsorted;
    out.clear();
    out.extend_from_slice(&scratch.planted);
    let (planted, quota) = (out.len(), quota as usize);
    for edge in fabric.edges(of) {
        edge.project(of, window, &fabric.lengths, &factor, out);
    }
    let empty = |verdict| FlowRecord::empty(verdict, window.from as u32, window.to as u32);
    if out.len() > quota && quota < FEW {
        out.truncate(quota);
    } else if out.len() > quota {
        out.truncate((planted + (quota - 1 - planted) / 2 * 2).min(quota - 1));
        out.push(empty(Verdict::SkipData));
    }
    let (site, key) = (&fabric.interfaces[of as usize].site, fabric.interfaces[of as usize].key);
    let mut dice = Dice::at(key, window.from as u64, 0xf111);
    let idle = site.role == Role::Standby || quota == 1 && dice.permille(300);
    if out.is_empty() && idle && quota <= 3 {
        quiet(window, quota, out);
    } else if out.len() < quota && dice.permille(1) {
        out.push(empty(Verdict::SkipData));
    }
    let rest = quota - out.len();
    let refusals = refusals(site.role, quota, rest, &mut dice);
    // Ports begin elsewhere on every interface and in every window.
    let round = round.wrapping_add(key >> 40);
    let mut filler = Filler { site, key, window, lengths: &fabric.lengths, dice, number: 0, round };
    for _ in 0..refusals {
        filler.refusal(out);
    }
    while out.len() < quota {
        if site.role == Role::Nat {
            filler.translated(out);
        } else {
            filler.pair(out);
        }
    }
    sort(window.from, out, &mut scratch.records);
}

/// A window without traffic, in `parts` parts that touch: on Nitro instances such windows are
/// shorter than the others (flow-log reference, 1.1).
fn quiet(window: Window, parts: usize, out: &mut Vec<FlowRecord>) {
    let edge = |nth: usize| window.from + i64::from(window.seconds()) * nth as i64 / parts as i64;
    for nth in 0..parts {
        let (start, end) = (edge(nth), (edge(nth + 1) - 1).max(edge(nth)));
        out.push(FlowRecord::empty(Verdict::NoData, start as u32, end as u32));
    }
}

/// How many of the `rest` records are refusals, so that the others can be whole conversations.
fn refusals(role: Role, quota: usize, rest: usize, dice: &mut Dice) -> usize {
    let whole = if role == Role::Nat { 4 } else { 2 };
    let wanted = (quota as u64 * u64::from(role.rejects()) + u64::from(dice.below(1_000))) / 1_000;
    let wanted = (wanted as usize).min(rest);
    let odd = (rest - wanted) % whole;
    // Fewer refusals rather than more, as long as there are enough of them.
    if wanted >= whole - odd && odd > 0 { wanted - (whole - odd) } else { wanted + odd }
}

/// Sorts by the second of the start, in the order of making within a second.
fn sort(first: i64, from: &[FlowRecord], into: &mut Vec<FlowRecord>) {
    let second = |record: &FlowRecord| (i64::from(record.start) - first).clamp(0, 63) as usize;
    let mut places = [0_usize; 65];
    for record in from {
        places[second(record) + 1] += 1;
    }
    for nth in 1..places.len() {
        places[nth] += places[nth - 1];
    }
    into.clear();
    into.extend_from_slice(from);
    for record in from {
        let place = &mut places[second(record)];
        into[*place] = *record;
        *place += 1;
    }
}
