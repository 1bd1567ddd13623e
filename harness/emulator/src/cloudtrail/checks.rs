//! What CreateTrail and UpdateTrail try before they take a destination: AWS refuses one to which it
//! could not deliver (cloudtrail reference, validation worth emulating).

use super::delivery::{PERMISSION_TEXT, TRUST_TEXT, probe_key};
use super::error::not_emulated;
use super::trail::{LogDestination, TrailKey};
use super::{BUCKET_OWNER_FULL_CONTROL, SERVICE};
use crate::iam::assume_role_for_service;
use crate::kernel::{Access, ArnParts, Caller, ServiceError, World};
use crate::logs::GroupKey;
use crate::s3;

/// The longest prefix, in characters.
const PREFIX_MAX: usize = 200;

/// Whether a prefix may stand before the keys of the log files.
///
/// # Errors
/// `InvalidS3PrefixException`.
pub(super) fn prefix(prefix: Option<&str>) -> Result<(), ServiceError> {
    let Some(prefix) = prefix else { return Ok(()) };
    let refused = |message: String| Err(ServiceError::client("InvalidS3PrefixException", message));
    let length = prefix.chars().count();
    if length > PREFIX_MAX {
        return refused(format!(
            "S3 prefix is too long. Maximum allowed length: {PREFIX_MAX} characters. Specified \
             prefix length: {length} characters."
        ));
    }
    if prefix.starts_with('/') || prefix.ends_with('/') || prefix.chars().any(char::is_control) {
        return refused(format!(
            "S3 prefix {prefix} is invalid: it begins or ends with a slash, or has control characters."
        ));
    }
    Ok(())
}

/// Whether the bucket is there and its policy lets CloudTrail deliver to it for this trail: read
/// its ACL, and write under `[prefix/]AWSLogs/ACCOUNT/` with the ACL that gives it to its owner.
///
/// # Errors
/// `InvalidS3BucketNameException`, `S3BucketDoesNotExistException`,
/// `InsufficientS3BucketPolicyException`.
pub(super) fn bucket(
    world: &mut World,
    key: &TrailKey,
    name: &str,
    prefix: Option<&str>,
) -> Result<(), ServiceError> {
    if s3::check_bucket(name).is_err() {
        let message = format!("S3 bucket name {name} is invalid.");
        return Err(ServiceError::client("InvalidS3BucketNameException", message));
    }
    let Some(bucket) = world.s3.buckets.get(name) else {
        let message = format!("S3 bucket {name} does not exist!");
        return Err(ServiceError::client("S3BucketDoesNotExistException", message));
    };
    let (owner, arn) = (bucket.owner, bucket.arn());
    let caller = Caller::service(SERVICE, key.account, key.region.clone(), Some(key.arn()));
    let object = format!("{arn}/{}", probe_key(key, prefix, world.now));
    for access in [
        Access::to("s3:GetBucketAcl", &arn),
        Access::to("s3:PutObject", &object).with("s3:x-amz-acl", BUCKET_OWNER_FULL_CONTROL),
    ] {
        if may(world, &caller, access.owned_by(owner)).is_err() {
            return Err(ServiceError::client(
                "InsufficientS3BucketPolicyException",
                format!("Incorrect S3 bucket policy is detected for bucket: {name}"),
            ));
        }
    }
    Ok(())
}

