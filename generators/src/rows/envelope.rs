//! The envelope that a subscription filter sends.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;

use tributary_vocabulary::{Source, Timestamp, stable_hash};

use super::{Events, event_id, json};

/// The most events and bytes of messages in an envelope; gzip makes it smaller than a Kinesis
/// record may be.
const MAX_EVENTS: usize = 10_000;
const MAX_BYTES: usize = 1_000_000;

/// The name of the subscription filter, as the reference pipeline has it.
const fn filter(source: Source) -> &'static str {
    match source {
        Source::VpcFlowLogs => "vpc_flow_logs_filter",
        Source::CloudTrail => "ct_filter",
        Source::GuardDuty => "gd_filter",
    }
}

/// Writes envelopes, into buffers that are used again.
#[derive(Debug, Default)]
pub(super) struct Envelopes {
    json: Vec<u8>,
    packed: Vec<u8>,
    line: String,
}

impl Envelopes {
    /// Appends the envelopes of a delivery, a line of base64 each.
    pub(super) fn write(&mut self, events: &Events<'_>, out: &mut Vec<u8>) {
        let stream = u128::from(stable_hash(events.head.log_stream.as_bytes())) << 64;
        let mut within = 0;
        for (timestamp, message) in events.iter() {
            let full = within == MAX_EVENTS || self.json.len() + message.len() > MAX_BYTES;
            if within > 0 && full {
                self.close(out);
                within = 0;
            }
            if within == 0 {
                self.open(events);
            } else {
                self.json.push(b',');
            }
            within += 1;
            self.event(timestamp, message, stream);
        }
        if within > 0 {
            self.close(out);
        }
    }

    fn open(&mut self, events: &Events<'_>) {
        let head = events.head;
        self.json.clear();
        self.json.extend_from_slice(b"{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"");
        self.json.extend_from_slice(head.account.as_str().as_bytes());
        self.json.extend_from_slice(b"\",\"logGroup\":");
        json::string(&mut self.json, events.group.as_bytes());
        self.json.extend_from_slice(b",\"logStream\":");
        json::string(&mut self.json, head.log_stream.as_bytes());
        self.json.extend_from_slice(b",\"subscriptionFilters\":[\"");
        self.json.extend_from_slice(filter(head.source).as_bytes());
        self.json.extend_from_slice(b"\"],\"logEvents\":[");
    }

    fn event(&mut self, timestamp: Timestamp, message: &[u8], stream: u128) {
        let ms = timestamp.ms().unsigned_abs();
        self.json.extend_from_slice(b"{\"id\":\"");
        event_id::write(&mut self.json, ms, stream | u128::from(stable_hash(message)));
        self.json.extend_from_slice(b"\",\"timestamp\":");
        crate::text::number(&mut self.json, ms);
        self.json.extend_from_slice(b",\"message\":");
        json::string(&mut self.json, message);
        self.json.push(b'}');
    }

    fn close(&mut self, out: &mut Vec<u8>) {
        self.json.extend_from_slice(b"]}");
        self.packed.clear();
        let mut gzip = GzEncoder::new(&mut self.packed, Compression::default());
        // Writing to memory cannot fail.
        let _ = gzip.write_all(&self.json);
        let _ = gzip.finish();
        self.line.clear();
        STANDARD.encode_string(&self.packed, &mut self.line);
        out.extend_from_slice(self.line.as_bytes());
        out.push(b'\n');
    }
}
