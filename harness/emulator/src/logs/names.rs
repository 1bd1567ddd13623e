//! Names, and what they resolve to (cloudwatch-logs reference, groups and streams).

use crate::kernel::World;
use crate::kernel::{Caller, ServiceError, Validation};
use crate::logs::error::{finish, invalid, not_found};
use crate::logs::{Group, GroupKey};

const GROUP_PATTERN: &str = r"[\.\-_/#A-Za-z0-9]+";
const STREAM_PATTERN: &str = "[^:*]*";
const LONGEST: usize = 512;

/// Checks the name of a log group.
pub(crate) fn check_group(check: &mut Validation, path: &str, name: Option<&String>) {
    check.required(path, name);
    let Some(name) = name else { return };
    check.length(path, name, 1, LONGEST);
    check.pattern(path, name, GROUP_PATTERN, |c| {
        c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | '#')
    });
}

/// Checks the name of a log stream, a destination or a filter: none of `:` and `*`.
pub(crate) fn check_plain(check: &mut Validation, path: &str, name: Option<&String>) {
    check.required(path, name);
    let Some(name) = name else { return };
    check.length(path, name, 1, LONGEST);
    check.pattern(path, name, STREAM_PATTERN, |c| c != ':' && c != '*');
}

/// Checks `limit`, and gives it or the default.
pub(crate) fn check_limit(
    check: &mut Validation,
    limit: Option<i64>,
    most: i64,
    default: usize,
) -> usize {
    let Some(limit) = limit else { return default };
    check.range("limit", limit, 1, most);
    usize::try_from(limit).unwrap_or(default)
}

/// The key of the caller's log group of this name; AWS refuses an over-long one in words of its own.
pub(crate) fn group_key(caller: &Caller, name: Option<&String>) -> Result<GroupKey, ServiceError> {
    let mut check = Validation::new();
    check_group(&mut check, "logGroupName", name);
    group_key_checked(caller, name, check)
}

/// The same, after other members were checked with it.
pub(crate) fn group_key_checked(
    caller: &Caller,
    name: Option<&String>,
    check: Validation,
) -> Result<GroupKey, ServiceError> {
    if name.is_some_and(|name| name.chars().count() > LONGEST) {
        return Err(invalid(
            "Invalid LogGroup or LogStream, both must have length less than or equal to 512.",
        ));
    }
    finish(check)?;
    Ok(GroupKey::new(caller.account, &caller.region, name.map_or("", String::as_str)))
}

/// The key of a log group that a request gives by name or by `logGroupIdentifier` (a name or an
/// ARN), but not by both.
pub(crate) fn identified_group(
    caller: &Caller,
    name: Option<&String>,
    identifier: Option<&String>,
) -> Result<GroupKey, ServiceError> {
    match (name, identifier) {
        (Some(_), Some(_)) => Err(ServiceError::validation(
            "LogGroup name and LogGroup ARN are mutually exclusive parameters.",
        )),
        (None, None) => {
            Err(invalid("Either logGroupName or logGroupIdentifier must be given in the request."))
        }
        (None, Some(identifier)) if identifier.starts_with("arn:") => {
            GroupKey::from_arn(identifier).filter(|key| key.region == caller.region).ok_or_else(
                || invalid(format!("The log group provided is not valid: {identifier}")),
            )
        }
        (name, identifier) => group_key(caller, name.or(identifier)),
    }
}

impl World {
    /// The log group, or AWS's error.
    pub(crate) fn log_group(&self, key: &GroupKey) -> Result<&Group, ServiceError> {
        self.logs.groups.get(key).ok_or_else(|| not_found("log group"))
    }

    /// The log group to be changed, or AWS's error.
    pub(crate) fn log_group_mut(&mut self, key: &GroupKey) -> Result<&mut Group, ServiceError> {
        self.logs.groups.get_mut(key).ok_or_else(|| not_found("log group"))
    }
}
