//! When each interface's windows are delivered, and how many records each has.

use crate::dice::Dice;
use crate::lane::Job;

use super::fabric::Fabric;
use super::incident::surge;

/// A round: every interface delivers one window in it.
pub(crate) const ROUND_MS: i64 = 60_000;
/// A delivery is up to this much later than its place in the round.
const JITTER_MS: u32 = 8_000;

/// One window of one interface on its way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Delivery {
    /// When it arrives, in milliseconds after the load's start.
    pub(crate) at_ms: i64,
    /// When it would without jitter: its window closed a lag before that.
    pub(crate) due_ms: i64,
    pub(crate) interface: u32,
    /// Records.
    pub(crate) quota: u32,
}

/// The deliveries of round `round`, unsorted: the events that are due in it, divided among the
/// accounts by `deal` and among an account's interfaces by their weight, their turn and the rate
/// at that moment.
pub(crate) fn round(fabric: &Fabric, job: &Job, round: u64, out: &mut Vec<Delivery>) {
    let (curve, deal, duration_ms) = (&job.curve, &job.deal, job.duration_ms);
    let from_ms = round as i64 * ROUND_MS;
    let length_ms = (duration_ms - from_ms).min(ROUND_MS);
    let (from, to) = (curve.events_before(from_ms), curve.events_before(from_ms + length_ms));
    let mut turns: Vec<Turn> = Vec::new();
    for (account, count) in deal.between(from, to).enumerate() {
        let span = fabric.accounts[account]..fabric.accounts[account + 1];
        if count == 0 || span.is_empty() {
            continue;
        }
        turns.clear();
        turns.extend(span.clone().map(|nth| turn(fabric, nth, round, from_ms, job)));
        if length_ms < ROUND_MS {
            shorten(&mut turns, length_ms);
        }
        divide(&turns, count, from_ms, Dice::at(round, account as u64, 0xd17), out);
    }
}

/// An interface's turn in a round.
#[derive(Debug, Clone, Copy)]
struct Turn {
    interface: u32,
    offset_ms: i64,
    due_ms: i64,
    weight: u64,
}

fn turn(fabric: &Fabric, nth: usize, round: u64, from_ms: i64, job: &Job) -> Turn {
    let interface = &fabric.interfaces[nth];
    let mut dice = Dice::at(interface.key, round, 0x7e12);
    let offset_ms = interface.phase_ms + i64::from(dice.below(JITTER_MS));
    let jitter = u64::from(dice.between(900, 1_100));
    // The rate in thousandths, so that its changes within a round are seen, and never 0 for all.
    let rate = (job.curve.rate_at(from_ms + offset_ms) * 1_000.0) as u64;
    let mut weight = u64::from(interface.site.role.weight()) * jitter * rate.clamp(1, 1 << 36);
    if !interface.plots.is_empty() {
        // What an attack adds is on top of the interface's usual share.
        let at = job.start.plus_ms(from_ms + interface.phase_ms).s() - interface.lag_s - 30;
        weight *=
            interface.plots.iter().map(|&nth| surge(&job.plots[nth as usize], at)).sum::<u64>();
    }
    Turn { interface: nth as u32, offset_ms, due_ms: interface.phase_ms, weight }
}

/// Keeps the turns that come before a short round ends; the earliest is moved into it if there
/// is none.
fn shorten(turns: &mut Vec<Turn>, length_ms: i64) {
    let earliest = turns.iter().min_by_key(|turn| turn.offset_ms).copied();
    turns.retain(|turn| turn.offset_ms <= length_ms);
    if let (true, Some(mut turn)) = (turns.is_empty(), earliest) {
        turn.offset_ms = turn.offset_ms * length_ms / ROUND_MS;
        turn.due_ms = turn.due_ms.min(turn.offset_ms);
        turns.push(turn);
    }
}

/// Divides `count` records among the turns, in pairs, because a conversation has two.
fn divide(turns: &[Turn], count: u64, from_ms: i64, mut dice: Dice, out: &mut Vec<Delivery>) {
    let whole: u128 = turns.iter().map(|turn| u128::from(turn.weight)).sum();
    let pairs = u128::from(count / 2);
    let shift = (u128::from(dice.next()) * whole) >> 64;
    // The odd one goes where the shift points to, which is as random as the pairs' rounding.
    let odd = u128::from(count % 2);
    let (mut weight, mut dealt, mut odd_dealt) = (0, 0, 0);
    for turn in turns {
        weight += u128::from(turn.weight);
        let upto = (pairs * weight + shift) / whole;
        let odd_upto = u128::from(odd == 1 && weight > shift);
        let quota = (upto - dealt) * 2 + odd_upto - odd_dealt;
        (dealt, odd_dealt) = (upto, odd_upto);
        if quota > 0 {
            let at_ms = from_ms + turn.offset_ms;
            let due_ms = from_ms + turn.due_ms;
            let (interface, quota) = (turn.interface, quota as u32);
            out.push(Delivery { at_ms, due_ms, interface, quota });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_round_is_divided_without_a_remainder(
            weights in prop::collection::vec(1_u64..1_000_000, 1..40),
            count in 1_u64..100_000,
            key: u64,
        ) {
            let turns: Vec<Turn> = weights
                .iter()
                .enumerate()
                .map(|(nth, &weight)| Turn { interface: nth as u32, offset_ms: 0, due_ms: 0, weight })
                .collect();
            let mut out = Vec::new();
            divide(&turns, count, 0, Dice::at(key, 0, 0), &mut out);
            prop_assert_eq!(out.iter().map(|d| u64::from(d.quota)).sum::<u64>(), count);
            prop_assert!(out.iter().filter(|d| d.quota % 2 == 1).count() as u64 == count % 2);
        }
    }
}
