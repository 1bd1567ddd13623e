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

/// The events of one payload, in their order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Group {
    pub(crate) items: Arc<[Item]>,
}

impl Group {
    /// The indexes of the known events.
    pub(crate) fn entries(&self) -> impl Iterator<Item = u32> + '_ {
        self.items.iter().filter_map(|item| match item {
            Item::Known { entry, .. } => Some(*entry),
            Item::Unknown { .. } => None,
        })
    }
}
