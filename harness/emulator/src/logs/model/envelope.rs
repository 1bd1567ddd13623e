//! The envelope in which a subscription filter sends events (cloudwatch-logs reference, delivered
//! records).

use std::io::Write;

use serde::{Deserialize, Serialize};
use tributary_vocabulary::AccountId;

use super::event_id::IdWriter;
use super::{LogEventId, Text};

/// The document that a subscription filter sends, before gzip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope {
    /// `DATA_MESSAGE`, or `CONTROL_MESSAGE` when AWS tests the destination.
    pub message_type: MessageType,
    /// The account that owns the log group; `CloudwatchLogs` in a control message.
    pub owner: String,
    /// The log group; empty in a control message.
    pub log_group: String,
    /// The log stream; empty in a control message.
    pub log_stream: String,
    /// The names of the filters that matched.
    pub subscription_filters: Vec<String>,
    /// The events.
    pub log_events: Vec<EnvelopeEvent>,
}

/// The two kinds of envelopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MessageType {
    /// Carries log events.
    DataMessage,
    /// Tests whether the destination can be reached.
    ControlMessage,
}

/// One event of an envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvelopeEvent {
    /// Unique; [`LogEventId::NONE`] in a control message.
    pub id: LogEventId,
    /// Milliseconds since 1970.
    pub timestamp: i64,
    /// The text.
    pub message: Text,
}

impl Envelope {
    /// The owner as an account; `None` in a control message.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        self.owner.parse().ok()
    }

    /// The same envelope without its events.
    #[must_use]
    pub fn without_events(&self) -> Self {
        Self {
            message_type: self.message_type,
            owner: self.owner.clone(),
            log_group: self.log_group.clone(),
            log_stream: self.log_stream.clone(),
            subscription_filters: self.subscription_filters.clone(),
            log_events: Vec::new(),
        }
    }

    /// The document as AWS writes it: its keys in its order, no spaces, no line end.
    ///
    /// Characters that JSON wants escaped are escaped as `serde_json` does; how AWS spells a
    /// control character is not known.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let events = self.log_events.iter().map(|event| event.message.len() + 112);
        let mut out = Vec::with_capacity(256 + events.sum::<usize>());
        out.extend_from_slice(match self.message_type {
            MessageType::DataMessage => b"{\"messageType\":\"DATA_MESSAGE\",\"owner\":",
            MessageType::ControlMessage => b"{\"messageType\":\"CONTROL_MESSAGE\",\"owner\":",
        });
        string(&mut out, &self.owner);
        out.extend_from_slice(b",\"logGroup\":");
        string(&mut out, &self.log_group);
        out.extend_from_slice(b",\"logStream\":");
        string(&mut out, &self.log_stream);
        out.extend_from_slice(b",\"subscriptionFilters\":[");
        for (place, filter) in self.subscription_filters.iter().enumerate() {
            if place > 0 {
                out.push(b',');
            }
            string(&mut out, filter);
        }
        out.extend_from_slice(b"],\"logEvents\":[");
        let mut ids = IdWriter::default();
        for (place, event) in self.log_events.iter().enumerate() {
            if place > 0 {
                out.push(b',');
            }
            event.write(&mut out, &mut ids);
        }
        out.extend_from_slice(b"]}");
        out
    }
}

impl EnvelopeEvent {
    fn write(&self, out: &mut Vec<u8>, ids: &mut IdWriter) {
        out.extend_from_slice(b"{\"id\":\"");
        if self.id != LogEventId::NONE {
            out.extend_from_slice(&ids.digits(self.id));
        }
        out.extend_from_slice(b"\",\"timestamp\":");
        // Writing to a Vec cannot fail.
        let _ = write!(out, "{}", self.timestamp);
        out.extend_from_slice(b",\"message\":");
        string(out, &self.message);
        out.push(b'}');
    }
}

/// Writes a JSON string; eight bytes at a time as long as nothing needs an escape.
fn string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let mut chunks = text.as_bytes().chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        if needs_escape(u64::from_le_bytes(word)) {
            escaped(out, chunk);
        } else {
            out.extend_from_slice(chunk);
        }
    }
    escaped(out, chunks.remainder());
    out.push(b'"');
}

/// Whether one of eight bytes is a quote, a backslash or a control character.
const fn needs_escape(word: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const fn zero(word: u64) -> u64 {
        word.wrapping_sub(ONES) & !word & HIGH
    }
    let control = word.wrapping_sub(ONES * 0x20) & !word & HIGH;
    control | zero(word ^ (ONES * 0x22)) | zero(word ^ (ONES * 0x5c)) != 0
}

fn escaped(out: &mut Vec<u8>, bytes: &[u8]) {
    for &byte in bytes {
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x0c => out.extend_from_slice(b"\\f"),
            // Writing to a Vec cannot fail.
            0..0x20 => drop(write!(out, "\\u{byte:04x}")),
            _ => out.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tributary_vocabulary::Timestamp;

    use super::*;

    fn envelope(messages: &[String]) -> Envelope {
        let at = Timestamp::from_ms(1_789_333_384_100);
        let event = |(index, message): (usize, &String)| EnvelopeEvent {
            id: LogEventId::new(at, at, 77, u16::try_from(index).expect("few")),
            timestamp: at.ms(),
            message: message.as_str().into(),
        };
        Envelope {
            message_type: MessageType::DataMessage,
            owner: "111111111111".to_owned(),
            log_group: "G".to_owned(),
            log_stream: "S".to_owned(),
            subscription_filters: vec!["F".to_owned()],
            log_events: messages.iter().enumerate().map(event).collect(),
        }
    }

    #[test]
    fn is_written_as_aws_writes_it() {
        let text = String::from_utf8(envelope(&["a \"b\"\n".to_owned()]).to_json());
        assert_eq!(
            text.as_deref(),
            Ok("{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"111111111111\",\"logGroup\":\"G\",\
                \"logStream\":\"S\",\"subscriptionFilters\":[\"F\"],\"logEvents\":[{\"id\":\
                \"39903467874038626255489051375759009741859702174861033472\",\"timestamp\":\
                1789333384100,\"message\":\"a \\\"b\\\"\\n\"}]}")
        );
    }

    proptest! {
        #[test]
        fn is_the_document_that_a_json_library_would_write(
            messages in prop::collection::vec("(\\PC|[\\x00-\\x7f]){0,40}", 0..5),
        ) {
            let envelope = envelope(&messages);
            let json = envelope.to_json();
            let plain = serde_json::to_vec(&envelope).expect("it can be written");
            prop_assert_eq!(&json, &plain);
            prop_assert_eq!(serde_json::from_slice::<Envelope>(&json).expect("it reads"), envelope);
        }
    }
}
