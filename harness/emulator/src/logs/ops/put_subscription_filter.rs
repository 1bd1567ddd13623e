//! PutSubscriptionFilter.

use std::sync::Arc;

use serde::Deserialize;

use crate::kernel::{Access, ArnParts, Caller, ServiceError, Validation, World};
use crate::logs::delivery::{Source, Target, may_subscribe, probe};
use crate::logs::error::{invalid, limit_exceeded, not_found, not_in_enum, unsupported};
use crate::logs::names::{check_group, check_plain, group_key_checked};
use crate::logs::pattern::Pattern;
use crate::logs::{DestinationKey, Distribution, GroupKey, LogGroupClass, SubscriptionFilter};

/// How many filters of one group may use regular expressions.
const REGEX_FILTERS_MAX: usize = 5;

/// What PutSubscriptionFilter reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The log group.
    pub log_group_name: Option<String>,
    /// The filter's name: 1 to 512 characters, none of `:` and `*`.
    pub filter_name: Option<String>,
    /// At most 1,024 characters; empty for all events.
    pub filter_pattern: Option<String>,
    /// The ARN of a Kinesis stream of the same account, or of a destination.
    pub destination_arn: Option<String>,
    /// The role with which a stream is written; not needed with a destination.
    pub role_arn: Option<String>,
    /// `ByLogStream` (default) or `Random`.
    pub distribution: Option<String>,
    /// Not supported when true: there are no log transformers here.
    pub apply_on_transformed_logs: Option<bool>,
    /// Not supported: selection by the fields of the log source.
    pub field_selection_criteria: Option<String>,
    /// Not supported: fields that AWS adds to the events.
    pub emit_system_fields: Option<Vec<String>>,
}

/// Makes a subscription filter, or changes the one of the same name; it applies to events that are
/// accepted from now on.
///
/// # Errors
/// `InvalidParameterException` for a pattern or destination that AWS refuses, or whose stream does
/// not take the control message; `ResourceNotFoundException` without group;
/// `LimitExceededException` over the quota; `AccessDeniedException` when the caller may not
/// subscribe, may not pass the role, or the destination's policy does not let it.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let mut check = Validation::new();
    check_group(&mut check, "logGroupName", input.log_group_name.as_ref());
    check_plain(&mut check, "filterName", input.filter_name.as_ref());
    check.required("filterPattern", input.filter_pattern.as_ref());
    check.length("filterPattern", input.filter_pattern.as_deref().unwrap_or_default(), 0, 1024);
    check.required("destinationArn", input.destination_arn.as_ref());
    let key = group_key_checked(caller, input.log_group_name.as_ref(), check)?;
    refuse_unsupported(&input)?;
    let distribution = distribution(input.distribution.as_deref())?;
    let pattern = Pattern::parse(input.filter_pattern.as_deref().unwrap_or_default())
        .map_err(|error| invalid(error.for_subscriptions()))?;
    world.authorize(caller, Access::to("logs:PutSubscriptionFilter", &key.access_arn()))?;
    let name: Arc<str> = input.filter_name.unwrap_or_default().into();
    check_group_takes(world, &key, &name, &pattern)?;
    let destination_arn = input.destination_arn.unwrap_or_default();
    let role_arn = input.role_arn;
    check_destination(world, caller, &key, &destination_arn, role_arn.as_deref())?;
    world.trace("put subscription filter", &key.arn(), pattern.text().as_bytes());
    let now = world.now;
    let group = world.log_group_mut(&key)?;
    let creation_time = group.filters.get(&name).map_or(now, |old| old.creation_time);
    let filter = SubscriptionFilter {
        pattern: Arc::new(pattern),
        destination_arn,
        role_arn,
        distribution,
        creation_time,
        disabled: None,
    };
    group.filters.insert(name, filter);
    Ok(())
}

fn refuse_unsupported(input: &Input) -> Result<(), ServiceError> {
    unsupported(
        "applyOnTransformedLogs",
        input.apply_on_transformed_logs.filter(|on| *on).as_ref(),
    )?;
    unsupported("fieldSelectionCriteria", input.field_selection_criteria.as_ref())?;
    unsupported("emitSystemFields", input.emit_system_fields.as_ref())
}

fn distribution(name: Option<&str>) -> Result<Distribution, ServiceError> {
    let Some(name) = name else { return Ok(Distribution::ByLogStream) };
    Distribution::named(name).ok_or_else(|| not_in_enum("distribution", &["Random", "ByLogStream"]))
}

/// Whether the group is there, is of a class with subscriptions, and has room for the filter.
fn check_group_takes(
    world: &World,
    key: &GroupKey,
    name: &Arc<str>,
    pattern: &Pattern,
) -> Result<(), ServiceError> {
    let group = world.log_group(key)?;
    if group.class != LogGroupClass::Standard {
        return Err(invalid(format!(
            "The log group {} is not of the STANDARD class: only that class has subscription \
             filters",
            key.name
        )));
    }
    let others = || group.filters.iter().filter(|(other, _)| *other != name);
    if others().count() >= world.settings.logs.subscription_filters_max {
        return Err(limit_exceeded());
    }
    let regex = others().filter(|(_, other)| other.pattern.regexes() > 0).count();
    if pattern.regexes() > 0 && regex >= REGEX_FILTERS_MAX {
        return Err(limit_exceeded());
    }
    Ok(())
}

/// Whether the destination may be used: by policies, and for a stream by a control message.
fn check_destination(
    world: &mut World,
    caller: &Caller,
    key: &GroupKey,
    destination_arn: &str,
    role_arn: Option<&str>,
) -> Result<(), ServiceError> {
    if let Some(destination) = DestinationKey::from_arn(destination_arn) {
        if let Some(role_arn) = role_arn {
            world.authorize_pass_role(caller, role_arn, "logs.amazonaws.com")?;
        }
        if destination.region != key.region || !world.logs.destinations.contains_key(&destination) {
            return Err(not_found("destination"));
        }
        return may_subscribe(world, caller, &destination);
    }
    let Some(target) = Target::of(destination_arn) else {
        return Err(invalid(no_destination(destination_arn)));
    };
    let Some(role_arn) = role_arn else {
        return Err(invalid(format!(
            "destinationArn for vendor {} cannot be used without roleArn",
            target.vendor()
        )));
    };
    let owner = ArnParts::split(destination_arn).and_then(|parts| parts.account_id());
    if owner != Some(key.account) {
        return Err(invalid(format!(
            "The stream {destination_arn} belongs to another account: put a destination in front \
             of it and subscribe to that"
        )));
    }
    world.authorize_pass_role(caller, role_arn, "logs.amazonaws.com")?;
    let arn = key.arn_of_all();
    let source = Source { account: key.account, region: &key.region, arn: &arn };
    probe(world, target, destination_arn, role_arn, &source)
}

fn no_destination(destination_arn: &str) -> String {
    if destination_arn.contains(":lambda:") {
        return format!(
            "this emulator delivers subscriptions to Kinesis streams and to destinations, not to \
             the Lambda function {destination_arn}"
        );
    }
    format!(
        "Invalid destinationArn '{destination_arn}': it has to be the ARN of a Kinesis stream or \
         of a destination"
    )
}
