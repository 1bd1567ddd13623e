//! CreateLogGroup.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::kernel::{Access, Caller, ServiceError, Validation, World};
use crate::logs::error::{already_exists, invalid, not_in_enum};
use crate::logs::names::{check_group, group_key_checked};
use crate::logs::{Group, LogGroupClass};

/// What CreateLogGroup reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The name: 1 to 512 of `A-Za-z0-9._/#-`, not beginning with `aws/`.
    pub log_group_name: Option<String>,
    /// Kept and described; nothing is encrypted here.
    pub kms_key_id: Option<String>,
    /// Tags.
    pub tags: Option<BTreeMap<String, String>>,
    /// `STANDARD` (default), `INFREQUENT_ACCESS` or `DELIVERY`.
    pub log_group_class: Option<String>,
    /// Whether DeleteLogGroup is refused.
    pub deletion_protection_enabled: Option<bool>,
}

/// Makes a log group.
///
/// # Errors
/// `InvalidParameterException`, `ResourceAlreadyExistsException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let mut check = Validation::new();
    check_group(&mut check, "logGroupName", input.log_group_name.as_ref());
    let key = group_key_checked(caller, input.log_group_name.as_ref(), check)?;
    if key.name.starts_with("aws/") {
        return Err(invalid("Log groups starting with aws/ are reserved for AWS."));
    }
    let class = class(input.log_group_class.as_deref())?;
    world.authorize(caller, Access::to("logs:CreateLogGroup", &key.access_arn()))?;
    if world.logs.groups.contains_key(&key) {
        return Err(already_exists("log group"));
    }
    let mut group = Group::new(world.now, class);
    group.kms_key_id = input.kms_key_id;
    group.tags = input.tags.unwrap_or_default();
    group.deletion_protection = input.deletion_protection_enabled.unwrap_or_default();
    world.trace("create log group", &key.arn(), b"");
    world.logs.groups.insert(key, group);
    Ok(())
}

fn class(name: Option<&str>) -> Result<LogGroupClass, ServiceError> {
    let Some(name) = name else { return Ok(LogGroupClass::Standard) };
    LogGroupClass::named(name).ok_or_else(|| not_in_enum("logGroupClass", &LogGroupClass::NAMES))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::tests::{member, world};

    fn create(name: &str) -> Input {
        Input { log_group_name: Some(name.to_owned()), ..Input::default() }
    }

    #[test]
    fn a_group_is_made_once() {
        let (mut world, caller) = (world(), member(1));
        assert_eq!(run(&mut world, &caller, create("/aws/vpc/a")), Ok(()));
        let error = run(&mut world, &caller, create("/aws/vpc/a")).expect_err("twice");
        assert_eq!(error.code, "ResourceAlreadyExistsException");
        assert_eq!(error.message, "The specified log group already exists");
        assert_eq!(run(&mut world, &member(2), create("/aws/vpc/a")), Ok(()), "another account's");
        assert_eq!(world.log_groups().count(), 2);
    }

    #[test]
    fn names_that_aws_refuses() {
        let long = "x".repeat(513);
        for (name, part) in [
            ("", "Member must have length greater than or equal to 1"),
            ("a b", "Member must satisfy regular expression pattern"),
            ("aws/x", "reserved"),
            (long.as_str(), "both must have length less than or equal to 512."),
        ] {
            let error = run(&mut world(), &member(1), create(name)).expect_err(name);
            assert_eq!(error.code, "InvalidParameterException", "{name}");
            assert!(error.message.contains(part), "{name}: {}", error.message);
        }
    }

    #[test]
    fn a_class_that_there_is_not() {
        let input = Input { log_group_class: Some("CHEAP".to_owned()), ..create("a") };
        let error = run(&mut world(), &member(1), input).expect_err("refused");
        assert_eq!(
            error.message,
            "1 validation error detected: Value at 'logGroupClass' failed to satisfy constraint: \
             Member must satisfy enum value set: [STANDARD, INFREQUENT_ACCESS, DELIVERY]"
        );
    }
}
