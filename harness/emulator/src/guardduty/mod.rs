//! GuardDuty: detectors, the members of administrators, findings, and the events that tell of them
//! (guardduty reference).

mod criteria;
mod detector;
mod error;
mod features;
mod filter;
mod findings;
mod kinds;
mod member;
pub mod ops;
mod order;
mod publish;
mod sample;
mod settings;
mod state;
mod table;
mod tags;
#[cfg(test)]
mod tests;

pub use publish::publish;
pub use settings::Settings;
pub use state::{State, reserve_detector_id};
pub use table::OPERATIONS;
