//! Into a log group: its resource policy decides (guardduty reference, §6).

use serde_json::Value;
use tributary_vocabulary::Timestamp;

use super::{Parcel, SERVICE};
use crate::events::log_stream_name;
use crate::events::rule::Rule;
use crate::kernel::{Access, Caller, ServiceError, World};
use crate::logs::GroupKey;
use crate::logs::ops::{create_log_stream, put_log_events};
use crate::policy::{Decision, Outcome};

/// The principals that AWS's guide has the policy admit.
const WRITERS: [&str; 2] = [SERVICE, "delivery.logs.amazonaws.com"];

/// Writes one log event; the rule's stream is made when it is not there.
pub(super) fn put(
    world: &mut World,
    rule: &Rule,
    group: &GroupKey,
    parcel: &Parcel,
) -> Result<(), ServiceError> {
    let (at, message) = entry(parcel, rule, group)?;
    let stream = log_stream_name(world, &rule.arn, &group.arn());
    let resource = group.stream_arn(&stream);
    let told = |error: ServiceError| explained(error, rule, group);
    let exists = world.log_group(group).is_ok_and(|g| g.streams.contains_key(stream.as_str()));
    if !exists {
        let caller = writer(world, rule, group, "logs:CreateLogStream", &resource)?;
        let input = create_log_stream::Input {
            log_group_name: Some(group.name.to_string()),
            log_stream_name: Some(stream.clone()),
        };
        create_log_stream::run(world, &caller, input).map_err(told)?;
    }
    let caller = writer(world, rule, group, "logs:PutLogEvents", &resource)?;
    let event = put_log_events::InputLogEvent { timestamp: Some(at.ms()), message: Some(message) };
    let input = put_log_events::Input {
        log_group_name: Some(group.name.to_string()),
        log_stream_name: Some(stream),
        log_events: Some(vec![event]),
        ..Default::default()
    };
    let output = put_log_events::run(world, &caller, input).map_err(told)?;
    match output.rejected_log_events_info {
        None => Ok(()),
        Some(_) => Err(told(ServiceError::client(
            "RejectedLogEvents",
            format!(
                "the event of {at} lies outside of the time that the log group accepts: 14 days back, \
                 2 hours ahead, and its retention"
            ),
        ))),
    }
}

/// As whom EventBridge writes: as one that the policy admits, when it denies none.
fn writer(
    world: &mut World,
    rule: &Rule,
    group: &GroupKey,
    action: &str,
    resource: &str,
) -> Result<Caller, ServiceError> {
    let callers = WRITERS.map(|name| {
        Caller::service(name, group.account, group.region.clone(), Some(rule.arn.clone()))
    });
    let decisions =
        callers.each_ref().map(|caller| world.decide(caller, Access::to(action, resource)));
    let both = world.settings.events.log_groups_need_both_principals;
    let denied = decisions.iter().position(|d| d.outcome() == Outcome::ExplicitDeny);
    let refused = decisions.iter().position(|d| !d.is_allowed());
    let allowed = decisions.iter().position(Decision::is_allowed);
    let refusal = match (denied, allowed, refused) {
        (Some(denied), _, _) => denied,
        (None, Some(_), Some(refused)) if both => refused,
        (None, Some(allowed), _) => return Ok(callers[allowed].clone()),
        (None, None, _) => 0,
    };
    let decision = &decisions[refusal];
    let lines = decision.explanation_lines().join("; ");
    let error = ServiceError::access_denied(format!("{} ({lines})", decision.sentence()));
    world.refused(decision);
    Err(explained(error, rule, group))
}

/// The error with the rule and the log group in front.
fn explained(error: ServiceError, rule: &Rule, group: &GroupKey) -> ServiceError {
    let message = format!(
        "rule {} ({}) could not write into log group {}: {}",
        rule.name, rule.arn, group.name, error.message
    );
    ServiceError { message, ..error }
}

/// The time and the message of the log event. What a user's transformer makes has to be
/// `{"timestamp": …, "message": …}`; the time in milliseconds, or as ISO 8601.
fn entry(
    parcel: &Parcel,
    rule: &Rule,
    group: &GroupKey,
) -> Result<(Timestamp, String), ServiceError> {
    if !parcel.is_made {
        return Ok((parcel.at, parcel.text.clone()));
    }
    let made = || {
        let value: Value = serde_json::from_str(&parcel.text).ok()?;
        let at = match value.get("timestamp")? {
            Value::Number(ms) => Timestamp::from_ms(ms.as_i64()?),
            Value::String(text) => match text.parse::<i64>() {
                Ok(ms) => Timestamp::from_ms(ms),
                Err(_) => text.parse().ok()?,
            },
            _ => return None,
        };
        let message = match value.get("message")? {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        (!message.is_empty()).then_some((at, message))
    };
    made().ok_or_else(|| {
        let error = ServiceError::client(
            "InvalidInput",
            "the target's input has to be {\"timestamp\": <ms or ISO 8601>, \"message\": <text>}, and \
             it is not",
        );
        explained(error, rule, group)
    })
}
