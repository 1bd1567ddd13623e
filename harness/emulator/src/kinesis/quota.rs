//! Quotas of an account in a Region (kinesis reference, capacity modes and quotas).

use tributary_vocabulary::{AccountId, Region};

use crate::kernel::{ServiceError, World};

/// `LimitExceededException`.
pub(super) fn exceeded(message: impl Into<String>) -> ServiceError {
    ServiceError::client("LimitExceededException", message)
}

/// Refuses shards over the account's quota.
pub(super) fn check_shards(
    world: &World,
    account: AccountId,
    region: &Region,
    additional: u32,
) -> Result<(), ServiceError> {
    let limit = world.settings.kinesis.shard_quota(region.as_str());
    let current = world.kinesis.shards_of(account, region);
    if current.saturating_add(additional) <= limit {
        return Ok(());
    }
    Err(exceeded(format!(
        "This request would exceed the shard limit for the account {account} in {region}. Current \
         shard count for the account: {current}. Limit: {limit}. Number of additional shards that \
         would have resulted from this request: {additional}. Refer to the AWS Service Limits page \
         (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits \
         and how to request higher limits."
    )))
}
