//! The shards of a stream: routing, splitting, merging (kinesis reference, routing).

use std::collections::BTreeMap;
use std::sync::Arc;

use md5::{Digest, Md5};
use tributary_vocabulary::Timestamp;

use super::shard::Shard;

/// The hash key of a partition key: its MD5 as an unsigned big-endian number.
#[must_use]
pub fn hash_key(partition_key: &str) -> u128 {
    u128::from_be_bytes(Md5::digest(partition_key.as_bytes()).into())
}

/// The ranges of `count` equal shards: each is ⌊2¹²⁸/count⌋ wide, the last takes the rest.
pub(crate) fn even_ranges(count: u32) -> Vec<(u128, u128)> {
    let count = u128::from(count.max(1));
    // ⌊2¹²⁸/n⌋, which is not a number of 128 bits when n is 1.
    let width = (u128::MAX / count) + u128::from(u128::MAX % count == count - 1 && count > 1);
    (0..count)
        .map(|n| {
            let end = if n + 1 == count { u128::MAX } else { (n + 1) * width - 1 };
            (n * width, end)
        })
        .collect()
}

/// All shards of a stream that still have something to tell.
#[derive(Debug)]
pub(crate) struct Shards {
    arn: Arc<str>,
    all: BTreeMap<u32, Shard>,
    /// The open ones, by the start of their ranges.
    open: Vec<(u128, u32)>,
    next: u32,
}

impl Shards {
    pub(crate) fn new(arn: Arc<str>) -> Self {
        Self { arn, all: BTreeMap::new(), open: Vec::new(), next: 0 }
    }

    /// Opens the first shards of the stream.
    pub(crate) fn open_even(&mut self, count: u32, now: Timestamp) {
        for range in even_ranges(count) {
            self.add(range, now);
        }
    }

    fn add(&mut self, range: (u128, u128), now: Timestamp) -> &mut Shard {
        let index = self.next;
        self.next += 1;
        let place = self.open.partition_point(|(start, _)| *start < range.0);
        self.open.insert(place, (range.0, index));
        self.all.entry(index).or_insert_with(|| Shard::new(&self.arn, index, range, now))
    }

    /// The open shard that takes this hash key; `None` before the stream's first shards are open.
    pub(crate) fn route(&mut self, hash: u128) -> Option<&mut Shard> {
        let place = self.open.partition_point(|(start, _)| *start <= hash).checked_sub(1)?;
        self.all.get_mut(&self.open[place].1)
    }

    pub(crate) fn get(&self, index: u32) -> Option<&Shard> {
        self.all.get(&index)
    }

    pub(crate) fn get_mut(&mut self, index: u32) -> Option<&mut Shard> {
        self.all.get_mut(&index)
    }

    /// All shards by their index, which is the order of their names.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Shard> {
        self.all.values()
    }

    /// The shards after this one by their index.
    pub(crate) fn after(&self, index: Option<u32>) -> impl Iterator<Item = &Shard> {
        let first = index.map_or(0, |index| index.saturating_add(1));
        self.all.range(first..).map(|(_, shard)| shard)
    }

    /// The number of open shards.
    pub(crate) fn open_count(&self) -> u32 {
        u32::try_from(self.open.len()).unwrap_or(u32::MAX)
    }

    /// The shards that were made from this one.
    pub(crate) fn children(&self, index: u32) -> impl Iterator<Item = &Shard> {
        self.after(Some(index)).filter(move |shard| {
            shard.parent == Some(index) || shard.adjacent_parent == Some(index)
        })
    }

    fn close(&mut self, index: u32, now: Timestamp) -> i64 {
        self.open.retain(|(_, open)| *open != index);
        let Some(shard) = self.all.get_mut(&index) else { return now.s() };
        shard.closed = Some(now);
        // Children's numbers have to be larger than those of their parents.
        now.s().max(shard.created_s + 1)
    }

    /// Closes an open shard; two take its place, the second from `at` on.
    pub(crate) fn split(&mut self, index: u32, at: u128, now: Timestamp) {
        let Some((start, end)) = self.range_of_open(index) else { return };
        if at <= start || at > end {
            return;
        }
        let created_s = self.close(index, now);
        for range in [(start, at - 1), (at, end)] {
            let child = self.add(range, now);
            child.parent = Some(index);
            child.created_s = created_s;
        }
    }

    /// Closes two open shards that lie side by side; one takes their place.
    pub(crate) fn merge(&mut self, index: u32, adjacent: u32, now: Timestamp) {
        let (Some(one), Some(other)) = (self.range_of_open(index), self.range_of_open(adjacent))
        else {
            return;
        };
        if !are_adjacent(one, other) {
            return;
        }
        let created_s = self.close(index, now).max(self.close(adjacent, now));
        let child = self.add((one.0.min(other.0), one.1.max(other.1)), now);
        child.parent = Some(index);
        child.adjacent_parent = Some(adjacent);
        child.created_s = created_s;
    }

    /// Splits and merges until `count` shards of equal width are open.
    ///
    /// Every new border is cut, then every old one is healed, so shards may come and go in
    /// between, as they do when the service resizes a stream.
    pub(crate) fn resize(&mut self, count: u32, now: Timestamp) {
        let borders: Vec<u128> = even_ranges(count).iter().skip(1).map(|range| range.0).collect();
        for &border in &borders {
            let place = self.open.partition_point(|(start, _)| *start <= border).saturating_sub(1);
            if let Some(&(start, index)) = self.open.get(place)
                && start != border
            {
                self.split(index, border, now);
            }
        }
        let mut place = 1;
        while place < self.open.len() {
            if borders.binary_search(&self.open[place].0).is_ok() {
                place += 1;
            } else {
                self.merge(self.open[place - 1].1, self.open[place].1, now);
            }
        }
    }

    /// Takes out the shards that were closed before `horizon`: nothing of them is left to read.
    pub(crate) fn retire(&mut self, horizon: Timestamp) -> Vec<Shard> {
        let gone: Vec<u32> = self
            .all
            .values()
            .filter(|shard| shard.closed.is_some_and(|at| at < horizon))
            .map(|shard| shard.index)
            .collect();
        gone.iter().filter_map(|index| self.all.remove(index)).collect()
    }

    fn range_of_open(&self, index: u32) -> Option<(u128, u128)> {
        self.all
            .get(&index)
            .filter(|shard| shard.closed.is_none())
            .map(|shard| (shard.start, shard.end))
    }
}

