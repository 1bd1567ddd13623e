//! PutResourcePolicy.

use serde::{Deserialize, Serialize};

use crate::kernel::{Access, Caller, ServiceError, Validation, World};
use crate::logs::access;
use crate::logs::error::{finish, invalid, limit_exceeded};
use crate::logs::{GroupKey, PolicyScope, ResourcePolicy};
use crate::policy::ResourceService;

/// The longest document, in characters.
const DOCUMENT_MAX: usize = 51_200;
/// The most account-wide policies of an account in a Region.
const ACCOUNT_POLICIES_MAX: usize = 10;

/// What PutResourcePolicy reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The name of an account-wide policy.
    pub policy_name: Option<String>,
    /// The document.
    pub policy_document: Option<String>,
    /// The log group on which it hangs; not together with a name.
    pub resource_arn: Option<String>,
    /// The revision that is replaced; only with a log group.
    pub expected_revision_id: Option<String>,
}

/// What PutResourcePolicy answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Output {
    /// The policy as it is now.
    pub resource_policy: Described,
    /// Its revision, when it hangs on a log group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision_id: Option<String>,
}

/// One resource policy.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Described {
    /// Its name, when it is account-wide.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_name: Option<String>,
    /// The document as it was given.
    pub policy_document: String,
    /// When it was last put, in milliseconds.
    pub last_updated_time: i64,
    /// What it hangs on.
    pub policy_scope: PolicyScope,
    /// The log group on which it hangs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_arn: Option<String>,
    /// Its revision, when it hangs on a log group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision_id: Option<String>,
}

/// The wire form of an account-wide policy.
pub(crate) fn describe_account(name: &str, policy: &ResourcePolicy) -> Described {
    Described {
        policy_name: Some(name.to_owned()),
        policy_document: policy.text.clone(),
        last_updated_time: policy.last_updated.ms(),
        policy_scope: PolicyScope::Account,
        resource_arn: None,
        revision_id: None,
    }
}

/// The wire form of a log group's own policy.
pub(crate) fn describe_group(key: &GroupKey, policy: &ResourcePolicy) -> Described {
    Described {
        policy_name: None,
        policy_document: policy.text.clone(),
        last_updated_time: policy.last_updated.ms(),
        policy_scope: PolicyScope::Resource,
        resource_arn: Some(key.arn()),
        revision_id: Some(policy.revision.clone()),
    }
}

/// Says what other services may do with log groups: those of the account, or one.
///
/// # Errors
/// `InvalidParameterException` for a document that is none, or for both a name and a log group;
/// `LimitExceededException` over ten account-wide policies; `OperationAbortedException` when another
/// revision is there than expected; `ResourceNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut check = Validation::new();
    check.required("policyDocument", input.policy_document.as_ref());
    let text = input.policy_document.unwrap_or_default();
    check.length("policyDocument", &text, 1, DOCUMENT_MAX);
    finish(check)?;
    match (input.policy_name, input.resource_arn) {
        (Some(name), None) => put_account(world, caller, name, text),
        (None, Some(group)) => {
            put_group(world, caller, &group, text, input.expected_revision_id.as_deref())
        }
        _ => Err(invalid("Exactly one of policyName and resourceArn must be given.")),
    }
}

fn put_account(
    world: &mut World,
    caller: &Caller,
    name: String,
    text: String,
) -> Result<Output, ServiceError> {
    let parsed = access::parse(name.clone(), &text, ResourceService::LogsResource)?;
    world.authorize(caller, Access::to("logs:PutResourcePolicy", "*"))?;
    world.trace("put resource policy", &name, text.as_bytes());
    let (now, revision) = (world.now, world.logs.ids.uuid());
    let place = (caller.account, caller.region.clone());
    let policies = world.logs.resource_policies.entry(place).or_default();
    if !policies.by_name.contains_key(&name) && policies.by_name.len() >= ACCOUNT_POLICIES_MAX {
        return Err(limit_exceeded());
    }
    let policy = ResourcePolicy { text, last_updated: now, revision, policy: parsed };
    let resource_policy = describe_account(&name, &policy);
    policies.by_name.insert(name, policy);
    policies.merged = access::merged(policies.by_name.values());
    Ok(Output { resource_policy, revision_id: None })
}

fn put_group(
    world: &mut World,
    caller: &Caller,
    group_arn: &str,
    text: String,
    expected: Option<&str>,
) -> Result<Output, ServiceError> {
    let Some(key) = GroupKey::from_arn(group_arn) else {
        return Err(invalid(format!("'{group_arn}' is not the ARN of a log group")));
    };
    let name = format!("resource policy of {group_arn}");
    let parsed = access::parse(name, &text, ResourceService::LogsResource)?;
    world.authorize(caller, Access::to("logs:PutResourcePolicy", &key.access_arn()))?;
    let (now, revision) = (world.now, world.logs.ids.uuid());
    let group = world.log_group_mut(&key)?;
    let current = group.policy.as_ref().map(|policy| policy.revision.as_str());
    if expected.is_some() && expected != current {
        return Err(ServiceError::client(
            "OperationAbortedException",
            "The expected revision is not the current revision of the policy.",
        ));
    }
    let policy = ResourcePolicy { text, last_updated: now, revision, policy: parsed };
    let resource_policy = describe_group(&key, &policy);
    group.policy = Some(policy);
    world.trace("put resource policy", group_arn, resource_policy.policy_document.as_bytes());
    Ok(Output { revision_id: resource_policy.revision_id.clone(), resource_policy })
}
