//! DeleteResourcePolicy.

use serde::Deserialize;

use crate::kernel::{Access, Caller, ServiceError, World};
use crate::logs::error::invalid;
use crate::logs::{GroupKey, access};

/// What DeleteResourcePolicy reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The name of an account-wide policy.
    pub policy_name: Option<String>,
    /// The log group whose own policy goes; not together with a name.
    pub resource_arn: Option<String>,
    /// The revision that goes; only with a log group.
    pub expected_revision_id: Option<String>,
}

/// Removes a resource policy.
///
/// # Errors
/// `ResourceNotFoundException`, `InvalidParameterException`, `OperationAbortedException`,
/// `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    match (input.policy_name.as_deref(), input.resource_arn.as_deref()) {
        (Some(name), None) => delete_account(world, caller, name),
        (None, Some(group)) => {
            delete_group(world, caller, group, input.expected_revision_id.as_deref())
        }
        _ => Err(invalid("Exactly one of policyName and resourceArn must be given.")),
    }
}

fn missing(name: &str) -> ServiceError {
    ServiceError::client(
        "ResourceNotFoundException",
        format!("Policy with name [{name}] does not exist."),
    )
}

fn delete_account(world: &mut World, caller: &Caller, name: &str) -> Result<(), ServiceError> {
    world.authorize(caller, Access::to("logs:DeleteResourcePolicy", "*"))?;
    let place = (caller.account, caller.region.clone());
    let policies = world.logs.resource_policies.get_mut(&place).ok_or_else(|| missing(name))?;
    policies.by_name.remove(name).ok_or_else(|| missing(name))?;
    policies.merged = access::merged(policies.by_name.values());
    world.trace("delete resource policy", name, b"");
    Ok(())
}

fn delete_group(
    world: &mut World,
    caller: &Caller,
    group_arn: &str,
    expected: Option<&str>,
) -> Result<(), ServiceError> {
    let Some(key) = GroupKey::from_arn(group_arn) else {
        return Err(invalid(format!("'{group_arn}' is not the ARN of a log group")));
    };
    world.authorize(caller, Access::to("logs:DeleteResourcePolicy", &key.access_arn()))?;
    let group = world.log_group_mut(&key)?;
    let policy = group.policy.as_ref().ok_or_else(|| missing(group_arn))?;
    if expected.is_some_and(|expected| expected != policy.revision) {
        return Err(ServiceError::client(
            "OperationAbortedException",
            "The expected revision is not the current revision of the policy.",
        ));
    }
    group.policy = None;
    world.trace("delete resource policy", group_arn, b"");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::ops::{describe_resource_policies, put_resource_policy};
    use crate::logs::tests::{member, stream_in, world};

    const DOCUMENT: &str = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\
        \"Principal\":{\"Service\":\"events.amazonaws.com\"},\"Action\":[\"logs:CreateLogStream\",\
        \"logs:PutLogEvents\"],\"Resource\":\"arn:aws:logs:us-west-2:111111111111:log-group:/aws/\
        events/*:*\"}]}";

    fn put(name: &str) -> put_resource_policy::Input {
        put_resource_policy::Input {
            policy_name: Some(name.to_owned()),
            policy_document: Some(DOCUMENT.to_owned()),
            ..Default::default()
        }
    }

    #[test]
    fn ten_account_wide_policies_and_no_more() {
        let (mut world, caller) = (world(), member(1));
        for name in 0..10 {
            put_resource_policy::run(&mut world, &caller, put(&name.to_string())).expect("put");
        }
        put_resource_policy::run(&mut world, &caller, put("9")).expect("put again");
        let error = put_resource_policy::run(&mut world, &caller, put("x")).expect_err("eleven");
        assert_eq!(error.message, "Resource limit exceeded.");
        let list = describe_resource_policies::run(&mut world, &caller, Default::default());
        assert_eq!(list.expect("a list").resource_policies.len(), 10);
        let input = |name: &str| Input { policy_name: Some(name.to_owned()), ..Input::default() };
        assert_eq!(run(&mut world, &caller, input("3")), Ok(()));
        let error = run(&mut world, &caller, input("3")).expect_err("gone");
        assert_eq!(error.code, "ResourceNotFoundException");
        assert_eq!(error.message, "Policy with name [3] does not exist.");
    }

    #[test]
    fn a_group_has_one_of_its_own_with_a_revision() {
        let (mut world, caller) = (world(), member(1));
        let key = stream_in(&mut world, &caller, "g", "s");
        let arn = Some(key.arn());
        let given = put_resource_policy::Input {
            resource_arn: arn.clone(),
            policy_document: Some(DOCUMENT.to_owned()),
            ..Default::default()
        };
        let first = put_resource_policy::run(&mut world, &caller, given.clone()).expect("put");
        let stale = put_resource_policy::Input {
            expected_revision_id: Some("another".to_owned()),
            ..given
        };
        let error = put_resource_policy::run(&mut world, &caller, stale).expect_err("stale");
        assert_eq!(error.code, "OperationAbortedException");
        let input =
            describe_resource_policies::Input { resource_arn: arn.clone(), ..Default::default() };
        let list = describe_resource_policies::run(&mut world, &caller, input).expect("a list");
        assert_eq!(list.resource_policies, [first.resource_policy]);
        let input = Input {
            resource_arn: arn,
            expected_revision_id: first.revision_id,
            ..Input::default()
        };
        assert_eq!(run(&mut world, &caller, input), Ok(()));
        assert!(world.log_group(&key).is_ok_and(|group| group.policy.is_none()));
    }

    #[test]
    fn a_name_and_a_group_exclude_each_other() {
        let both = put_resource_policy::Input { resource_arn: Some(String::new()), ..put("a") };
        let error = put_resource_policy::run(&mut world(), &member(1), both).expect_err("both");
        assert_eq!(error.code, "InvalidParameterException");
    }
}
