//! What makes an event the same event at every stage.

use tributary_vocabulary::{EventId, Source, stable_hash};

/// The identity of an event, read from its message; `None` when it cannot be read.
///
/// - VPC flow logs, default format: interface, five-tuple, start and end.
///
/// No two records of one plan share it, whatever the load.
#[must_use]
pub fn identity(source: Source, message: &str) -> Option<EventId> {
    match source {
        Source::VpcFlowLogs => flow_log(message.as_bytes()),
        Source::CloudTrail | Source::GuardDuty => None,
    }
}

/// `2 account interface src dst srcport dstport protocol packets bytes start end action status`.
fn flow_log(line: &[u8]) -> Option<EventId> {
    let mut spaces = [0_usize; 13];
    let mut seen = 0;
    for (at, byte) in line.iter().enumerate() {
        if *byte == b' ' {
            *spaces.get_mut(seen)? = at;
            seen += 1;
        }
    }
    if seen != 13 || !line.starts_with(b"2 ") {
        return None;
    }
    let flow = line.get(spaces[1] + 1..spaces[7])?;
    let window = line.get(spaces[9] + 1..spaces[11])?;
    let mut both = [0_u8; 16];
    both[..8].copy_from_slice(&stable_hash(flow).to_le_bytes());
    both[8..].copy_from_slice(&stable_hash(window).to_le_bytes());
    Some(EventId::of(&both))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "2 210987654321 eni-0a1b2c3d4e5f60718 10.4.1.17 10.4.9.30 49160 5432 6 14 \
                        2310 1760000003 1760000051 ACCEPT OK";

    #[test]
    fn counts_and_actions_do_not_change_it_but_the_flow_does() {
        let id = |line: &str| identity(Source::VpcFlowLogs, line);
        assert!(id(LINE).is_some());
        assert_eq!(id(LINE), id(&LINE.replace("14 2310", "15 9999").replace("ACCEPT", "REJECT")));
        let others = [
            ("0718", "0719"),
            ("10.4.1.17", "10.4.1.18"),
            ("10.4.9.30", "10.4.9.3"),
            ("49160", "49161"),
            (" 5432", " 5433"),
            (" 6 ", " 17 "),
            ("1760000003", "1760000004"),
            ("1760000051", "1760000052"),
        ];
        for (from, to) in others {
            assert_ne!(id(LINE), id(&LINE.replace(from, to)), "{from}");
        }
        for line in
            ["", "2", "hello", &LINE[..60], &format!("{LINE} OK"), &LINE.replace("2 2", "5 2")]
        {
            assert_eq!(id(line), None, "{line}");
        }
    }
}
