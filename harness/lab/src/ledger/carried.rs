//! What the harness carries itself, taken down: it has no world that would tell.

use bytes::Bytes;
use tributary_emulator::Observation;
use tributary_vocabulary::{Stage, Timestamp};

use super::{Ledger, decode_document, decode_records};

impl Ledger {
    /// A record of envelopes was read behind this stage, where it came at `at`.
    pub(crate) fn carried(&mut self, at: Timestamp, stage: Stage, data: &Bytes) {
        let group = self.content(data, |data| decode_records(data).unwrap_or_default());
        self.pass(at, stage, data, &group);
    }

    /// A record was read from the central stream, on which it came at `at`. A filter of the
    /// stream's own account delivers without an outbox: then this is where it is first seen.
    pub(crate) fn carried_to_stream(
        &mut self,
        at: Timestamp,
        stream_arn: &str,
        shard_id: &str,
        data: &Bytes,
    ) {
        let group = self.content(data, |data| decode_records(data).unwrap_or_default());
        let unseen = |entry: u32| !self.entries[entry as usize].was_seen(Stage::Subscription);
        let unseen = group.entries().any(unseen)
            || self.has_not_passed(Stage::Subscription, data) && group.unknown() > 0;
        if unseen {
            self.carried(at, Stage::Subscription, data);
        }
        self.observe(at, &Observation::Streamed { stream_arn, shard_id, data });
    }

    /// A call with this payload failed in a way that may have had an effect, and is made again:
    /// its events may be there twice for that.
    pub(crate) fn retry(&mut self, payload: &[u8]) {
        let group = self.content(payload, |payload| {
            decode_records(payload).unwrap_or_else(|| decode_document(payload).unwrap_or_default())
        });
        self.retried.extend(group.entries());
    }

    /// Whether a call with this event was made again though it may have had an effect.
    pub(crate) fn was_retried(&self, entry: u32) -> bool {
        self.retried.contains(&entry)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tributary_vocabulary::{AccountId, EventRecord, Source};

    use super::super::{Identifier, SharedLedger, StreamKey};
    use super::*;

    const LINE: &str = "2 222222222222 eni-0a 10.0.0.1 10.0.0.2 1 2 6 1 40 10 20 ACCEPT OK";

    fn record() -> Bytes {
        let json = serde_json::json!({
            "messageType": "DATA_MESSAGE", "owner": "222222222222", "logGroup": "g",
            "logStream": "s", "subscriptionFilters": ["f"],
            "logEvents": [{ "id": "1", "timestamp": 10, "message": LINE }],
        });
        tributary_transform::deflate(json.to_string().as_bytes()).into()
    }

    fn ledger() -> SharedLedger {
        let owner: AccountId = "222222222222".parse().expect("an account");
        let ledger = SharedLedger::new(Timestamp::from_ms(0), Identifier::default());
        let (group, stream) = (Arc::from("g"), Arc::from("s"));
        let key = StreamKey { account: owner, owner, source: Source::VpcFlowLogs, group, stream };
        let event = EventRecord { timestamp: Timestamp::from_ms(10), message: LINE.into() };
        ledger.lock().sent(Timestamp::from_ms(100), key, &[event]);
        ledger
    }

    #[test]
    fn what_is_read_is_seen_with_its_latency() {
        let ledger = ledger();
        let mut book = ledger.lock();
        book.carried(Timestamp::from_ms(350), Stage::Subscription, &record());
        let arn = "arn:aws:kinesis:us-west-2:111111111111:stream/s";
        book.carried_to_stream(Timestamp::from_ms(400), arn, "shardId-000000000000", &record());
        let of = |stage: Stage| {
            let stage = &book.stages[stage.index()];
            (stage.events, stage.bytes, stage.max_ms)
        };
        let bytes = record().len() as u64;
        assert_eq!(of(Stage::Subscription), (1, bytes, Some(250)));
        assert_eq!(of(Stage::Kinesis), (1, bytes, Some(300)));
    }

    #[test]
    fn what_comes_without_an_outbox_is_seen_as_subscribed_on_the_stream() {
        let ledger = ledger();
        let mut book = ledger.lock();
        book.carried_to_stream(Timestamp::from_ms(400), "arn", "shardId-000000000000", &record());
        for stage in [Stage::Subscription, Stage::Kinesis] {
            assert_eq!(book.stages[stage.index()].events, 1, "{stage}");
        }
    }

    #[test]
    fn a_retry_is_remembered_of_records_and_documents() {
        let ledger = ledger();
        let mut book = ledger.lock();
        assert!(!book.was_retried(0));
        book.retry(&record());
        assert!(book.was_retried(0));
        book.retried.clear();
        let document =
            serde_json::json!({ "owner": "222222222222", "timestamp": 10, "message": LINE });
        book.retry(document.to_string().as_bytes());
        assert!(book.was_retried(0));
    }
}