/// Whether one range ends where the other begins.
pub(crate) fn are_adjacent(one: (u128, u128), other: (u128, u128)) -> bool {
    one.1.checked_add(1) == Some(other.0) || other.1.checked_add(1) == Some(one.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shards(count: u32) -> Shards {
        let mut shards = Shards::new(Arc::from("arn:aws:kinesis:us-west-2:222222222222:stream/s"));
        shards.open_even(count, Timestamp::DEFAULT_EPOCH);
        shards
    }

    #[test]
    fn routes_as_the_reference_says() {
        for (key, hash, of_two, of_three) in [
            ("a", 16_955_237_001_963_240_173_058_271_559_858_726_497, 0, 0),
            ("b", 195_289_424_170_611_159_128_911_017_612_795_795_343, 1, 1),
            ("e", 299_611_584_147_932_843_547_128_611_849_858_313_266, 1, 2),
            ("f", 190_917_122_200_326_810_055_233_066_464_581_373_159, 1, 1),
            ("1", 261_578_874_264_819_908_609_102_035_485_573_088_411, 1, 2),
            ("partition", 148_975_974_028_408_244_055_865_611_989_036_798_405, 0, 1),
        ] {
            assert_eq!(hash_key(key), hash, "{key}");
            assert_eq!(shards(2).route(hash).map(|shard| shard.index), Some(of_two), "{key}");
            assert_eq!(shards(3).route(hash).map(|shard| shard.index), Some(of_three), "{key}");
        }
        assert_eq!(hash_key("CloudwatchLogs::"), 0x3e21_f5e8_240c_bb04_8271_af4f_db89_2a1c);
    }

    #[test]
    fn borders_are_those_of_the_reference() {
        let ends = |count| even_ranges(count).iter().map(|range| range.1).collect::<Vec<_>>();
        assert_eq!(ends(1), [u128::MAX]);
        assert_eq!(ends(2), [170_141_183_460_469_231_731_687_303_715_884_105_727, u128::MAX]);
        assert_eq!(
            ends(3),
            [
                113_427_455_640_312_821_154_458_202_477_256_070_484,
                226_854_911_280_625_642_308_916_404_954_512_140_969,
                u128::MAX
            ]
        );
        assert_eq!(
            ends(4),
            [
                85_070_591_730_234_615_865_843_651_857_942_052_863,
                170_141_183_460_469_231_731_687_303_715_884_105_727,
                255_211_775_190_703_847_597_530_955_573_826_158_591,
                u128::MAX
            ]
        );
    }

    #[test]
    fn children_know_their_parents_and_have_larger_numbers() {
        let now = Timestamp::DEFAULT_EPOCH;
        let mut shards = shards(1);
        let parent = shards.get_mut(0).expect("the first").next_sequence(now);
        shards.split(0, 1 << 127, now);
        assert_eq!(shards.children(0).map(|shard| shard.index).collect::<Vec<_>>(), [1, 2]);
        assert!(shards.get_mut(1).expect("a child").next_sequence(now) > parent);
        shards.merge(1, 2, now.plus_s(9));
        let merged = shards.get(3).expect("merged");
        assert_eq!((merged.parent, merged.adjacent_parent), (Some(1), Some(2)));
        assert_eq!((merged.start, merged.end), (0, u128::MAX));
        assert_eq!(shards.open_count(), 1);
        assert_eq!(shards.retire(now.plus_s(9)).len(), 1);
        assert!(shards.get(0).is_none() && shards.get(1).is_some());
    }

    proptest! {
        #[test]
        fn open_shards_always_cover_every_hash_key_once(
            first in 1_u32..20, steps in prop::collection::vec(1_u32..40, 0..6),
            hashes in prop::collection::vec(any::<u128>(), 1..20),
        ) {
            let mut shards = shards(first);
            for count in steps {
                shards.resize(count, Timestamp::DEFAULT_EPOCH);
                prop_assert_eq!(shards.open_count(), count);
            }
            let mut next = Some(0);
            for (start, index) in shards.open.clone() {
                prop_assert_eq!(Some(start), next);
                next = shards.get(index).and_then(|shard| shard.end.checked_add(1));
            }
            prop_assert_eq!(next, None);
            let even = even_ranges(shards.open_count());
            for hash in hashes.into_iter().chain([0, u128::MAX]) {
                let shard = shards.route(hash).expect("every key has its shard");
                prop_assert!((shard.start..=shard.end).contains(&hash));
                prop_assert!(even.contains(&(shard.start, shard.end)));
            }
        }
    }
}
