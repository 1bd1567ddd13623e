//! A central stream that is too small delays records, and neither loses nor reorders them.

use tributary_transform::builtin;
use tributary_vocabulary::Stage;

use super::stand::{Stand, numbers};
use crate::bridge::{Bridges, DocumentTarget};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_throttled_stream_gets_all_records_in_their_order() {
    // 2,400 records in an outbox of four shards; the central stream's one takes 1,000 a second.
    let stand = Stand::new(1, 4).await;
    let streams: Vec<String> = (0..12).map(|n| format!("stream-{n}")).collect();
    let mut records = Vec::new();
    for n in 0..200 {
        records.extend(streams.iter().map(|stream| stand.envelope(stream, n, 1)));
    }
    stand.put(&records).await;
    let index = (builtin("builtin:envelope").unwrap(), DocumentTarget::Nowhere);
    let bridges = Bridges::start(stand.plan(None, Some(index)));
    stand.until(&bridges, |arrived| arrived.streamed.len() >= 2_400).await;
    let figures = bridges.figures();
    let troubles = bridges.troubles();
    bridges.stop().await;
    let numbers = numbers(&stand.arrived.lock().unwrap().streamed);
    assert_eq!(numbers.len(), 12);
    for (stream, numbers) in numbers {
        assert_eq!(numbers, (0..200).collect::<Vec<_>>(), "{stream}");
    }
    let shard = figures.shards["shardId-000000000000"];
    assert_eq!(shard.records, 2_400);
    assert!(shard.throttled > 0, "{shard:?}");
    let ledger = stand.ledger.lock();
    assert_eq!(ledger.stages[Stage::Kinesis.index()].throttled, shard.throttled);
    assert_eq!(ledger.stages[Stage::Transform.index()].events, 2_400);
    assert!(!(0..2_400).any(|entry| ledger.was_retried(entry)), "a throttle has no effect");
    assert!(troubles.is_empty(), "{troubles:?}");
}
