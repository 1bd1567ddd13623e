//! The doors through which things are looked up and removed.

use crate::door::{AwsDoor, SearchDoor};

/// The doors through which things are looked up and removed.
#[derive(Debug, Clone)]
pub(crate) struct Doors {
    /// AWS, or what stands in for it.
    pub(crate) aws: AwsDoor,
    /// OpenSearch, where there is one to write to.
    pub(crate) search: Option<SearchDoor>,
}
