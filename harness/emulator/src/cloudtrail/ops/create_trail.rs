//! CreateTrail (cloudtrail reference, API essentials).

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{Tag, TrailSettings};
use crate::cloudtrail::name::{check_name, seen_in};
use crate::cloudtrail::selector::Selectors;
use crate::cloudtrail::trail::{Status, Trail, TrailKey, TrailStatistics};
use crate::cloudtrail::{checks, tags};
use crate::kernel::{Access, Caller, ServiceError, World};

/// What CreateTrail reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The name; no ARN.
    pub name: Option<String>,
    /// The bucket of its log files, which may be another account's.
    #[serde(rename = "S3BucketName")]
    pub s3_bucket_name: Option<String>,
    /// What is to stand before the keys of its log files.
    #[serde(rename = "S3KeyPrefix")]
    pub s3_key_prefix: Option<String>,
    /// Not supported: notifications.
    pub sns_topic_name: Option<String>,
    /// Whether events of global services are recorded; true when absent.
    pub include_global_service_events: Option<bool>,
    /// Whether events of all Regions are recorded; false when absent.
    pub is_multi_region_trail: Option<bool>,
    /// Whether digest files are written; false when absent.
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
    /// Its tags.
    pub tags_list: Option<Vec<Tag>>,
}

/// Makes a trail, which does not log until StartLogging is called.
///
/// # Errors
/// Those of the reference's table, `AccessDeniedException`, and `UnsupportedOperationException` for
/// what is not emulated.
pub fn run(
    world: &mut World,
    caller: &Caller,
    input: Input,
) -> Result<TrailSettings, ServiceError> {
    let name = input.name.as_deref().unwrap_or_default();
    check_name(name)?;
    let bucket = input.s3_bucket_name.as_deref().unwrap_or_default();
    let prefix = input.s3_key_prefix.as_deref().filter(|prefix| !prefix.is_empty());
    checks::prefix(prefix)?;
    let multi_region = input.is_multi_region_trail.unwrap_or(false);
    let global_events = input.include_global_service_events.unwrap_or(true);
    check_combination(multi_region, global_events)?;
    checks::not_here(
        input.kms_key_id.as_deref(),
        input.sns_topic_name.as_deref(),
        input.is_organization_trail,
        input.recursive_logging,
    )?;
    let given = input.tags_list.unwrap_or_default();
    tags::check(&given)?;
    let key = TrailKey::new(caller.account, &caller.region, name);
    authorize(world, caller, &key, !given.is_empty())?;
    if world.cloudtrail.trails.contains_key(&key) {
        return Err(already_exists(&key));
    }
    check_room(world, &key, multi_region)?;
    checks::bucket(world, &key, bucket, prefix)?;
    let filled = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let group = filled(&input.cloud_watch_logs_log_group_arn);
    let role = filled(&input.cloud_watch_logs_role_arn);
    let logs = checks::log_group(world, caller, &key, group.as_deref(), role.as_deref())?;
    let mut all_tags = BTreeMap::new();
    tags::add(&mut all_tags, given)?;
    let trail = Trail {
        generation: world.cloudtrail.next_generation(),
        bucket: bucket.to_owned(),
        prefix: prefix.map(str::to_owned),
        logs,
        global_events,
        multi_region,
        validation: input.enable_log_file_validation.unwrap_or(false),
        selectors: Selectors::Default,
        tags: all_tags,
        logging: false,
        status: Status::default(),
        statistics: TrailStatistics::default(),
        lanes: BTreeMap::new(),
        digest_since: None,
        key: key.clone(),
    };
    let answer = TrailSettings::of(&trail);
    world.trace("create trail", &answer.trail_arn, bucket.as_bytes());
    world.cloudtrail.trails.insert(key, trail);
    Ok(answer)
}

/// A trail of all Regions records global services too.
///
/// # Errors
/// `InvalidParameterCombinationException`.
pub(super) fn check_combination(multi_region: bool, global: bool) -> Result<(), ServiceError> {
    if !multi_region || global {
        return Ok(());
    }
    Err(ServiceError::client(
        "InvalidParameterCombinationException",
        "Multi-Region trail must include global service events.",
    ))
}

fn authorize(
    world: &mut World,
    caller: &Caller,
    key: &TrailKey,
    tags: bool,
) -> Result<(), ServiceError> {
    let arn = key.arn();
    world.authorize(caller, Access::to("cloudtrail:CreateTrail", &arn))?;
    if tags {
        world.authorize(caller, Access::to("cloudtrail:AddTags", &arn))?;
    }
    Ok(())
}

/// Whether no other trail has the name and the quota is not reached in every Region in which the trail would
/// be seen: its own, and for a trail of all Regions those in which the account has others.
///
/// # Errors
/// `TrailAlreadyExistsException`, `MaximumNumberOfTrailsExceededException`.
pub(super) fn check_room(
    world: &World,
    key: &TrailKey,
    multi_region: bool,
) -> Result<(), ServiceError> {
    let TrailKey { account, region, name } = key;
    let mut regions = BTreeSet::from([region]);
    if multi_region {
        regions.extend(world.cloudtrail.trails_of(*account).map(|trail| &trail.key.region));
    }
    let most = world.settings.cloudtrail.trails_per_region;
    for region in regions {
        let others = || seen_in(world, *account, region).filter(|trail| trail.key != *key);
        if others().any(|trail| trail.key.name == *name) {
            return Err(already_exists(key));
        }
        let count = others().count();
        if count >= most {
            return Err(ServiceError::client(
                "MaximumNumberOfTrailsExceededException",
                format!("User: {account} already has {count} trails in {region}."),
            ));
        }
    }
    Ok(())
}

fn already_exists(key: &TrailKey) -> ServiceError {
    ServiceError::client(
        "TrailAlreadyExistsException",
        format!("Trail {} already exists for customer: {}", key.name, key.account),
    )
}
