//! The other side of the internet: clients, services, and the noise that reaches every address.
//!
//! Clients, services and noise have first octets of their own, so that two different flows of an
//! interface can never have the same five-tuple.

use crate::dice::{Dice, scatter};

use super::record::{TCP, UDP};

/// First octets of access networks.
const CLIENTS: [u8; 20] =
    [24, 31, 37, 47, 50, 62, 68, 73, 76, 78, 81, 84, 86, 92, 98, 109, 174, 188, 203, 217];

/// First octets where scans come from.
const NOISE: [u8; 16] = [5, 14, 27, 36, 41, 45, 59, 61, 87, 94, 103, 118, 141, 178, 185, 218];

/// Research scanners: the first three octets of their networks.
const SCANNERS: [[u8; 3]; 5] =
    [[162, 142, 125], [167, 94, 138], [71, 6, 135], [198, 235, 24], [205, 210, 31]];

/// Networks of web services that applications call, and the bits that vary.
const SERVICES: [([u8; 4], u32); 10] = [
    ([52, 94, 0, 0], 0x1fff),
    ([54, 239, 16, 0], 0x0fff),
    ([44, 224, 0, 0], 0xffff),
    ([35, 160, 0, 0], 0xffff),
    ([140, 82, 112, 0], 0x0fff),
    ([151, 101, 0, 0], 0xffff),
    ([104, 16, 0, 0], 0xffff),
    ([13, 107, 0, 0], 0x3fff),
    ([142, 250, 64, 0], 0x3fff),
    ([34, 107, 0, 0], 0xffff),
];

/// S3 behind a gateway endpoint.
const S3: [([u8; 4], u32); 3] =
    [([52, 218, 128, 0], 0x7fff), ([3, 5, 80, 0], 0x07ff), ([52, 92, 128, 0], 0x7fff)];

/// Ports that scans ask for, the most wanted first (flow-log reference, 3.3).
const SCANNED: [(u8, u16); 26] = [
    (TCP, 23),
    (TCP, 22),
    (TCP, 445),
    (TCP, 3389),
    (TCP, 80),
    (TCP, 443),
    (TCP, 8080),
    (TCP, 2323),
    (TCP, 5555),
    (TCP, 6379),
    (TCP, 1433),
    (TCP, 3306),
    (TCP, 8443),
    (TCP, 8088),
    (TCP, 81),
    (TCP, 25),
    (UDP, 5060),
    (UDP, 123),
    (UDP, 161),
    (UDP, 53),
    (UDP, 389),
    (UDP, 1900),
    (TCP, 11211),
    (TCP, 9200),
    (TCP, 2375),
    (TCP, 10250),
];

fn within(network: &([u8; 4], u32), host: u32) -> u32 {
    // The last octet is that of a host, whatever the network's mask is.
    u32::from_be_bytes(network.0) | (host & network.1 & !0xff) | (1 + (host & 0xff) % 254)
}

/// An address whose last octet is that of a host.
fn host(first: u8, bits: u64) -> u32 {
    let rest = (bits as u32 & 0x00ff_ff00) | (1 + (bits >> 32) as u32 % 253);
    u32::from(first) << 24 | rest
}

/// A client: a few of a pool come again and again, most come seldom.
pub(crate) fn client(dice: &mut Dice, key: u64) -> u32 {
    let rank = dice.below(4_096);
    let rank = rank * dice.below(4_096) / 4_096;
    let bits = scatter(key ^ u64::from(rank));
    host(CLIENTS[bits as usize % CLIENTS.len()], bits >> 8)
}

/// A service on the internet: 64 of them for a key, some far more called than others.
pub(crate) fn service(dice: &mut Dice, key: u64) -> u32 {
    let rank = dice.below(64) * dice.below(64) / 64;
    let bits = scatter(key ^ u64::from(rank));
    within(&SERVICES[bits as usize % SERVICES.len()], (bits >> 8) as u32)
}

/// One of a few addresses of S3.
pub(crate) fn s3(dice: &mut Dice, key: u64) -> u32 {
    let bits = scatter(key ^ u64::from(dice.below(24)));
    within(&S3[bits as usize % S3.len()], (bits >> 8) as u32)
}

fn is_in(address: u32, network: &([u8; 4], u32)) -> bool {
    address & !network.1 == u32::from_be_bytes(network.0)
}

/// True for an address of S3.
pub(crate) fn is_s3(address: u32) -> bool {
    S3.iter().any(|network| is_in(address, network))
}

/// The name that flow logs give the owner of an address, when AWS is it.
pub(crate) fn aws_service(address: u32) -> Option<&'static str> {
    const NAMES: [&str; 4] = ["AMAZON", "AMAZON", "EC2", "EC2"];
    let names = SERVICES.iter().zip(NAMES);
    names.into_iter().find(|(network, _)| is_in(address, network)).map(|(_, name)| name)
}

/// Who scans, with what protocol, for which port.
pub(crate) fn scan(dice: &mut Dice, key: u64) -> (u32, u8, u16) {
    let source = if dice.permille(180) {
        let [a, b, c] = *dice.pick(&SCANNERS);
        u32::from_be_bytes([a, b, c, 1 + dice.below(253) as u8])
    } else {
        let bits = scatter(key ^ 0x5ca7 ^ u64::from(dice.below(20_000)));
        host(NOISE[bits as usize % NOISE.len()], bits >> 8)
    };
    if dice.permille(120) {
        return (source, TCP, dice.between(1, 65_535) as u16);
    }
    // A harmonic-like preference without logarithms: the product of two even picks.
    let rank = dice.below(26) * dice.below(26) / 26;
    let (protocol, port) = SCANNED[rank as usize];
    (source, protocol, port)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_three_crowds_do_not_meet_and_are_public() {
        let mut dice = Dice::at(1, 1, 1);
        let mut crowds = [BTreeSet::new(), BTreeSet::new(), BTreeSet::new()];
        for _ in 0..20_000 {
            crowds[0].insert(client(&mut dice, 7) >> 24);
            crowds[1].insert(service(&mut dice, 7) >> 24);
            crowds[1].insert(s3(&mut dice, 7) >> 24);
            crowds[2].insert(scan(&mut dice, 7).0 >> 24);
        }
        assert!(crowds[0].is_disjoint(&crowds[2]));
        assert!(crowds[0].is_disjoint(&crowds[1]));
        assert!(crowds[1].is_disjoint(&crowds[2]));
        let all: BTreeSet<u32> = crowds.into_iter().flatten().collect();
        assert!(
            all.iter()
                .all(|first| (1..224).contains(first) && ![10, 127, 172, 192].contains(first))
        );
    }
}
