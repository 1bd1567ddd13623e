//! What a flow log may say: the bounds of the flow-log reference, read from the lines alone.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::time::Duration;

use common::{Line, plan};
use tributary_generators::{Incident, Load, Shape, VpcFlowLogs};
use tributary_vocabulary::Seed;

fn lines(rate: f64, minutes: u64) -> Vec<Line> {
    let load = VpcFlowLogs::per_second(rate).lasting(Duration::from_secs(minutes * 60));
    let plan = plan(3, vec![load]);
    let mut text = Vec::new();
    let mut traffic = plan.traffic().unwrap();
    while traffic.write_plain(&mut text).is_some() {}
    String::from_utf8(text).unwrap().lines().map(Line::read).collect()
}

fn with_traffic(lines: &[Line]) -> Vec<&Line> {
    lines.iter().filter(|line| line.status == "OK").collect()
}

/// Of 1,000.
fn permille(part: usize, whole: usize) -> usize {
    part * 1_000 / whole.max(1)
}

#[test]
fn every_record_is_possible_on_the_wire() {
    for line in with_traffic(&lines(400.0, 10)) {
        let address = |text: &str| text.parse::<Ipv4Addr>().unwrap();
        let (from, to) = (address(&line.source), address(&line.destination));
        assert_ne!(from, to, "{line:?}");
        for end in [from, to] {
            let [first, .., last] = end.octets();
            assert!(first != 0 && first != 127 && first < 224, "{line:?}");
            assert!(end.is_private() || (1..255).contains(&last), "{line:?}");
        }
        let header = match line.protocol {
            6 => 40,
            17 | 1 => 28,
            other => panic!("protocol {other}"),
        };
        assert!(line.packets >= 1 && line.bytes >= line.packets * header, "{line:?}");
        // Nothing is larger than a jumbo frame, and nothing over the internet than 1,500.
        let inside = from.is_private() && to.is_private();
        assert!(line.bytes <= line.packets * if inside { 9_001 } else { 1_500 }, "{line:?}");
        assert!(line.start <= line.end && line.end - line.start < 60, "{line:?}");
        let portless = line.source_port == 0 && line.destination_port == 0;
        assert_eq!(portless, line.protocol == 1, "{line:?}");
        assert!(["ACCEPT", "REJECT"].contains(&line.action.as_str()));
    }
}

#[test]
fn an_interface_has_one_address_and_all_its_records_have_it() {
    let lines = lines(200.0, 10);
    let mut ends: BTreeMap<&str, Option<BTreeSet<&str>>> = BTreeMap::new();
    for line in with_traffic(&lines) {
        let both = BTreeSet::from([line.source.as_str(), line.destination.as_str()]);
        let common = ends.entry(&line.interface).or_default();
        *common = Some(match common.take() {
            Some(known) => known.intersection(&both).copied().collect(),
            None => both,
        });
    }
    assert!(ends.values().flatten().all(|common| !common.is_empty()));
}

