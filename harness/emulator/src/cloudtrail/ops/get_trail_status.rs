//! GetTrailStatus.

use serde::Serialize;
use tributary_vocabulary::Timestamp;

use super::{NamedInput, to_read};
use crate::cloudtrail::error::trail_not_found;
use crate::kernel::{Caller, ServiceError, World};

/// What GetTrailStatus answers; times are epoch seconds, those that are texts are ISO 8601 or empty.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// Whether it records.
    pub is_logging: bool,
    /// The code with which S3 refused the latest log file; absent after a success.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_delivery_error: Option<String>,
    /// When a log file was last written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_delivery_time: Option<f64>,
    /// When it last began to record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_logging_time: Option<f64>,
    /// When it last stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_logging_time: Option<f64>,
    /// Why the log group last refused records; absent after a success.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_cloud_watch_logs_delivery_error: Option<String>,
    /// When the log group last took records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_cloud_watch_logs_delivery_time: Option<f64>,
    /// When a digest file was last written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_digest_delivery_time: Option<f64>,
    /// The code with which S3 refused the latest digest file; absent after a success.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_digest_delivery_error: Option<String>,
    /// When a log file was last tried to be written.
    pub latest_delivery_attempt_time: String,
    /// Empty: there are no notifications.
    pub latest_notification_attempt_time: String,
    /// Empty: there are no notifications.
    pub latest_notification_attempt_succeeded: String,
    /// When a log file was last written.
    pub latest_delivery_attempt_succeeded: String,
    /// When it last began to record.
    pub time_logging_started: String,
    /// When it last stopped.
    pub time_logging_stopped: String,
}

/// Tells whether a trail records, and how its deliveries go.
///
/// # Errors
/// `TrailNotFoundException`, `InvalidTrailNameException`, `CloudTrailARNInvalidException`,
/// `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: NamedInput) -> Result<Output, ServiceError> {
    let key = to_read(world, caller, "cloudtrail:GetTrailStatus", input.name.as_deref())?;
    let trail = world.cloudtrail.trails.get(&key);
    let trail = trail.ok_or_else(|| trail_not_found(&key.name, key.account))?;
    let status = &trail.status;
    let seconds = |at: Option<Timestamp>| at.map(Timestamp::epoch_seconds);
    let text =
        |at: Option<Timestamp>| at.map(|at| at.format("%Y-%m-%dT%H:%M:%SZ")).unwrap_or_default();
    Ok(Output {
        is_logging: trail.logging,
        latest_delivery_error: status.bucket.error.clone(),
        latest_delivery_time: seconds(status.bucket.latest),
        start_logging_time: seconds(status.started),
        stop_logging_time: seconds(status.stopped),
        latest_cloud_watch_logs_delivery_error: status.logs.error.clone(),
        latest_cloud_watch_logs_delivery_time: seconds(status.logs.latest),
        latest_digest_delivery_time: seconds(status.digest.latest),
        latest_digest_delivery_error: status.digest.error.clone(),
        latest_delivery_attempt_time: text(status.bucket.attempt),
        latest_delivery_attempt_succeeded: text(status.bucket.latest),
        time_logging_started: text(status.started),
        time_logging_stopped: text(status.stopped),
        ..Output::default()
    })
}
