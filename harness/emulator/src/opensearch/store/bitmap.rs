//! A set of documents, by slot.

/// A set of numbers below a bound.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bitmap {
    words: Vec<u64>,
    length: u32,
}

impl Bitmap {
    fn trim(&mut self) {
        let rest = self.length % 64;
        if rest != 0
            && let Some(last) = self.words.last_mut()
        {
            *last &= (1 << rest) - 1;
        }
    }

    /// The bound.
    #[must_use]
    pub const fn length(&self) -> u32 {
        self.length
    }

    /// Puts a number in.
    fn insert(&mut self, number: u32) {
        if let Some(word) = self.words.get_mut(number as usize / 64) {
            *word |= 1 << (number % 64);
        }
    }

    /// Takes a number out.
    pub fn remove(&mut self, number: u32) {
        if let Some(word) = self.words.get_mut(number as usize / 64) {
            *word &= !(1 << (number % 64));
        }
    }

    /// Raises the bound; the new numbers are in the set.
    pub fn extend_full(&mut self, length: u32) {
        let old = self.length;
        self.words.resize((length as usize).div_ceil(64), 0);
        self.length = length;
        let mut number = old;
        while number < length && !number.is_multiple_of(64) {
            self.insert(number);
            number += 1;
        }
        for word in &mut self.words[(number as usize).div_ceil(64)..] {
            *word = u64::MAX;
        }
        self.trim();
    }

    /// How many numbers are in the set.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.words.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// The numbers, rising.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0_u32..).zip(&self.words).flat_map(|(index, word)| {
            let mut bits = *word;
            std::iter::from_fn(move || {
                (bits != 0).then(|| {
                    let bit = bits.trailing_zeros();
                    bits &= bits - 1;
                    index * 64 + bit
                })
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn is_a_set(gone in prop::collection::btree_set(0_u32..200, 0..50), more in 0_u32..200) {
            let mut set = Bitmap::default();
            set.extend_full(200);
            gone.iter().for_each(|number| set.remove(*number));
            let kept: BTreeSet<u32> = (0..200).filter(|number| !gone.contains(number)).collect();
            prop_assert_eq!(set.iter().collect::<BTreeSet<_>>(), kept.clone());
            prop_assert_eq!(set.count(), kept.len() as u64);
            set.extend_full(200 + more);
            prop_assert_eq!(set.count(), kept.len() as u64 + u64::from(more));
            prop_assert_eq!(set.length(), 200 + more);
        }
    }
}
