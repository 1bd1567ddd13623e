//! What an index keeps: documents, their ids, and what a search sees of them.

mod arena;
mod bitmap;
mod documents;
mod table;

pub use documents::{Documents, Entry, View};
