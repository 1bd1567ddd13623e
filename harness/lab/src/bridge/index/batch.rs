//! How many records go into one event.

use tributary_emulator::firehose::record::SourceRecord;
use tributary_emulator::firehose::wire::{EventHeader, EventWriter};

/// The processor's buffer: the 0.25 MB that the delivery stream of a complete pipeline has.
const BUFFER_BYTES: usize = 256 * 1024;
/// The largest request of a synchronous invocation (lambda-transform reference, size arithmetic).
const REQUEST_MAX_BYTES: usize = 6_291_456;
/// The bytes of an invocation's id.
const ID_BYTES: usize = 36;

/// How many of the first records make a full batch; `None` when there is room for more. A record
/// that does not fit any more begins the next batch, so that a batch is over the size only when a
/// single record is.
pub(super) fn full<'a>(
    records: impl Iterator<Item = &'a SourceRecord>,
    shard: &str,
    header: EventHeader<'_>,
) -> Option<usize> {
    let mut bytes = 0;
    let mut event_bytes = EventWriter::bytes_without_records(header) + ID_BYTES;
    for (count, record) in records.enumerate() {
        bytes += record.data.len();
        event_bytes += EventWriter::bytes_of(record, Some(shard));
        if count > 0 && (bytes > BUFFER_BYTES || event_bytes > REQUEST_MAX_BYTES) {
            return Some(count);
        }
        if bytes >= BUFFER_BYTES {
            return Some(count + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bytes::Bytes;
    use tributary_emulator::firehose::record::Origin;
    use tributary_vocabulary::Timestamp;

    use super::*;

    fn records(sizes: &[usize]) -> Vec<SourceRecord> {
        sizes
            .iter()
            .map(|size| SourceRecord {
                origin: Origin { sequence: Arc::from("1"), sub: 0, arrival: Timestamp::from_ms(0) },
                partition_key: Arc::from("k"),
                data: Bytes::from(vec![0; *size]),
            })
            .collect()
    }

    #[test]
    fn the_first_condition_met_fills_a_batch() {
        let header = EventHeader {
            invocation_id: "",
            delivery_stream_arn: "a",
            source_stream_arn: Some("s"),
            region: "r",
        };
        const KB: usize = 1024;
        for (sizes, expected) in [
            (&[][..], None),
            (&[100 * KB, 100 * KB][..], None),
            (&[100 * KB, 156 * KB][..], Some(2)),
            (&[100 * KB, 157 * KB][..], Some(1)),
            (&[300 * KB][..], Some(1)),
            (&[1, 300 * KB][..], Some(1)),
            (&[256 * KB, 1][..], Some(1)),
        ] {
            let records = records(sizes);
            assert_eq!(full(records.iter(), "shard", header), expected, "{sizes:?}");
        }
        let many = records(&vec![1; 30_000]);
        let count = full(many.iter(), "shard", header).expect("its event would be too large");
        let of_one = EventWriter::bytes_of(&many[0], Some("shard"));
        assert!(count * of_one <= REQUEST_MAX_BYTES && (count + 2) * of_one > REQUEST_MAX_BYTES);
    }
}
