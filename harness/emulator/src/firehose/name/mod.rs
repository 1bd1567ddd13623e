//! The names that Firehose gives: of S3 objects and of indexes.

mod date;
mod index;
mod key;
mod prefix;

pub use index::{Rotation, index_name};
pub use key::{KeyParts, object_key};
pub use prefix::{ErrorOutput, Prefix, PrefixError};
