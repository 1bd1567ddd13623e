//! DescribeLogGroups.

use serde::{Deserialize, Serialize};

use crate::kernel::{Access, Caller, ServiceError, Validation, World, arn};
use crate::logs::error::{finish, invalid, not_in_enum, unsupported};
use crate::logs::names::check_limit;
use crate::logs::page::page;
use crate::logs::{Group, GroupKey, LogGroupClass};

/// What DescribeLogGroups reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// What the names begin with.
    pub log_group_name_prefix: Option<String>,
    /// What the names contain, in any case of letters; not together with a prefix.
    pub log_group_name_pattern: Option<String>,
    /// Of which class.
    pub log_group_class: Option<String>,
    /// Names or ARNs of the groups that are wanted.
    pub log_group_identifiers: Option<Vec<String>>,
    /// Not supported: groups of linked accounts.
    pub account_identifiers: Option<Vec<String>>,
    /// Not supported when true: groups of linked accounts.
    pub include_linked_accounts: Option<bool>,
    /// 1 to 50; 50 when absent.
    pub limit: Option<i64>,
    /// Where the last page ended.
    pub next_token: Option<String>,
}

/// What DescribeLogGroups answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Output {
    /// The groups, by name.
    pub log_groups: Vec<Described>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// One log group.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Described {
    /// Its name.
    pub log_group_name: String,
    /// When it was made, in milliseconds.
    pub creation_time: i64,
    /// How many days events are kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention_in_days: Option<i64>,
    /// There are no metric filters here.
    pub metric_filter_count: i64,
    /// Its ARN with `:*`.
    pub arn: String,
    /// The bytes of its events.
    pub stored_bytes: u64,
    /// The key as it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_key_id: Option<String>,
    /// Its class.
    pub log_group_class: LogGroupClass,
    /// Its ARN without `:*`.
    pub log_group_arn: String,
    /// Whether DeleteLogGroup is refused.
    pub deletion_protection_enabled: bool,
}

/// Lists the caller's log groups.
///
/// # Errors
/// `InvalidParameterException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut check = Validation::new();
    let limit = check_limit(&mut check, input.limit, 50, 50);
    finish(check)?;
    unsupported("accountIdentifiers", input.account_identifiers.as_ref())?;
    unsupported("includeLinkedAccounts", input.include_linked_accounts.filter(|on| *on).as_ref())?;
    if input.log_group_name_prefix.is_some() && input.log_group_name_pattern.is_some() {
        return Err(invalid(
            "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.",
        ));
    }
    let class = match input.log_group_class.as_deref() {
        Some(name) => Some(
            LogGroupClass::named(name)
                .ok_or_else(|| not_in_enum("logGroupClass", &LogGroupClass::NAMES))?,
        ),
        None => None,
    };
    // AWS asks about a group without a name.
    let all = arn("logs", &caller.region, caller.account, "log-group::log-stream:");
    world.authorize(caller, Access::to("logs:DescribeLogGroups", &all))?;
    let first = GroupKey::new(caller.account, &caller.region, "");
    let wanted = world
        .logs
        .groups
        .range(first..)
        .take_while(|(key, _)| key.account == caller.account && key.region == caller.region)
        .filter(|(key, group)| {
            is_wanted(&input, key) && class.is_none_or(|class| class == group.class)
        });
    let name = |(key, _): &(&GroupKey, &Group)| key.name.to_string();
    let page = page(world.now, wanted, name, input.next_token.as_ref(), limit)?;
    let log_groups = page.items.into_iter().map(|(key, group)| describe(key, group)).collect();
    Ok(Output { log_groups, next_token: page.next_token })
}

fn is_wanted(input: &Input, key: &GroupKey) -> bool {
    let prefix = input.log_group_name_prefix.as_deref().unwrap_or_default();
    let pattern = input.log_group_name_pattern.as_deref().unwrap_or_default();
    let named = input.log_group_identifiers.as_ref().is_none_or(|identifiers| {
        identifiers.iter().any(|identifier| {
            *identifier == *key.name || GroupKey::from_arn(identifier).as_ref() == Some(key)
        })
    });
    named
        && key.name.starts_with(prefix)
        && key.name.to_lowercase().contains(&pattern.to_lowercase())
}

fn describe(key: &GroupKey, group: &Group) -> Described {
    Described {
        log_group_name: key.name.to_string(),
        creation_time: group.creation_time.ms(),
        retention_in_days: group.retention_days,
        metric_filter_count: 0,
        arn: key.arn_of_all(),
        stored_bytes: group.stored_bytes(),
        kms_key_id: group.kms_key_id.clone(),
        log_group_class: group.class,
        log_group_arn: key.arn(),
        deletion_protection_enabled: group.deletion_protection,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::tests::{member, stream_in, world};

    #[test]
    fn lists_the_callers_groups_by_name() {
        let (mut world, caller) = (world(), member(1));
        for name in ["b", "a/x", "a/y"] {
            stream_in(&mut world, &caller, name, "s");
        }
        stream_in(&mut world, &member(2), "a/z", "s");
        let mut names = |input: Input| {
            let output = run(&mut world, &caller, input).expect("a list");
            output.log_groups.into_iter().map(|group| group.log_group_name).collect::<Vec<_>>()
        };
        assert_eq!(names(Input::default()), ["a/x", "a/y", "b"]);
        let prefix = Some("a/".to_owned());
        assert_eq!(names(Input { log_group_name_prefix: prefix, ..Input::default() }).len(), 2);
        let pattern = Some("/Y".to_owned());
        assert_eq!(names(Input { log_group_name_pattern: pattern, ..Input::default() }), ["a/y"]);
        let identifiers = Some(vec!["arn:aws:logs:us-west-2:111111111111:log-group:b".to_owned()]);
        assert_eq!(names(Input { log_group_identifiers: identifiers, ..Input::default() }), ["b"]);
    }

    #[test]
    fn goes_on_where_the_page_ended() {
        let (mut world, caller) = (world(), member(1));
        for name in ["a", "b", "c"] {
            stream_in(&mut world, &caller, name, "s");
        }
        let first = run(&mut world, &caller, Input { limit: Some(2), ..Input::default() });
        let token = first.expect("a page").next_token;
        assert!(token.is_some());
        let input = Input { limit: Some(2), next_token: token, ..Input::default() };
        let second = run(&mut world, &caller, input).expect("a page");
        assert_eq!(second.next_token, None);
        let json = serde_json::to_value(&second).expect("json");
        let group = &json["logGroups"][0];
        assert_eq!(group["arn"], "arn:aws:logs:us-west-2:111111111111:log-group:c:*");
        assert_eq!(group["logGroupArn"], "arn:aws:logs:us-west-2:111111111111:log-group:c");
        assert_eq!(group["logGroupClass"], "STANDARD");
        assert_eq!(group.get("retentionInDays"), None);
    }

    #[test]
    fn refuses_what_aws_refuses() {
        let both = Input {
            log_group_name_prefix: Some("a".to_owned()),
            log_group_name_pattern: Some("a".to_owned()),
            ..Input::default()
        };
        let error = run(&mut world(), &member(1), both).expect_err("both");
        assert_eq!(
            error.message,
            "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters."
        );
        let limit = Input { limit: Some(51), ..Input::default() };
        let error = run(&mut world(), &member(1), limit).expect_err("51");
        assert_eq!(
            error.message,
            "1 validation error detected: Value '51' at 'limit' failed to satisfy constraint: \
             Member must have value less than or equal to 50"
        );
    }
}