#[test]
fn the_mix_is_that_of_the_reference() {
    let all = lines(600.0, 15);
    let seen = with_traffic(&all);
    let share = |of: &dyn Fn(&Line) -> bool| {
        permille(seen.iter().filter(|line| of(line)).count(), seen.len())
    };
    let tcp = share(&|line| line.protocol == 6);
    let udp = share(&|line| line.protocol == 17);
    let icmp = share(&|line| line.protocol == 1);
    let rejects = share(&|line| line.action == "REJECT");
    assert!((800..=930).contains(&tcp), "TCP {tcp}");
    assert!((60..=180).contains(&udp), "UDP {udp}");
    assert!((4..=20).contains(&icmp), "ICMP {icmp}");
    assert!((50..=250).contains(&rejects), "REJECT {rejects}");
    let mut packets: Vec<u64> = seen.iter().map(|line| line.packets).collect();
    packets.sort_unstable();
    let (median, p99) = (packets[packets.len() / 2], packets[packets.len() * 99 / 100]);
    assert!((2..=10).contains(&median), "median {median}");
    assert!((100..10_000).contains(&p99), "p99 {p99}");
    let mut bytes: Vec<u64> = seen.iter().map(|line| line.bytes).collect();
    bytes.sort_unstable();
    let (whole, top): (u64, u64) =
        (bytes.iter().sum(), bytes[bytes.len() * 99 / 100..].iter().sum());
    assert!(top * 10 > whole * 4, "the top hundredth has {top} of {whole} bytes");
    let quiet = all.iter().filter(|line| line.status != "OK").count();
    assert!(quiet > 0 && quiet * 50 < all.len(), "{quiet} of {} without data", all.len());
    let names: BTreeSet<&str> = all.iter().map(|line| line.status.as_str()).collect();
    assert_eq!(names, BTreeSet::from(["NODATA", "OK", "SKIPDATA"]));
}

#[test]
fn both_directions_of_accepted_connections_are_there() {
    let all = lines(300.0, 10);
    let key = |line: &Line, turned: bool| {
        let from = (line.source.clone(), line.source_port);
        let to = (line.destination.clone(), line.destination_port);
        let (a, b) = if turned { (to, from) } else { (from, to) };
        (line.interface.clone(), a, b, line.protocol)
    };
    let accepted: Vec<&Line> = all.iter().filter(|line| line.action == "ACCEPT").collect();
    let known: BTreeSet<_> = accepted.iter().map(|line| key(line, false)).collect();
    let paired = accepted.iter().filter(|line| known.contains(&key(line, true))).count();
    assert!(paired * 100 > accepted.len() * 97, "{paired} of {}", accepted.len());
}

#[test]
fn long_connections_are_seen_in_several_windows() {
    let all = lines(300.0, 10);
    let mut windows: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    for line in all.iter().filter(|line| line.action == "ACCEPT" && line.protocol == 6) {
        let tuple = format!(
            "{} {} {} {} {}",
            line.interface, line.source, line.source_port, line.destination, line.destination_port
        );
        windows.entry(tuple).or_default().insert(line.start);
    }
    let long = windows.values().filter(|starts| starts.len() >= 4).count();
    assert!(long > 100, "{long} connections in four windows or more");
}

#[test]
fn the_text_has_the_structure_of_real_flow_logs() {
    use std::io::Write;
    let load = VpcFlowLogs::per_second(1_000.0).lasting(Duration::from_secs(120));
    let plan = plan(1, vec![load]);
    let mut text = Vec::new();
    let mut traffic = plan.traffic().unwrap();
    while traffic.write_plain(&mut text).is_some() {}
    let sample: Vec<u8> =
        text.split_inclusive(|byte| *byte == b'\n').take(2_000).flatten().copied().collect();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    gzip.write_all(&sample).unwrap();
    let ratio = sample.len() as f64 / gzip.finish().unwrap().len() as f64;
    assert!((3.3..7.5).contains(&ratio), "gzip makes it {ratio} times smaller");
}

/// The lines of the attackers in a plan with one incident.
fn attack(incident: Incident, rate: f64, minutes: u64) -> (Vec<Line>, usize) {
    let load: Load = VpcFlowLogs::per_second(rate).lasting(Duration::from_secs(minutes * 60));
    let mut plan = plan(2, vec![load]);
    plan.incidents = vec![incident];
    let mut text = Vec::new();
    let mut traffic = plan.traffic().unwrap();
    while traffic.write_plain(&mut text).is_some() {}
    let (plot, made) = traffic.planted().next().unwrap();
    let attackers = plot.attacker.addresses.clone();
    let text = String::from_utf8(text).unwrap();
    let all: Vec<Line> = text.lines().map(Line::read).collect();
    assert_eq!(all.len(), (rate * minutes as f64 * 60.0) as usize);
    let theirs: Vec<Line> = all
        .into_iter()
        .filter(|line| attackers.contains(&line.source) || attackers.contains(&line.destination))
        .collect();
    assert_eq!(theirs.len() as u64, made[0], "{incident}");
    assert!(theirs.iter().all(|line| line.interface == plot.victim.instance.interface_id));
    let private = &plot.victim.instance.private_address;
    assert!(theirs.iter().all(|line| line.source == *private || line.destination == *private));
    let count = theirs.len();
    (theirs, count)
}

