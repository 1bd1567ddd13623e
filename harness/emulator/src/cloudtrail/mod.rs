//! CloudTrail: trails, which record the API calls of an account, and deliver them to CloudWatch
//! Logs and S3 (cloudtrail reference, §4 and §5).
//!
//! The log stream of a trail is always the one without a number; AWS opens further ones when the
//! volume is high. Event data stores (Lake), channels, imports, Insights, KMS encryption, SNS
//! notifications and organization trails are not offered.

mod checks;
mod delivery;
mod error;
mod history;
mod name;
pub mod ops;
mod publish;
mod record;
mod selector;
mod settings;
mod signing;
mod state;
mod tags;
#[cfg(test)]
mod tests;
mod trail;
mod view;

pub use publish::publish;
pub use selector::{AdvancedEventSelector, AdvancedFieldSelector, DataResource, EventSelector};
pub use settings::Settings;
pub(crate) use state::on_timer;
pub use state::{State, Timer};
pub use trail::{TrailKey, TrailStatistics};
pub use view::TrailView;

use crate::json_operation;
use crate::protocol::aws_json::JsonOperation;

/// The principal as which CloudTrail acts.
const SERVICE: &str = "cloudtrail.amazonaws.com";
/// The ACL with which it writes objects.
const BUCKET_OWNER_FULL_CONTROL: &str = "bucket-owner-full-control";

/// The rows of the operation table.
pub const OPERATIONS: &[JsonOperation] = &[
    json_operation!("AddTags", ops::add_tags),
    json_operation!("CreateTrail", ops::create_trail),
    json_operation!("DeleteTrail", ops::delete_trail),
    json_operation!("DescribeTrails", ops::describe_trails),
    json_operation!("GetEventSelectors", ops::get_event_selectors),
    json_operation!("GetTrail", ops::get_trail),
    json_operation!("GetTrailStatus", ops::get_trail_status),
    json_operation!("ListPublicKeys", ops::list_public_keys),
    json_operation!("ListTags", ops::list_tags),
    json_operation!("ListTrails", ops::list_trails),
    json_operation!("LookupEvents", ops::lookup_events),
    json_operation!("PutEventSelectors", ops::put_event_selectors),
    json_operation!("RemoveTags", ops::remove_tags),
    json_operation!("StartLogging", ops::start_logging),
    json_operation!("StopLogging", ops::stop_logging),
    json_operation!("UpdateTrail", ops::update_trail),
];
