//! Event selectors: which events a trail records (cloudtrail reference, API essentials).

mod advanced;
mod basic;

pub use advanced::{AdvancedEventSelector, AdvancedFieldSelector};
pub use basic::{DataResource, EventSelector};

use super::record::{Category, Record};

/// The selectors of a trail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Selectors {
    /// None were put: all management events.
    #[default]
    Default,
    /// Basic ones; an event that one of them admits is recorded.
    Basic(Vec<EventSelector>),
    /// Advanced ones; likewise.
    Advanced(Vec<AdvancedEventSelector>),
}

impl Selectors {
    /// Whether an event is recorded.
    pub(super) fn admits(&self, record: &Record<'_>) -> bool {
        match self {
            Self::Default => record.category() == Category::Management,
            Self::Basic(selectors) => selectors.iter().any(|selector| selector.admits(record)),
            Self::Advanced(selectors) => selectors.iter().any(|selector| selector.admits(record)),
        }
    }
}
