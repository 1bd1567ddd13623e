//! Follows a stream through its shards.

use std::time::Duration;

use tokio::task::JoinSet;

use super::lineage::Lineage;
use super::shard::{End, ShardReading};
use super::{ListedShard, StreamReader, Takers};
use crate::bridge::common::Common;
use crate::bridge::patience::Patience;

/// The time between two looks for children that were told of and are not listed yet.
const CHILDREN: Duration = Duration::from_millis(1_000);

/// Reads all shards of a stream until the bridges are to stop.
pub(in crate::bridge) async fn follow<T: Takers>(common: Common, reader: StreamReader, takers: T) {
    let mut lineage = Lineage::default();
    let mut tasks: JoinSet<(String, End)> = JoinSet::new();
    loop {
        let Some(listed) = list(&common, &reader).await else { break };
        takers.listed(&listed);
        let begin = lineage.begin(&listed);
        if lineage.is_missing_children() {
            common.rest(CHILDREN).await;
        } else {
            let ids = begin.iter().map(|shard| shard.id.as_str());
            common.board().listed(&reader.name, ids);
        }
        for shard in begin {
            let taker = takers.of(&shard);
            let (common, reader) = (common.clone(), reader.clone());
            tasks.spawn(ShardReading { common, reader, shard: shard.id, taker }.run());
        }
        if lineage.is_missing_children() {
            continue;
        }
        // A shard that ended may have children: then the shards are listed again.
        match tasks.join_next().await {
            Some(Ok((shard, End::Closed(children)))) => {
                lineage.end(&shard, children);
                common.board().ended(&(reader.name.to_string(), shard));
            }
            Some(Ok((_, End::Stopped))) | None => break,
            Some(Err(error)) => {
                let why = format!("a reader ended by itself: {error}");
                common.troubles().gave_up(&reader.name, &why, 0);
                break;
            }
        }
    }
    while tasks.join_next().await.is_some() {}
}

/// The stream's shards; `None` when the bridges are to stop before they are known.
async fn list(common: &Common, reader: &StreamReader) -> Option<Vec<ListedShard>> {
    let mut patience = Patience::new();
    while !common.is_stopping() {
        match reader.shards().await {
            Ok(listed) if !listed.is_empty() => {
                common.troubles().well(&reader.name);
                return Some(listed);
            }
            Ok(_) => {
                let why = "the stream has no shards yet".to_owned();
                common.troubles().failing(&reader.name, why);
            }
            Err(failure) => common.troubles().failing(&reader.name, failure.told()),
        }
        patience.wait_while_running(common).await;
    }
    None
}