#[test]
fn incidents_look_like_what_they_are() {
    for (rate, minutes) in [(150.0, 10), (20.0, 3)] {
        let (scan, count) = attack(Incident::PortScan, rate, minutes);
        let ports: BTreeSet<u16> = scan.iter().map(|line| line.destination_port).collect();
        assert!(ports.len() * 10 > count * 8, "{} ports in {count} records", ports.len());
        let refused = scan.iter().filter(|line| line.action == "REJECT").count();
        assert!(refused * 100 > count * 95);

        let (guesses, _) = attack(Incident::SshBruteForce, rate, minutes);
        assert!(guesses.iter().all(|line| line.source_port == 22 || line.destination_port == 22));
        assert!(guesses.iter().all(|line| (10..=25).contains(&line.packets)), "{guesses:?}");
        let (rdp, _) = attack(Incident::RdpBruteForce, rate, minutes);
        assert!(rdp.iter().all(|line| line.source_port == 3389 || line.destination_port == 3389));

        let (leak, _) = attack(Incident::Exfiltration, rate, minutes);
        let sum = |outward: bool| -> u64 {
            leak.iter()
                .filter(|line| (line.destination_port == 443) == outward)
                .map(|line| line.bytes)
                .sum()
        };
        assert!(sum(true) > 40 * sum(false), "{} out, {} in", sum(true), sum(false));

        let (mining, _) = attack(Incident::CryptoMining, rate, minutes);
        let pool = |port: u16| [3333, 4444, 14_444].contains(&port);
        assert!(mining.iter().all(|line| pool(line.source_port) || pool(line.destination_port)));
        let (visits, _) = attack(Incident::LeakedKey, rate, minutes);
        assert!(visits.iter().all(|line| line.action == "ACCEPT"));
    }
}

#[test]
fn bytes_a_second_come_close() {
    let load = VpcFlowLogs::per_second(tributary_generators::Rate::bytes_per_second(50_000.0))
        .lasting(Duration::from_secs(300))
        .shaped(Shape::Daily { peak_to_trough: 1.0 });
    let plan = plan(2, vec![load]);
    let mut text = Vec::new();
    let mut traffic = plan.traffic().unwrap();
    let mut events = 0;
    while let Some(head) = traffic.write_plain(&mut text) {
        events += head.events;
    }
    let bytes = (text.len() - events) as f64;
    assert!((bytes / 15e6 - 1.0).abs() < 0.02, "{bytes} bytes");
}

#[test]
fn the_world_stays_when_the_traffic_changes() {
    let interfaces = |seed: u64, world: u64| -> (BTreeSet<String>, String) {
        let load = VpcFlowLogs::per_second(50).lasting(Duration::from_secs(120));
        let mut plan = plan(2, vec![load]);
        (plan.seed, plan.world_seed) = (Seed::new(seed), Seed::new(world));
        let mut text = Vec::new();
        let mut traffic = plan.traffic().unwrap();
        while traffic.write_plain(&mut text).is_some() {}
        let text = String::from_utf8(text).unwrap();
        (text.lines().map(|line| Line::read(line).interface).collect(), text)
    };
    let (one, other, elsewhere) = (interfaces(1, 7), interfaces(2, 7), interfaces(1, 8));
    assert_eq!(one.0, other.0);
    assert_ne!(one.1, other.1);
    assert!(one.0.is_disjoint(&elsewhere.0));
}
