//! Searching: which documents match, in which order, and what is told of them.

mod execute;
mod matching;
mod parse;
mod sort;
mod source;

pub(super) use execute::{all_shards_failed, execute};
pub(super) use matching::{Scope, matching};
pub(super) use parse::Search;
pub(super) use sort::text_field;
pub(super) use source::SourceFilter;
