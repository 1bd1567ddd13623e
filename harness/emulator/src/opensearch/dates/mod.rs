//! Dates as OpenSearch reads, rounds and prints them (OpenSearch reference, "Dynamic mapping" and
//! "Search").

mod civil;
mod format;
mod math;
mod named;
mod pattern;
mod zone;

pub use civil::Civil;
pub use format::DateFormat;
pub use math::{Rounding, Unit, evaluate, parse_duration};
pub use zone::parse_zone;

/// Milliseconds in a day.
pub const DAY_MS: i64 = 86_400_000;
