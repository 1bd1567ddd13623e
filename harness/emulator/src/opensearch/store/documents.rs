//! The documents of an index, in the order of their writes.
//!
//! As in Lucene, an update is a deletion and an addition: a slot is written once, and a later write
//! of the same id makes the earlier slot dead. A search sees a prefix of the slots, less those that
//! were dead at its refresh.

use std::sync::Arc;

use tributary_vocabulary::{Timestamp, stable_hash};

use super::arena::{Arena, Place};
use super::bitmap::Bitmap;
use super::table::Table;

#[derive(Debug, Clone, Copy)]
struct Slot {
    place: Place,
    source_length: u32,
    id_length: u16,
    /// Whether the id's newest write is this one and it is no deletion.
    live: bool,
    /// Whether it only records that the id was deleted.
    tombstone: bool,
    version: u32,
    seq_no: u32,
}

/// A live document.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// Its slot.
    pub slot: u32,
    /// Its id.
    pub id: &'a str,
    /// Its source, byte for byte as it came.
    pub source: &'a [u8],
    /// How often the id was written.
    pub version: u64,
    /// The number of the write among the index's writes.
    pub seq_no: u64,
}

/// What a search sees: the slots below a bound that were live at the refresh.
#[derive(Debug, Clone)]
pub struct View {
    /// The live slots; the bitmap's length is the bound.
    pub live: Arc<Bitmap>,
}

/// The documents.
#[derive(Debug, Default)]
pub struct Documents {
    slots: Vec<Slot>,
    arena: Arena,
    /// The newest slot of each id.
    ids: Table,
    /// Where a run of slots with the same time begins, and that time.
    times: Vec<(u32, Timestamp)>,
    /// Bytes of slots that nothing can see any more.
    dead_bytes: usize,
    live_count: u64,
    next_seq_no: u32,
    /// What searches see.
    searchable: Arc<Bitmap>,
    /// Slots that died after the last refresh, and when.
    deaths: Vec<(u32, Timestamp)>,
}

/// Dead bytes below which tidying up is not worth its while.
const TIDY_BYTES: usize = 1 << 20;