/// The log group and the role of a trail, after everything that AWS tries with them.
///
/// # Errors
/// `InvalidCloudWatchLogsLogGroupArnException`, `InvalidCloudWatchLogsRoleArnException`,
/// `AccessDeniedException` when the caller may not pass the role.
pub(super) fn log_group(
    world: &mut World,
    caller: &Caller,
    key: &TrailKey,
    group_arn: Option<&str>,
    role_arn: Option<&str>,
) -> Result<Option<LogDestination>, ServiceError> {
    let (group_arn, role_arn) = match (group_arn, role_arn) {
        (None, None) => return Ok(None),
        (Some(group), Some(role)) => (group, role),
        (Some(_), None) => {
            return Err(bad_role("You must specify a role ARN as well as a log group."));
        }
        (None, Some(_)) => {
            return Err(bad_group("You must specify a log group as well as a role ARN."));
        }
    };
    let refused = || bad_group("CloudTrail cannot validate the specified log group ARN.");
    if !group_arn.ends_with(":*") {
        return Err(refused());
    }
    let group = GroupKey::from_arn(group_arn).ok_or_else(refused)?;
    if group.account != key.account || group.region != key.region || group_arn != group.arn_of_all()
    {
        return Err(refused());
    }
    world.log_group(&group).map_err(|_| refused())?;
    let is_role = ArnParts::split(role_arn)
        .is_some_and(|parts| parts.service == "iam" && parts.resource.starts_with("role/"));
    if !is_role {
        return Err(bad_role(format!("{role_arn} is not the ARN of a role.")));
    }
    world.authorize_pass_role(caller, role_arn, SERVICE)?;
    let trail_arn = key.arn();
    let role =
        assume_role_for_service(world, SERVICE, role_arn, &key.region, key.account, &trail_arn)
            .map_err(|_| bad_role(TRUST_TEXT))?;
    let stream = group.stream_arn(&key.log_stream());
    for action in ["logs:CreateLogStream", "logs:PutLogEvents"] {
        may(world, &role, Access::to(action, &stream)).map_err(|()| bad_group(PERMISSION_TEXT))?;
    }
    let (group_arn, role_arn) = (group_arn.to_owned(), role_arn.to_owned());
    Ok(Some(LogDestination { group, group_arn, role_arn }))
}

/// Refuses what the emulator has not, in AWS's code where the value itself is wrong.
///
/// # Errors
/// `InvalidKmsKeyIdException`, `InvalidSnsTopicNameException`, `UnsupportedOperationException`.
pub(super) fn not_here(
    kms_key_id: Option<&str>,
    sns_topic_name: Option<&str>,
    is_organization_trail: Option<bool>,
    recursive_logging: Option<bool>,
) -> Result<(), ServiceError> {
    if let Some(key) = kms_key_id.filter(|key| !key.is_empty()) {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_/:".contains(c);
        if !key.chars().all(plain) {
            let message = format!("KMS key Id {key} is invalid.");
            return Err(ServiceError::client("InvalidKmsKeyIdException", message));
        }
        return Err(not_emulated("KmsKeyId: encryption of log files with KMS keys is"));
    }
    if let Some(topic) = sns_topic_name.filter(|topic| !topic.is_empty()) {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:".contains(c);
        if topic.chars().count() > 256 || !topic.chars().all(plain) {
            let message = format!("SNS topic name {topic} is invalid.");
            return Err(ServiceError::client("InvalidSnsTopicNameException", message));
        }
        return Err(not_emulated("SnsTopicName: notifications by SNS are"));
    }
    if is_organization_trail == Some(true) {
        return Err(not_emulated("IsOrganizationTrail: trails of an organization are"));
    }
    // CloudTrail's own deliveries are not recorded here, so that only one value could be refused.
    if recursive_logging == Some(false) {
        return Err(not_emulated("RecursiveLogging: the choice of events to leave out is"));
    }
    Ok(())
}

/// Whether the policies let `caller` do this; a refusal is told to the listener.
fn may(world: &mut World, caller: &Caller, access: Access<'_>) -> Result<(), ()> {
    let decision = world.decide(caller, access);
    if decision.is_allowed() {
        return Ok(());
    }
    world.refused(&decision);
    Err(())
}

fn bad_group(message: impl Into<String>) -> ServiceError {
    ServiceError::client("InvalidCloudWatchLogsLogGroupArnException", message)
}

fn bad_role(message: impl Into<String>) -> ServiceError {
    ServiceError::client("InvalidCloudWatchLogsRoleArnException", message)
}
