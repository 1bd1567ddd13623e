//! What a payload holds: which events, and whether they are as they were sent.

use std::sync::Arc;

/// One event found in a payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Item {
    /// An event that was sent.
    Known {
        /// Its entry's index.
        entry: u32,
        /// Whether its time and text are as they were sent.
        intact: bool,
        /// Whether it is found under its own account.
        at_home: bool,
    },
    /// An event that nobody sent.
    Unknown {
        /// The text, as found.
        message: Arc<str>,
    },
}

/// An event of a payload in four bytes: its entry, and whether it is changed or astray.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Packed(u32);

impl Packed {
    const UNKNOWN: Self = Self(u32::MAX);
    const CHANGED: u32 = 1 << 30;
    const ASTRAY: u32 = 1 << 31;

    fn entry(self) -> Option<u32> {
        (self != Self::UNKNOWN).then_some(self.0 & !(Self::CHANGED | Self::ASTRAY))
    }
}

impl From<&Item> for Packed {
    fn from(item: &Item) -> Self {
        match item {
            Item::Unknown { .. } => Self::UNKNOWN,
            Item::Known { entry, intact, at_home } => {
                let changed = if *intact { 0 } else { Self::CHANGED };
                let astray = if *at_home { 0 } else { Self::ASTRAY };
                Self(entry | changed | astray)
            }
        }
    }
}

/// The events of one payload, in their order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Group {
    items: Arc<[Packed]>,
}

impl FromIterator<Item> for Group {
    fn from_iter<T: IntoIterator<Item = Item>>(items: T) -> Self {
        Self { items: items.into_iter().map(|item| Packed::from(&item)).collect() }
    }
}

impl Group {
    /// The indexes of the known events.
    pub(crate) fn entries(&self) -> impl Iterator<Item = u32> + '_ {
        self.items.iter().filter_map(|item| item.entry())
    }

    /// How many events are there that this ledger does not know.
    pub(crate) fn unknown(&self) -> u64 {
        self.items.iter().filter(|item| **item == Packed::UNKNOWN).count() as u64
    }

    /// The indexes of the known events that lie under their own account.
    pub(crate) fn at_home(&self) -> impl Iterator<Item = u32> + '_ {
        self.items.iter().filter(|item| item.0 & Packed::ASTRAY == 0).filter_map(|i| i.entry())
    }

    /// Whether every event is one that was sent, as it was sent and under its own account.
    pub(crate) fn is_intact(&self) -> bool {
        self.items.iter().all(|item| item.0 & (Packed::CHANGED | Packed::ASTRAY) == 0)
    }
}
