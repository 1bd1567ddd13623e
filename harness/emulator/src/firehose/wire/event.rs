//! The event that a processor's function gets (lambda-transform reference, §1).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::firehose::record::SourceRecord;

/// What an event says beside its records.
#[derive(Debug, Clone, Copy)]
pub struct EventHeader<'a> {
    /// A UUID; the same on every retry.
    pub invocation_id: &'a str,
    /// The ARN of the delivery stream.
    pub delivery_stream_arn: &'a str,
    /// The ARN of the source stream; `None` for DirectPut, whose events have no such member.
    pub source_stream_arn: Option<&'a str>,
    /// The Region.
    pub region: &'a str,
}

/// Writes an event by hand into one buffer: a record is encoded once, and never copied.
#[derive(Debug)]
pub struct EventWriter {
    out: Vec<u8>,
    first: bool,
}

/// The bytes of an event beside its records and the header's texts.
const HEADER_BYTES: usize = 256;
/// The bytes of a record's members beside its data and its texts.
const RECORD_BYTES: usize = 256;

impl EventWriter {
    /// An event without records yet; `bytes` is what is expected of it.
    #[must_use]
    pub fn new(header: EventHeader<'_>, bytes: usize) -> Self {
        let mut writer = Self { out: Vec::with_capacity(bytes + HEADER_BYTES), first: true };
        writer.text("{\"invocationId\":\"");
        writer.text(header.invocation_id);
        writer.text("\",\"deliveryStreamArn\":\"");
        writer.text(header.delivery_stream_arn);
        if let Some(arn) = header.source_stream_arn {
            writer.text("\",\"sourceKinesisStreamArn\":\"");
            writer.text(arn);
        }
        writer.text("\",\"region\":\"");
        writer.text(header.region);
        writer.text("\",\"records\":[");
        writer
    }

    /// Adds a record; `shard` is its shard's id, `None` for DirectPut.
    pub fn record(&mut self, record: &SourceRecord, shard: Option<&str>) {
        self.text(if self.first { "{\"recordId\":\"" } else { ",{\"recordId\":\"" });
        self.first = false;
        self.id(record, shard.is_some());
        self.text("\",\"approximateArrivalTimestamp\":");
        self.number(record.origin.arrival.ms());
        self.text(",\"data\":\"");
        self.base64(&record.data);
        self.text("\"");
        if let Some(shard) = shard {
            self.text(",\"kinesisRecordMetadata\":{\"sequenceNumber\":\"");
            self.text(&record.origin.sequence);
            self.text("\",\"subsequenceNumber\":");
            self.number(i64::from(record.origin.sub));
            self.text(",\"partitionKey\":");
            // A partition key may be any text.
            let _ = serde_json::to_writer(&mut self.out, &*record.partition_key);
            self.text(",\"shardId\":\"");
            self.text(shard);
            self.text("\",\"approximateArrivalTimestamp\":");
            self.number(record.origin.arrival.ms());
            self.text("}");
        }
        self.text("}");
    }

    /// The whole event.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        self.text("]}");
        self.out
    }

    /// At most so many bytes a record adds to an event.
    #[must_use]
    pub fn bytes_of(record: &SourceRecord, shard: Option<&str>) -> usize {
        // A control character of the partition key becomes six bytes.
        RECORD_BYTES
            + record.data.len().div_ceil(3) * 4
            + record.origin.sequence.len() * 2
            + record.partition_key.len() * 6
            + shard.map_or(0, str::len)
    }

    /// At most so many bytes an event has without records.
    #[must_use]
    pub fn bytes_without_records(header: EventHeader<'_>) -> usize {
        HEADER_BYTES
            + header.invocation_id.len()
            + header.delivery_stream_arn.len()
            + header.source_stream_arn.map_or(0, str::len)
            + header.region.len()
    }

    fn text(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn number(&mut self, number: i64) {
        use std::io::Write;
        let _ = write!(self.out, "{number}");
    }

    fn id(&mut self, record: &SourceRecord, kinesis: bool) {
        self.text(&record_id(record, kinesis));
    }

    fn base64(&mut self, data: &[u8]) {
        let start = self.out.len();
        self.out.resize(start + data.len().div_ceil(3) * 4, 0);
        // The room is exactly what the encoding takes, so it always fits.
        let written = STANDARD.encode_slice(data, &mut self.out[start..]).unwrap_or(0);
        self.out.truncate(start + written);
    }
}

