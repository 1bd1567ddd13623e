//! UpdateTrail (cloudtrail reference, API essentials).

use serde::Deserialize;

use super::create_trail::{check_combination, check_room};
use super::{TrailSettings, to_change};
use crate::cloudtrail::error::trail_not_found;
use crate::cloudtrail::{checks, delivery};
use crate::kernel::{Caller, ServiceError, World};

/// What UpdateTrail reads: what is absent stays as it is, and an empty text takes a setting away.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The name or the ARN.
    pub name: Option<String>,
    /// The bucket of its log files.
    #[serde(rename = "S3BucketName")]
    pub s3_bucket_name: Option<String>,
    /// What is to stand before the keys of its log files.
    #[serde(rename = "S3KeyPrefix")]
    pub s3_key_prefix: Option<String>,
    /// Not supported: notifications.
    pub sns_topic_name: Option<String>,
    /// Whether events of global services are recorded.
    pub include_global_service_events: Option<bool>,
    /// Whether events of all Regions are recorded.
    pub is_multi_region_trail: Option<bool>,
    /// Whether digest files are written.
    pub enable_log_file_validation: Option<bool>,
    /// The log group, as an ARN that ends with `:*`.
    pub cloud_watch_logs_log_group_arn: Option<String>,
    /// The role that writes there.
    pub cloud_watch_logs_role_arn: Option<String>,
    /// Not supported: encryption.
    pub kms_key_id: Option<String>,
    /// Not supported: trails of an organization.
    pub is_organization_trail: Option<bool>,
    /// Not supported when false.
    pub recursive_logging: Option<bool>,
}

/// Changes a trail, after the same trials as CreateTrail's. What waits for its log file is written
/// where the trail delivered until now.
///
/// # Errors
/// `TrailNotFoundException`, `InvalidHomeRegionException`, and those of CreateTrail.
pub fn run(
    world: &mut World,
    caller: &Caller,
    input: Input,
) -> Result<TrailSettings, ServiceError> {
    let name = input.name.as_deref();
    let key = to_change(world, caller, "cloudtrail:UpdateTrail", name)?;
    let gone = || trail_not_found(&key.name, key.account);
    let trail = world.cloudtrail.trails.get(&key).ok_or_else(gone)?;
    let bucket = input.s3_bucket_name.unwrap_or_else(|| trail.bucket.clone());
    let prefix = changed(input.s3_key_prefix, trail.prefix.as_ref());
    let multi_region = input.is_multi_region_trail.unwrap_or(trail.multi_region);
    let global = input.include_global_service_events.unwrap_or(trail.global_events);
    let logs = trail.logs.as_ref();
    let group = changed(input.cloud_watch_logs_log_group_arn, logs.map(|l| &l.group_arn));
    let role = changed(input.cloud_watch_logs_role_arn, logs.map(|l| &l.role_arn));
    let becomes_multi_region = multi_region && !trail.multi_region;
    checks::prefix(prefix.as_deref())?;
    check_combination(multi_region, global)?;
    checks::not_here(
        input.kms_key_id.as_deref(),
        input.sns_topic_name.as_deref(),
        input.is_organization_trail,
        input.recursive_logging,
    )?;
    if becomes_multi_region {
        check_room(world, &key, true)?;
    }
    checks::bucket(world, &key, &bucket, prefix.as_deref())?;
    let logs = checks::log_group(world, caller, &key, group.as_deref(), role.as_deref())?;
    delivery::write_all_files(world, &key);
    let trail = world.cloudtrail.trails.get_mut(&key).ok_or_else(gone)?;
    let moved = trail.bucket != bucket || trail.prefix != prefix;
    trail.validation = input.enable_log_file_validation.unwrap_or(trail.validation);
    if moved || !trail.validation {
        // A chain of digest files lies in one place.
        trail.lanes.values_mut().for_each(delivery::Lane::forget_digests);
    }
    (trail.bucket, trail.prefix, trail.logs) = (bucket, prefix, logs);
    (trail.multi_region, trail.global_events) = (multi_region, global);
    let answer = TrailSettings::of(trail);
    delivery::arm_digests(world, &key);
    world.trace("update trail", &answer.trail_arn, answer.s3_bucket_name.as_bytes());
    Ok(answer)
}

/// A setting after a change: as given, gone when given empty, and as it was when not given.
fn changed(given: Option<String>, was: Option<&String>) -> Option<String> {
    match given {
        Some(text) => Some(text).filter(|text| !text.is_empty()),
        None => was.cloned(),
    }
}
