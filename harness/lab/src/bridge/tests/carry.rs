//! All that is put into an outbox comes to the ends, in order, once.

use std::collections::BTreeMap;

use tributary_transform::builtin;
use tributary_vocabulary::Stage;

use super::stand::{DOCUMENTS, OUTBOX, RAW, Stand, numbers};
use crate::bridge::{Bridges, DocumentTarget};
use crate::topology::Names;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn records_come_from_an_outbox_to_index_and_backup() {
    let stand = Stand::new(2, 2).await;
    let to = DocumentTarget::Firehose(Box::new(stand.delivery(DOCUMENTS)));
    let index = Some((builtin("builtin:envelope").unwrap(), to));
    let bridges = Bridges::start(stand.plan(Some(stand.delivery(RAW)), index));
    let mut expected: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    let mut bytes = 0;
    for round in 0..3 {
        let mut records = Vec::new();
        for n in 0..20 {
            for stream in ["a", "b", "c"] {
                let first = (round * 20 + n) * 2;
                let record = stand.envelope(stream, first, 2);
                bytes += record.1.len() as u64;
                records.push(record);
                let numbers = [first as i64, first as i64 + 1];
                expected.entry(stream.to_owned()).or_default().extend(numbers);
            }
        }
        stand.put(&records).await;
        let count = (round + 1) * 60;
        stand.until(&bridges, |arrived| arrived.documents.len() >= count).await;
    }
    {
        let arrived = stand.arrived.lock().unwrap();
        assert_eq!(numbers(&arrived.streamed), expected);
        assert_eq!(numbers(&arrived.raw), expected);
        assert_eq!(numbers(&arrived.documents), expected);
        let ledger = stand.ledger.lock();
        for stage in [Stage::Subscription, Stage::Kinesis, Stage::Firehose, Stage::Transform] {
            assert_eq!(ledger.stages[stage.index()].events, 360, "{stage}");
        }
        assert_eq!(ledger.stages[Stage::Subscription.index()].bytes, bytes);
        assert!(ledger.contract.is_empty() && !ledger.was_retried(0));
    }
    let figures = bridges.figures();
    assert_eq!(figures.shards.len(), 2);
    assert_eq!(figures.shards.values().map(|shard| shard.records).sum::<u64>(), 180);
    assert_eq!(figures.shards.values().map(|shard| shard.bytes).sum::<u64>(), bytes);
    let transform = figures.transform.unwrap();
    assert_eq!((transform.name.as_str(), transform.records_in), ("builtin:envelope", 180));
    assert!(bridges.troubles().is_empty(), "{:?}", bridges.troubles());
    bridges.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_transform_puts_back_is_carried_round() {
    let stand = Stand::new(2, 1).await;
    let to = DocumentTarget::Firehose(Box::new(stand.delivery(DOCUMENTS)));
    let index = Some((builtin("builtin:documents").unwrap(), to));
    let bridges = Bridges::start(stand.plan(None, index));
    let records: Vec<_> = (0..10).map(|n| stand.envelope("a", n * 5, 5)).collect();
    stand.put(&records).await;
    stand.until(&bridges, |arrived| arrived.documents.len() >= 50).await;
    bridges.stop().await;
    let arrived = stand.arrived.lock().unwrap();
    assert_eq!(arrived.streamed.len(), 60, "ten envelopes, and fifty that were put back");
    assert_eq!(numbers(&arrived.documents), BTreeMap::from([("a".to_owned(), (0..50).collect())]));
    let ledger = stand.ledger.lock();
    assert!(ledger.entries.iter().all(|entry| entry.put_back == 1));
    assert_eq!(ledger.stages[Stage::Kinesis.index()].events, 50);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_is_followed_when_its_shards_are_split() {
    let stand = Stand::new(1, 1).await;
    let to = DocumentTarget::Firehose(Box::new(stand.delivery(DOCUMENTS)));
    let index = Some((builtin("builtin:envelope").unwrap(), to));
    let bridges = Bridges::start(stand.plan(None, index));
    let of = |from: usize| -> Vec<_> {
        let stand = &stand;
        let streams = ["a", "b", "c", "d"];
        let record = |n| streams.map(|stream| stand.envelope(stream, n, 1));
        (from..from + 10).flat_map(record).collect()
    };
    stand.put(&of(0)).await;
    for (account, stream) in [(stand.member, OUTBOX), (stand.names.master, Names::STREAM)] {
        let split = stand.kinesis(account).split_shard().stream_name(stream);
        let split = split.shard_to_split("shardId-000000000000");
        split.new_starting_hash_key((u128::MAX / 2).to_string()).send().await.unwrap();
    }
    crate::driver::wait(stand.core.clone(), std::time::Duration::from_millis(20)).await;
    stand.put(&of(10)).await;
    stand.until(&bridges, |arrived| arrived.documents.len() >= 80).await;
    let figures = bridges.figures();
    bridges.stop().await;
    let expected = ["a", "b", "c", "d"].map(|stream| (stream.to_owned(), (0..20).collect()));
    assert_eq!(numbers(&stand.arrived.lock().unwrap().documents), BTreeMap::from(expected));
    assert_eq!(figures.shards.len(), 3, "{figures:?}");
}
