//! Which shards of a stream may be read: a child's records are younger than its parents'.

use std::collections::BTreeSet;

use aws_sdk_kinesis::types::Shard;

use super::ShardRange;

/// A shard, as ListShards tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedShard {
    pub(crate) id: String,
    parents: Vec<String>,
    /// Its hash keys, where they are told.
    pub(crate) range: Option<ShardRange>,
}

impl From<&Shard> for ListedShard {
    fn from(shard: &Shard) -> Self {
        let parents = [shard.parent_shard_id(), shard.adjacent_parent_shard_id()];
        Self {
            id: shard.shard_id().to_owned(),
            parents: parents.into_iter().flatten().map(str::to_owned).collect(),
            range: shard.hash_key_range().and_then(|range| {
                let first = range.starting_hash_key().parse().ok()?;
                Some(ShardRange { first, last: range.ending_hash_key().parse().ok()? })
            }),
        }
    }
}

/// Which shards were begun, and which were read to their end.
#[derive(Debug, Default)]
pub(super) struct Lineage {
    begun: BTreeSet<String>,
    ended: BTreeSet<String>,
    /// Children that were told of by a shard that ended.
    announced: BTreeSet<String>,
}

impl Lineage {
    /// A shard was read to its end, which told of these children.
    pub(super) fn end(&mut self, shard: &str, children: Vec<String>) {
        self.ended.insert(shard.to_owned());
        self.announced.extend(children);
    }

    /// The shards that are to be begun now: those whose parents were all read to their end, or are
    /// not kept any more.
    pub(super) fn begin(&mut self, listed: &[ListedShard]) -> Vec<ListedShard> {
        for shard in listed {
            self.announced.remove(&shard.id);
        }
        let is_listed = |id: &String| listed.iter().any(|shard| shard.id == *id);
        let begin: Vec<ListedShard> = listed
            .iter()
            .filter(|shard| !self.begun.contains(&shard.id))
            .filter(|shard| {
                shard.parents.iter().all(|id| self.ended.contains(id) || !is_listed(id))
            })
            .cloned()
            .collect();
        self.begun.extend(begin.iter().map(|shard| shard.id.clone()));
        begin
    }

    /// Whether a child was told of that is not listed yet.
    pub(super) fn is_missing_children(&self) -> bool {
        !self.announced.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shard(id: &str, parents: &[&str]) -> ListedShard {
        let parents = parents.iter().map(|id| (*id).to_owned()).collect();
        ListedShard { id: id.to_owned(), parents, range: None }
    }

    fn ids(shards: &[ListedShard]) -> Vec<&str> {
        shards.iter().map(|shard| shard.id.as_str()).collect()
    }

    #[test]
    fn children_begin_when_all_their_parents_have_ended() {
        let mut lineage = Lineage::default();
        let mut listed = vec![shard("0", &[]), shard("1", &["expired"])];
        assert_eq!(ids(&lineage.begin(&listed)), ["0", "1"]);
        listed.extend([shard("2", &["0"]), shard("3", &["0"]), shard("4", &["0", "1"])]);
        assert!(lineage.begin(&listed).is_empty());
        lineage.end("0", vec!["2".to_owned(), "3".to_owned(), "5".to_owned()]);
        assert_eq!(ids(&lineage.begin(&listed)), ["2", "3"]);
        assert!(lineage.is_missing_children(), "5 is not listed");
        listed.push(shard("5", &["0"]));
        lineage.end("1", Vec::new());
        assert_eq!(ids(&lineage.begin(&listed)), ["4", "5"]);
        assert!(!lineage.is_missing_children());
        assert!(lineage.begin(&listed).is_empty(), "each is begun once");
    }
}
