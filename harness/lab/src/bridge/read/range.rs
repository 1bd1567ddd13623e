//! Which shard a partition key belongs to.

use std::collections::BTreeMap;

use tributary_emulator::kinesis::hash_key;

/// The hash keys of a shard, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ShardRange {
    pub(crate) first: u128,
    pub(crate) last: u128,
}

/// The shard that takes this key: of several, the youngest, whose id is the highest, since a parent
/// keeps its range when it is closed.
pub(crate) fn shard_of<'a>(
    ranges: &'a BTreeMap<String, ShardRange>,
    partition_key: &str,
) -> Option<&'a str> {
    let key = hash_key(partition_key);
    let holds = |range: &ShardRange| (range.first..=range.last).contains(&key);
    ranges.iter().rev().find(|(_, range)| holds(range)).map(|(shard, _)| shard.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_belongs_to_the_youngest_shard_of_its_hash() {
        let middle = u128::MAX / 2;
        let mut ranges = BTreeMap::from([
            ("shardId-000000000000".to_owned(), ShardRange { first: 0, last: middle }),
            ("shardId-000000000001".to_owned(), ShardRange { first: middle + 1, last: u128::MAX }),
        ]);
        let key = (0..).map(|n| n.to_string()).find(|key| hash_key(key) > middle).expect("one");
        assert_eq!(shard_of(&ranges, &key), Some("shardId-000000000001"));
        let merged = ShardRange { first: 0, last: u128::MAX };
        ranges.insert("shardId-000000000002".to_owned(), merged);
        assert_eq!(shard_of(&ranges, &key), Some("shardId-000000000002"));
        assert_eq!(shard_of(&BTreeMap::new(), &key), None);
    }
}