impl Documents {
    /// How many slots there are, dead ones included; also the next slot's number.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "an index holds fewer than 2^32 slots, as a Lucene shard holds fewer than 2^31"
    )]
    pub fn slots(&self) -> u32 {
        self.slots.len() as u32
    }

    /// How many documents there are, refreshed or not.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.live_count
    }

    /// Bytes of ids and sources that are kept.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.arena.bytes()
    }

    fn id_at(&self, slot: u32) -> &[u8] {
        let slot = &self.slots[slot as usize];
        self.arena.get(slot.place, 0, slot.id_length as usize)
    }

    /// The id and source of a slot, alive or not.
    #[must_use]
    pub fn read(&self, slot: u32) -> (&str, &[u8]) {
        let Slot { place, id_length, source_length, .. } = self.slots[slot as usize];
        let id = std::str::from_utf8(self.id_at(slot)).unwrap_or_default();
        (id, self.arena.get(place, id_length as usize, source_length as usize))
    }

    /// When a slot was written.
    #[must_use]
    pub fn indexed_at(&self, slot: u32) -> Timestamp {
        let run = self.times.partition_point(|(first, _)| *first <= slot);
        self.times.get(run.wrapping_sub(1)).map_or(Timestamp::from_ms(0), |(_, at)| *at)
    }

    fn newest(&self, id: &str) -> Option<u32> {
        self.ids.get(id.as_bytes(), |slot| self.id_at(slot) == id.as_bytes())
    }

    fn entry(&self, slot: u32) -> Entry<'_> {
        let (id, source) = self.read(slot);
        let Slot { version, seq_no, .. } = self.slots[slot as usize];
        Entry { slot, id, source, version: u64::from(version), seq_no: u64::from(seq_no) }
    }

    /// The document of this id, refreshed or not.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Entry<'_>> {
        let slot = self.newest(id)?;
        self.slots[slot as usize].live.then(|| self.entry(slot))
    }

    /// The slot, version and sequence number of a slot.
    #[must_use]
    pub fn at(&self, slot: u32) -> Entry<'_> {
        self.entry(slot)
    }

    /// The live documents in the order of their writes.
    pub fn iter(&self) -> impl Iterator<Item = Entry<'_>> {
        (0..self.slots())
            .filter(|slot| self.slots[*slot as usize].live)
            .map(|slot| self.entry(slot))
    }

    /// Writes a document; returns its slot.
    pub fn put(&mut self, now: Timestamp, id: &str, source: &[u8]) -> Entry<'_> {
        let slot = self.write(now, id, source, true);
        self.live_count += 1;
        self.entry(slot)
    }

    /// Deletes a document; `None` when there is none. A deletion of what is not there counts as a
    /// write all the same, as in OpenSearch.
    pub fn delete(&mut self, now: Timestamp, id: &str) -> (bool, Entry<'_>) {
        let found = self.get(id).is_some();
        let slot = self.write(now, id, b"", false);
        (found, self.entry(slot))
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "ids are at most 512 bytes, sources at most one request long"
    )]
    fn write(&mut self, now: Timestamp, id: &str, source: &[u8], live: bool) -> u32 {
        let slot = self.slots();
        let old = self.newest(id);
        let place = self.arena.push(id.as_bytes(), source);
        let version = old.map_or(0, |old| self.slots[old as usize].version) + 1;
        self.slots.push(Slot {
            place,
            source_length: source.len() as u32,
            id_length: id.len() as u16,
            live,
            tombstone: !live,
            version,
            seq_no: self.next_seq_no,
        });
        self.next_seq_no += 1;
        if self.times.last().is_none_or(|(_, at)| *at != now) {
            self.times.push((slot, now));
        }
        match old {
            Some(old) => {
                self.kill(old, now);
                self.ids.replace(id.as_bytes(), old, slot);
            }
            None => {
                let Self { ids, slots, arena, .. } = self;
                ids.insert(id.as_bytes(), slot, |slot| {
                    let slot = &slots[slot as usize];
                    stable_hash(arena.get(slot.place, 0, slot.id_length as usize))
                });
            }
        }
        if !live {
            self.deaths.push((slot, now));
        }
        slot
    }

    fn kill(&mut self, slot: u32, now: Timestamp) {
        let old = &mut self.slots[slot as usize];
        self.dead_bytes += old.source_length as usize + old.id_length as usize;
        if old.live {
            old.live = false;
            self.live_count -= 1;
            self.deaths.push((slot, now));
        }
    }

    /// What searches see at the last refresh.
    #[must_use]
    pub fn view(&self) -> View {
        View { live: Arc::clone(&self.searchable) }
    }

    /// Whether anything was written at or before `until` that searches do not see.
    #[must_use]
    pub fn is_stale(&self, until: Timestamp) -> bool {
        let bound = self.searchable.length();
        (bound < self.slots() && self.indexed_at(bound) <= until)
            || self.deaths.first().is_some_and(|(_, at)| *at <= until)
    }

    /// Makes everything written at or before `until` visible to searches.
    pub fn refresh(&mut self, until: Timestamp) {
        if !self.is_stale(until) {
            return;
        }
        let run = self.times.partition_point(|(_, at)| *at <= until);
        let bound = self.times.get(run).map_or(self.slots(), |(first, _)| *first);
        let bound = bound.max(self.searchable.length());
        let searchable = Arc::make_mut(&mut self.searchable);
        searchable.extend_full(bound);
        let seen = self.deaths.partition_point(|(_, at)| *at <= until);
        for (slot, _) in self.deaths.drain(..seen) {
            searchable.remove(slot);
        }
    }

    /// Frees what nothing can see any more, if that is worth it. Not to be called while a scroll or
    /// a point in time is open on the index.
    pub fn tidy(&mut self) {
        if self.dead_bytes < TIDY_BYTES || self.dead_bytes * 2 < self.arena.bytes() {
            return;
        }
        if !self.deaths.is_empty() {
            return;
        }
        let mut fresh = Arena::default();
        for slot in &mut self.slots {
            let id = self.arena.get(slot.place, 0, slot.id_length as usize);
            if slot.live || slot.tombstone {
                let length = slot.source_length as usize;
                let source = self.arena.get(slot.place, slot.id_length as usize, length);
                slot.place = fresh.push(id, source);
            } else {
                (slot.id_length, slot.source_length) = (0, 0);
                slot.place = fresh.push(b"", b"");
            }
        }
        self.arena = fresh;
        self.dead_bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(s: i64) -> Timestamp {
        Timestamp::from_s(s)
    }

    #[test]
    fn searches_see_what_a_refresh_showed() {
        let mut documents = Documents::default();
        documents.put(at(1), "a", b"{}");
        documents.put(at(2), "b", b"{}");
        documents.refresh(at(1));
        assert_eq!(documents.view().live.iter().collect::<Vec<_>>(), [0]);
        assert_eq!(documents.put(at(3), "a", b"{\"v\":2}").version, 2);
        documents.refresh(at(2));
        assert_eq!(documents.view().live.iter().collect::<Vec<_>>(), [0, 1]);
        documents.refresh(at(3));
        assert_eq!(documents.view().live.iter().collect::<Vec<_>>(), [1, 2]);
        assert!(documents.delete(at(4), "b").0);
        assert!(!documents.delete(at(4), "b").0);
        assert!(documents.get("b").is_none());
        assert_eq!(documents.count(), 1);
        documents.refresh(at(4));
        assert_eq!(documents.view().live.iter().collect::<Vec<_>>(), [2]);
        assert_eq!(documents.put(at(5), "b", b"{}").version, 4);
    }

    #[test]
    fn overwriting_does_not_grow_without_bound() {
        let mut documents = Documents::default();
        let source = vec![b' '; 10_000];
        for second in 0..1_000 {
            documents.put(at(second), "a", &source);
            documents.refresh(at(second));
            documents.tidy();
        }
        assert!(documents.bytes() < 3 << 20, "{} bytes kept", documents.bytes());
        assert_eq!(documents.get("a").map(|entry| entry.version), Some(1_000));
        assert_eq!(documents.indexed_at(999), at(999));
    }
}
