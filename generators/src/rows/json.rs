//! Rows of log events, and text in JSON.

use crate::text::number;

use super::Events;

/// Appends a row for every event.
pub(super) fn write(events: &Events<'_>, out: &mut Vec<u8>) {
    let head = events.head;
    let mut front = Vec::with_capacity(200);
    front.extend_from_slice(b"{\"account\":\"");
    front.extend_from_slice(head.account.as_str().as_bytes());
    front.extend_from_slice(b"\",\"source\":\"");
    front.extend_from_slice(head.source.name().as_bytes());
    front.extend_from_slice(b"\",\"logGroupName\":");
    string(&mut front, events.group.as_bytes());
    front.extend_from_slice(b",\"logStreamName\":");
    string(&mut front, head.log_stream.as_bytes());
    front.extend_from_slice(b",\"timestamp\":");
    for (timestamp, message) in events.iter() {
        out.extend_from_slice(&front);
        number(out, timestamp.ms().unsigned_abs());
        out.extend_from_slice(b",\"ingestionTime\":");
        number(out, head.at.ms().unsigned_abs());
        out.extend_from_slice(b",\"message\":");
        string(out, message);
        out.extend_from_slice(b"}\n");
    }
}

/// Appends text as a JSON string; it has to be UTF-8.
pub(super) fn string(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'"');
    let mut from = 0;
    for (at, &byte) in text.iter().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.extend_from_slice(&text[from..at]);
        from = at + 1;
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\r' => out.extend_from_slice(b"\\r"),
            _ => {
                out.extend_from_slice(b"\\u");
                crate::text::hex(out, u128::from(byte), 4);
            }
        }
    }
    out.extend_from_slice(&text[from..]);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_again(text: String) {
            let mut out = Vec::new();
            string(&mut out, text.as_bytes());
            prop_assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), text);
        }
    }
}
