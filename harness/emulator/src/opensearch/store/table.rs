//! A hash table from byte strings, which are kept elsewhere, to numbers.
//!
//! An ordered map of a million ids costs twenty comparisons, each far away in memory, per look-up.
//! This table costs one. Its order is never looked at, so it is as repeatable as an ordered one.

use tributary_vocabulary::stable_hash;

/// Numbers of strings, found by the hash of the string.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The upper half of the hash, and the number plus one; zero is free.
    cells: Vec<u64>,
    used: usize,
}

impl Table {
    /// The number of this string; `is` says whether a candidate is it.
    #[must_use]
    pub fn get(&self, key: &[u8], is: impl Fn(u32) -> bool) -> Option<u32> {
        if self.cells.is_empty() {
            return None;
        }
        let hash = stable_hash(key);
        let mut at = self.start(hash);
        loop {
            let cell = self.cells[at];
            if cell == 0 {
                return None;
            }
            if cell >> 32 == hash >> 32 {
                let number = low(cell) - 1;
                if is(number) {
                    return Some(number);
                }
            }
            at = (at + 1) & (self.cells.len() - 1);
        }
    }

    /// Adds a string that is not there; `hash_of` gives the hash of one that is, by its number.
    pub fn insert(&mut self, key: &[u8], number: u32, hash_of: impl Fn(u32) -> u64) {
        if (self.used + 1) * 4 > self.cells.len() * 3 {
            self.grow(hash_of);
        }
        self.place(stable_hash(key), number);
        self.used += 1;
    }

    /// Gives another number to a string that is there.
    pub fn replace(&mut self, key: &[u8], old: u32, new: u32) {
        let hash = stable_hash(key);
        let mut at = self.start(hash);
        while self.cells[at] != 0 {
            if low(self.cells[at]) == old + 1 {
                self.cells[at] = cell(hash, new);
                return;
            }
            at = (at + 1) & (self.cells.len() - 1);
        }
    }

    fn grow(&mut self, hash_of: impl Fn(u32) -> u64) {
        let size = (self.cells.len() * 2).max(16);
        let old = std::mem::replace(&mut self.cells, vec![0; size]);
        for cell in old.into_iter().filter(|cell| *cell != 0) {
            let number = low(cell) - 1;
            self.place(hash_of(number), number);
        }
    }

    fn place(&mut self, hash: u64, number: u32) {
        let mut at = self.start(hash);
        while self.cells[at] != 0 {
            at = (at + 1) & (self.cells.len() - 1);
        }
        self.cells[at] = cell(hash, number);
    }

    #[expect(clippy::cast_possible_truncation, reason = "masked to the table's size")]
    fn start(&self, hash: u64) -> usize {
        hash as usize & (self.cells.len() - 1)
    }
}

fn cell(hash: u64, number: u32) -> u64 {
    (hash >> 32 << 32) | (u64::from(number) + 1)
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half is wanted")]
fn low(cell: u64) -> u32 {
    cell as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn is_a_map(keys in prop::collection::vec("[a-c]{1,4}", 0..200)) {
            let mut table = Table::default();
            let mut model: BTreeMap<String, u32> = BTreeMap::new();
            let hash = |n: u32| stable_hash(keys[n as usize].as_bytes());
            for (n, key) in (0_u32..).zip(&keys) {
                let is = |m: u32| keys[m as usize] == *key;
                match table.get(key.as_bytes(), is) {
                    Some(old) => table.replace(key.as_bytes(), old, n),
                    None => table.insert(key.as_bytes(), n, hash),
                }
                model.insert(key.clone(), n);
            }
            for (key, n) in &model {
                prop_assert_eq!(table.get(key.as_bytes(), |m| keys[m as usize] == *key), Some(*n));
            }
            prop_assert_eq!(table.get(b"absent", |_| false), None);
        }
    }
}
