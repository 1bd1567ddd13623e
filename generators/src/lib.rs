//! Seeded, paced synthetic traffic: VPC Flow Logs, CloudTrail records and GuardDuty findings as
//! they reach CloudWatch Logs.
//!
//! Everything is a pure function of the seed, the plan and the worker's number. There is no clock,
//! no thread and no transport in here; a [`TrafficPlan`] is asked for its [`Traffic`], which is an
//! iterator of [`Batch`]es in the order in which the services would deliver them.
//!
//! ```
//! use std::time::Duration;
//! use tributary_generators::{TrafficPlan, VpcFlowLogs};
//! use tributary_vocabulary::{AccountId, Seed};
//!
//! let plan = TrafficPlan {
//!     seed: Seed::new(7),
//!     accounts: vec![AccountId::repeated(1), AccountId::repeated(2)],
//!     loads: vec![VpcFlowLogs::per_second(50).lasting(Duration::from_secs(60))],
//!     ..TrafficPlan::default()
//! };
//! let events: usize = plan.traffic()?.map(|batch| batch.events.len()).sum();
//! assert_eq!(events, 3_000);
//! # Ok::<(), tributary_generators::PlanError>(())
//! ```

mod apportion;
mod cells;
mod cloudtrail;
pub mod command;
mod dice;
mod flow;
mod glyphs;
mod guardduty;
mod identity;
mod incidents;
mod lane;
mod load;
mod meant;
mod plan;
mod rate;
mod replay;
mod rows;
mod shape;
mod shape_text;
mod text;
mod traffic;
mod truth;
mod world;

pub use flow::{FlowFormat, FlowFormatError};
pub use guardduty::finding_types;
pub use identity::identity;
pub use incidents::{Attacker, Incident, IncidentError, Plot, Victim};
pub use load::{CloudTrail, GuardDuty, Load, PublishingFrequency, VpcFlowLogs};
pub use plan::{PlanError, TrafficPlan, Worker};
pub use rate::{Rate, RateError, Unit};
pub use replay::{ReplayError, ReplayTimes, replay};
pub use rows::{Form, FormError, Rows};
pub use shape::{Shape, ShapeError};
pub use shape_text::{ShapeTextError, duration};
pub use traffic::{Batch, BatchHead, Origin, Traffic};
pub use truth::{AccountTruth, Planted, SourceTruth, Truth};
pub use world::{Instance, Inventory, Person, SubnetFacts, VpcFacts};
