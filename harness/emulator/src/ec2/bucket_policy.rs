//! The policy that CreateFlowLogs adds to a bucket of its caller (iam reference, §6).

use serde_json::{Value, json};

use super::flow_log::{Destination, Plan};
use super::publish::DELIVERY_SERVICE;
use crate::kernel::{Access, Caller, ServiceError, World};
use crate::s3::ops::put_bucket_policy;

/// Adds the statements that let the log delivery service write, in the caller's name; false when
/// the bucket is not of the caller's account, or the caller may not read and set its policy.
///
/// # Errors
/// `LogDestinationPermissionIssueException` when the policy cannot hold them.
pub(super) fn attach(
    world: &mut World,
    caller: &Caller,
    plan: &Plan,
) -> Result<bool, ServiceError> {
    let Destination::Bucket { bucket, prefix, hive, .. } = &plan.destination else {
        return Ok(false);
    };
    let Some(found) = world.s3.buckets.get(bucket) else { return Ok(false) };
    let (owner, policy) = (found.owner, found.policy.clone());
    let bucket_arn = found.arn();
    let may =
        |action| world.decide(caller, Access::to(action, &bucket_arn).owned_by(owner)).is_allowed();
    if owner != caller.account || !may("s3:GetBucketPolicy") || !may("s3:PutBucketPolicy") {
        return Ok(false);
    }
    let text = policy.as_ref().map_or("{}", |policy| policy.document.text());
    let mut document: Value = serde_json::from_str(text).unwrap_or_else(|_| json!({}));
    if document.get("Version").is_none() {
        document["Version"] = json!("2012-10-17");
    }
    let mut statements = match document["Statement"].take() {
        Value::Array(several) => several,
        Value::Null => Vec::new(),
        one => vec![one],
    };
    let folder = if *hive { "aws-account-id=" } else { "" };
    let objects = format!("{bucket_arn}/{prefix}AWSLogs/{folder}{}/*", plan.account);
    let write = statement(&statements, plan, "AWSLogDeliveryWrite", "s3:PutObject", &objects);
    let look =
        statement(&statements, plan, "AWSLogDeliveryAclCheck", "s3:GetBucketAcl", &bucket_arn);
    statements.extend([write, look]);
    document["Statement"] = Value::Array(statements);
    let stored = put_bucket_policy::store(world, caller, bucket, document.to_string().as_bytes());
    stored.map(|()| true).map_err(|error| {
        ServiceError::client("LogDestinationPermissionIssueException", error.message)
    })
}

/// A statement with a `Sid` that the policy does not have yet.
fn statement(there: &[Value], plan: &Plan, sid: &str, action: &str, resource: &str) -> Value {
    let taken = |sid: &str| there.iter().any(|statement| statement["Sid"] == sid);
    let mut own = sid.to_owned();
    let mut number = 0;
    while taken(&own) {
        number += 1;
        own = format!("{sid}{number}");
    }
    let source = format!("arn:aws:logs:{}:{}:*", plan.region, plan.account);
    let mut equals = json!({ "aws:SourceAccount": plan.account.as_str() });
    if action == "s3:PutObject" {
        equals["s3:x-amz-acl"] = json!("bucket-owner-full-control");
    }
    json!({
        "Sid": own,
        "Effect": "Allow",
        "Principal": { "Service": DELIVERY_SERVICE },
        "Action": action,
        "Resource": resource,
        "Condition": { "StringEquals": equals, "ArnLike": { "aws:SourceArn": source } },
    })
}
