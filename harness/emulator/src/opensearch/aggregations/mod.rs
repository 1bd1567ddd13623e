//! Aggregations (OpenSearch reference, §6), exact in all they count.
//!
//! While a search goes over documents, a [`Collector`] keeps of each match only the values that the
//! aggregations ask for; when it is over, buckets and metrics are made of these rows.

mod bucket;
mod collect;
mod dates;
mod kind;
mod metric;
mod parse;
mod terms;

pub(super) use collect::Collector;
pub(super) use parse::Aggregations;
