//! What an incident does: the same facts for every source.

use std::sync::Arc;

use serde::Serialize;
use tributary_vocabulary::{AccountId, HOUR_MS, MINUTE_MS, Seed, Timestamp};

use crate::dice::{Dice, scatter};
use crate::text::dotted;
use crate::world::{Instance, Person, World};

use super::Incident;

/// Place of the instance that incidents attack: the web server that even the smallest load has.
const VICTIM_PLACE: u32 = 1;

/// One incident of a plan: who, whom, from where, and when.
#[derive(Debug, Clone, Serialize)]
pub struct Plot {
    /// Its kind.
    pub incident: Incident,
    /// Its place among the plan's incidents, from 0.
    pub number: usize,
    /// The account that is attacked.
    pub account: AccountId,
    /// Place of the account in the plan's list.
    #[serde(skip)]
    pub(crate) holder: u32,
    /// Place of the victim in its account.
    #[serde(skip)]
    pub(crate) place: u32,
    /// First moment of the activity, in the time of the events.
    #[serde(serialize_with = "as_text")]
    pub from: Timestamp,
    /// Last moment of the activity.
    #[serde(serialize_with = "as_text")]
    pub to: Timestamp,
    /// What is attacked, or abused.
    pub victim: Victim,
    /// Where the attack comes from or what is called.
    pub attacker: Attacker,
    /// Whose key is used ([`Incident::LeakedKey`]), or who works where the victim stands.
    pub person: Arc<Person>,
    /// The root of everything random about it.
    #[serde(skip)]
    pub(crate) key: u64,
}

/// An instance that is attacked or abused.
#[derive(Debug, Clone, Serialize)]
pub struct Victim {
    /// The instance with everything that is known of it.
    #[serde(flatten)]
    pub instance: Arc<Instance>,
}

/// The far end of an incident.
#[derive(Debug, Clone, Serialize)]
pub struct Attacker {
    /// Its addresses: one, or several that take part in a brute force.
    pub addresses: Vec<String>,
    /// The same as numbers.
    #[serde(skip)]
    pub(crate) numbers: Vec<u32>,
    /// The port of the victim (brute force) or of the far end (mining, exfiltration) that the
    /// incident is about; 0 for a scan of many ports.
    pub port: u16,
}

fn as_text<S: serde::Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(at)
}

/// The plots of a plan's incidents. `start` and `duration_ms` are the plan's; the times of a
/// plot are those of events, which are delivered minutes later.
pub(crate) fn plots(
    world: &World,
    seed: Seed,
    incidents: &[Incident],
    start: Timestamp,
    duration_ms: i64,
) -> Arc<[Plot]> {
    let seed = seed.child("incidents");
    incidents
        .iter()
        .enumerate()
        .map(|(number, &incident)| plot(world, seed, number, incident, start, duration_ms))
        .collect()
}

fn plot(
    world: &World,
    seed: Seed,
    number: usize,
    incident: Incident,
    start: Timestamp,
    duration_ms: i64,
) -> Plot {
    let key = seed.numbered(number as u64).number();
    let accounts = world.accounts.len() as u64;
    // Incidents that follow each other hit different accounts while there are any.
    let holder = ((seed.number() >> 8).wrapping_add(number as u64) % accounts) as u32;
    let mut dice = Dice::at(key, 0, 0x1c1d);
    let instance = world.instance(holder, VICTIM_PLACE);
    let person = world.person(holder, dice.below(World::PEOPLE));
    // Events of a load are delivered up to ten minutes after they happen: a short load sees an
    // activity that began before it.
    let from = start.plus_ms(duration_ms / 5 - 240_000);
    let to = start.plus_ms(duration_ms / 5 * 4 - 60_000).max(from.plus_ms(150_000));
    let to = to.min(from.plus_ms(longest_ms(incident)));
    let addresses = match incident {
        Incident::SshBruteForce | Incident::RdpBruteForce => 1 + dice.below(3),
        _ => 1,
    };
    let numbers: Vec<u32> = (0..addresses).map(|nth| address(incident, key, nth)).collect();
    let port = match incident {
        Incident::PortScan => 0,
        Incident::SshBruteForce => 22,
        Incident::RdpBruteForce => 3389,
        Incident::LeakedKey | Incident::Exfiltration => 443,
        Incident::CryptoMining => *dice.pick(&[3333, 4444, 14_444]),
    };
    Plot {
        incident,
        number,
        account: world.accounts[holder as usize],
        holder,
        place: VICTIM_PLACE,
        from: Timestamp::from_s(from.s()),
        to: Timestamp::from_s(to.s()),
        victim: Victim { instance: Arc::new(instance) },
        attacker: Attacker {
            addresses: numbers.iter().map(|&n| dotted(n)).collect(),
            numbers,
            port,
        },
        person: Arc::new(person),
        key,
    }
}

/// The longest that an incident goes on.
const fn longest_ms(incident: Incident) -> i64 {
    match incident {
        Incident::PortScan => 20 * MINUTE_MS,
        Incident::LeakedKey => HOUR_MS,
        Incident::SshBruteForce | Incident::RdpBruteForce => 2 * HOUR_MS,
        Incident::Exfiltration => 3 * HOUR_MS,
        Incident::CryptoMining => 30 * 24 * HOUR_MS,
    }
}

/// Networks of cheap hosting that no other traffic uses, so that a plot is found by its address.
const HOSTING: [[u8; 2]; 6] = [[193, 32], [91, 240], [80, 94], [179, 43], [46, 161], [212, 102]];

fn address(incident: Incident, key: u64, nth: u32) -> u32 {
    let bits = scatter(key ^ u64::from(nth) ^ (incident as u64) << 40);
    let [a, b] = HOSTING[(bits % 6) as usize];
    u32::from_be_bytes([a, b, (bits >> 16) as u8, 1 + (bits >> 24) as u8 % 253])
}
