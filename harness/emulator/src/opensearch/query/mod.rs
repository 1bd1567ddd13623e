//! The query DSL (OpenSearch reference, §6): read once, compiled for the mapping of each index.

mod compile;
mod field;
mod parse;
mod query_string;
mod term;

pub(super) use compile::{Compiled, Context, Doc};
pub(super) use field::{FieldRef, Item};
pub(super) use parse::Query;
