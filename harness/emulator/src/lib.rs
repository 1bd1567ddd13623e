//! .
pub mod policy;
