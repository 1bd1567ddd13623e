//! Seeded, paced synthetic traffic: VPC Flow Logs as they reach CloudWatch Logs.
//!
//! Everything is a pure function of the seed, the plan and the worker's number. There is no clock,
//! no thread and no transport in here; a [`TrafficPlan`] is asked for its [`Traffic`], which is an
//! iterator of [`Batch`]es in the order in which the services would deliver them.
//!
//! ```
//! use std::time::Duration;
//! use tributary_generators::{TrafficPlan, VpcFlowLogs, Worker};
//! use tributary_vocabulary::{AccountId, Region, Seed, Timestamp};
//!
//! let plan = TrafficPlan {
//!     seed: Seed::new(7),
//!     start: Timestamp::DEFAULT_EPOCH,
//!     region: Region::us_west_2(),
//!     accounts: vec![AccountId::repeated(1), AccountId::repeated(2)],
//!     loads: vec![VpcFlowLogs::per_second(50).lasting(Duration::from_secs(60))],
//!     worker: Worker::ONLY,
//! };
//! let events: usize = plan.traffic()?.map(|batch| batch.events.len()).sum();
//! assert_eq!(events, 3_000);
//! # Ok::<(), tributary_generators::PlanError>(())
//! ```

mod apportion;
mod dice;
mod flow;
mod identity;
mod load;
mod plan;
mod rate;
mod shape;
mod text;
mod traffic;
mod world;

pub use identity::identity;
pub use load::{Load, VpcFlowLogs};
pub use plan::{PlanError, TrafficPlan, Worker};
pub use rate::Rate;
pub use shape::Shape;
pub use traffic::{Batch, BatchHead, Traffic};
