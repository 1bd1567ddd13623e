//! What makes an event the same event at every stage.

use tributary_vocabulary::{EventId, Source, stable_hash};

/// The identity of an event, read from its message; `None` when it cannot be read.
///
/// - VPC flow logs, default format: interface, five-tuple, start and end.
/// - CloudTrail: the record's `eventID`.
/// - GuardDuty: `id` and `updatedAt` of the finding in its envelope.
///
/// No two records of one plan share it, whatever the load.
#[must_use]
pub fn identity(source: Source, message: &str) -> Option<EventId> {
    match source {
        Source::VpcFlowLogs => flow_log(message.as_bytes()),
        Source::CloudTrail => trail(message.as_bytes()),
        Source::GuardDuty => finding(message.as_bytes()),
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

/// `"eventID":"…"` of the record itself: the only one that is a GUID and at the top.
fn trail(record: &[u8]) -> Option<EventId> {
    let mut id = None;
    let mut version = false;
    top(record, |name, value| {
        match name {
            b"eventVersion" => version = true,
            b"eventID" => id = text(value),
            _ => {}
        }
        !(version && id.is_some())
    })?;
    id.filter(|id| version && !id.is_empty()).map(EventId::of)
}

/// `id` and `updatedAt` of the `detail` of a finding's envelope.
fn finding(envelope: &[u8]) -> Option<EventId> {
    let (mut guardduty, mut detail) = (false, None);
    top(envelope, |name, value| {
        match name {
            b"detail-type" => guardduty = text(value) == Some(b"GuardDuty Finding"),
            b"detail" => detail = Some(value),
            _ => {}
        }
        !(guardduty && detail.is_some())
    })?;
    let (mut id, mut updated) = (None, None);
    top(detail.filter(|_| guardduty)?, |name, value| {
        match name {
            b"id" => id = text(value),
            b"updatedAt" => updated = text(value),
            _ => {}
        }
        id.is_none() || updated.is_none()
    })?;
    let mut both = [0_u8; 16];
    both[..8].copy_from_slice(&stable_hash(id?).to_le_bytes());
    both[8..].copy_from_slice(&stable_hash(updated?).to_le_bytes());
    Some(EventId::of(&both))
}

/// The characters of a value that is a string.
fn text(value: &[u8]) -> Option<&[u8]> {
    value.strip_prefix(b"\"")?.strip_suffix(b"\"")
}

/// Shows the members of an object in their order, until `show` has seen enough. Values are
/// skipped and not parsed: what is between quotes is passed over, brackets are counted. `None`
/// when it is no object, or ends too early.
fn top<'a>(object: &'a [u8], mut show: impl FnMut(&[u8], &'a [u8]) -> bool) -> Option<()> {
    let space = |mut at: usize| {
        while object.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        at
    };
    let mut at = space(0);
    if object.get(at) != Some(&b'{') {
        return None;
    }
    at = space(at + 1);
    if object.get(at) == Some(&b'}') {
        return Some(());
    }
    loop {
        let name_end = value_end(object, at)?;
        let name = text(object.get(at..name_end)?)?;
        at = space(name_end);
        if object.get(at) != Some(&b':') {
            return None;
        }
        at = space(at + 1);
        let end = value_end(object, at)?;
        if !show(name, object.get(at..end)?) {
            return Some(());
        }
        at = space(end);
        match object.get(at)? {
            b',' => at = space(at + 1),
            b'}' => return Some(()),
            _ => return None,
        }
    }
}

/// Where the value that begins at `at` ends.
fn value_end(json: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0_u32;
    loop {
        match json.get(at)? {
            b'"' => {
                at = string_end(json, at + 1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' => {
                // The bracket that encloses a number is not the number's.
                if depth == 0 {
                    return Some(at);
                }
                depth -= 1;
                at += 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            b',' if depth == 0 => return Some(at),
            byte if depth == 0 && byte.is_ascii_whitespace() => return Some(at),
            _ => at += 1,
        }
    }
}

/// The place after the quote that ends the string whose characters begin at `at`.
fn string_end(json: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let rest = json.get(at..)?;
        at += rest.iter().position(|byte| *byte == b'"' || *byte == b'\\')?;
        if json[at] == b'"' {
            return Some(at + 1);
        }
        at += 2;
    }
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

    #[test]
    fn records_and_findings_are_told_apart_by_their_ids() {
        let trail = |text: &str| identity(Source::CloudTrail, text);
        let finding = |text: &str| identity(Source::GuardDuty, text);
        let record = r#"{"eventVersion":"1.11","userIdentity":{"eventID":"no","t":"a\"}"},"requestParameters":{"eventID":"x"},"eventID":"e-1","readOnly":true}"#;
        assert!(trail(record).is_some());
        assert_eq!(trail(record), trail(&record.replace("true", "false").replace("\"x\"", "1")));
        assert_ne!(trail(record), trail(&record.replace("e-1", "e-2")));
        assert_eq!(finding(record), None);
        let envelope = r#"{"version":"0","id":"a","detail-type":"GuardDuty Finding","source":"aws.guardduty","detail":{"id":"f1","resource":{"id":"no","eventID":"z"},"severity":8,"createdAt":"c","updatedAt":"u1","title":"t"}}"#;
        assert!(finding(envelope).is_some());
        assert_eq!(trail(envelope), None);
        assert_eq!(finding(envelope), finding(&envelope.replace("\"a\"", "\"b\"")));
        assert_ne!(finding(envelope), finding(&envelope.replace("u1", "u2")));
        assert_ne!(finding(envelope), finding(&envelope.replace("f1", "f2")));
        let spaced = envelope.replace(':', ": ").replace(',', ", ");
        assert_eq!(finding(envelope), finding(&spaced));
        for text in ["{}", "{", r#"{"a":1}"#, r#"{"eventID":"x"}"#, "[]", r#"{"detail":{}}"#] {
            assert_eq!((trail(text), finding(text)), (None, None), "{text}");
        }
        for end in 0..record.len() - r#"","readOnly":true}"#.len() {
            assert_eq!(trail(&record[..end]), None);
        }
        // An event of CloudTrail on a bus is no bare record.
        let on_bus = format!(
            r#"{{"version":"0","detail-type":"AWS API Call via CloudTrail","detail":{record}}}"#
        );
        assert_eq!((trail(&on_bus), finding(&on_bus)), (None, None));
    }
}