/// The record's id: with a Kinesis source the sequence number and a six-digit index; for DirectPut
/// opaque, in the form of the 2025 captures.
#[must_use]
pub fn record_id(record: &SourceRecord, kinesis: bool) -> String {
    let Origin { sequence, sub, .. } = &record.origin;
    if kinesis {
        format!("{sequence}{sub:06}")
    } else {
        format!("shardId-000000000000{sequence}{sub:012}")
    }
}

use crate::firehose::record::Origin;

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bytes::Bytes;
    use tributary_vocabulary::Timestamp;

    use super::*;

    fn record(sub: u32, key: &str, data: &'static [u8]) -> SourceRecord {
        SourceRecord {
            origin: Origin {
                sequence: Arc::from("49615332175504399275388999519764255559777264071916650498"),
                sub,
                arrival: Timestamp::from_ms(1_613_022_603_017),
            },
            partition_key: Arc::from(key),
            data: Bytes::from_static(data),
        }
    }

    fn header(source: Option<&'static str>) -> EventHeader<'static> {
        EventHeader {
            invocation_id: "0f8fad5b-d9cb-469f-a165-70867728950e",
            delivery_stream_arn: "arn:aws:firehose:us-west-2:444444444444:deliverystream/demo",
            source_stream_arn: source,
            region: "us-west-2",
        }
    }

    #[test]
    fn an_event_of_a_kinesis_source_is_that_of_the_reference() {
        let header = header(Some("arn:aws:kinesis:us-west-2:444444444444:stream/demo"));
        let shard = Some("shardId-000000000000");
        let (one, two) = (record(0, "a\"b", b"hello"), record(1, "", b""));
        let mut writer = EventWriter::new(header, 0);
        writer.record(&one, shard);
        writer.record(&two, shard);
        let event = String::from_utf8(writer.finish()).expect("text");
        let expected = concat!(
            r#"{"invocationId":"0f8fad5b-d9cb-469f-a165-70867728950e","#,
            r#""deliveryStreamArn":"arn:aws:firehose:us-west-2:444444444444:deliverystream/demo","#,
            r#""sourceKinesisStreamArn":"arn:aws:kinesis:us-west-2:444444444444:stream/demo","#,
            r#""region":"us-west-2","records":["#,
            r#"{"recordId":"49615332175504399275388999519764255559777264071916650498000000","#,
            r#""approximateArrivalTimestamp":1613022603017,"data":"aGVsbG8=","#,
            r#""kinesisRecordMetadata":{"sequenceNumber":"#,
            r#""49615332175504399275388999519764255559777264071916650498","#,
            r#""subsequenceNumber":0,"partitionKey":"a\"b","shardId":"shardId-000000000000","#,
            r#""approximateArrivalTimestamp":1613022603017}},"#,
            r#"{"recordId":"49615332175504399275388999519764255559777264071916650498000001","#,
            r#""approximateArrivalTimestamp":1613022603017,"data":"","#,
            r#""kinesisRecordMetadata":{"sequenceNumber":"#,
            r#""49615332175504399275388999519764255559777264071916650498","#,
            r#""subsequenceNumber":1,"partitionKey":"","shardId":"shardId-000000000000","#,
            r#""approximateArrivalTimestamp":1613022603017}}]}"#,
        );
        assert_eq!(event, expected);
        let most = EventWriter::bytes_without_records(header)
            + EventWriter::bytes_of(&one, shard)
            + EventWriter::bytes_of(&two, shard);
        assert!(event.len() <= most, "{} > {most}", event.len());
    }

    #[test]
    fn an_event_of_direct_put_has_neither_source_nor_metadata() {
        let mut writer = EventWriter::new(header(None), 0);
        writer.record(&record(0, "", b"x"), None);
        let event: serde_json::Value = serde_json::from_slice(&writer.finish()).expect("JSON");
        assert!(event.get("sourceKinesisStreamArn").is_none());
        let record = &event["records"][0];
        assert!(record.get("kinesisRecordMetadata").is_none());
        assert!(record["recordId"].as_str().is_some_and(|id| id.starts_with("shardId-0000")));
    }
}
