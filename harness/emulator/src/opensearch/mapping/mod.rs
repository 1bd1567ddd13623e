//! An index's mapping: the tree of its fields, grown by explicit mappings and by documents.

mod dynamic;
mod field;
mod parse;
mod render;
mod scalar;
mod template;
mod tree;
mod walk;

pub use field::{Analyzer, Field, FieldType};
pub use parse::{merge, parse};
pub use render::render;
pub use scalar::{Value, parse_ip, print_ip};
pub use tree::Mapping;
pub use walk::{Shape, Walk, fit, learn};
