//! PutTargets (guardduty reference, §6).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::events::TargetInput;
use crate::events::deliver::SERVICE;
use crate::events::error::{check_count, invalid, limit_exceeded};
use crate::events::rule::{Named, check};
use crate::events::target::{AGE_MAX_S, Fault, RETRIES_MAX, Target};
use crate::kernel::{Access, Caller, ServiceError, Validation, World};

/// The most targets of one call.
const TARGETS_MAX: usize = 100;

/// Targets of a rule.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The name of the rule.
    pub rule: Option<String>,
    /// The name or ARN of its bus.
    pub event_bus_name: Option<String>,
    /// 1 to 100 targets; one whose id is there takes its place.
    pub targets: Option<Vec<TargetInput>>,
}

/// Which entries failed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// How many failed.
    pub failed_entry_count: usize,
    /// Which, and why.
    pub failed_entries: Vec<FailedEntry>,
}

/// An entry that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct FailedEntry {
    /// The target's id.
    pub target_id: String,
    /// Why, as a code.
    pub error_code: String,
    /// Why, as a sentence.
    pub error_message: String,
}

/// Adds targets to a rule.
///
/// # Errors
/// `ValidationException`, `LimitExceededException`, `ResourceNotFoundException` without the rule,
/// `AccessDeniedException`, also when a target's role may not be passed.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    validate(&input)?;
    let named = Named::of(caller, input.rule.as_ref(), input.event_bus_name.as_ref());
    world.authorize(caller, Access::to("events:PutTargets", &named.arn))?;
    let rule = named.find(world)?;
    let settings = &world.settings.events;
    let (most, aws_only) = (settings.targets_per_rule, settings.log_groups_under_aws_events_only);
    let mut targets = rule.targets.clone();
    let mut output = Output::default();
    for given in input.targets.unwrap_or_default() {
        let id = given.id.clone().unwrap_or_default();
        let role = given.role_arn.clone();
        match Target::read(given, &named.bus, aws_only) {
            Ok(target) => {
                if let Some(role) = role {
                    world.authorize_pass_role(caller, &role, SERVICE)?;
                }
                targets.insert(id, Arc::new(target));
            }
            Err(Fault::Invalid(message)) => return Err(invalid(message)),
            Err(Fault::Entry(code, message)) => output.failed_entries.push(FailedEntry {
                target_id: id,
                error_code: code.to_owned(),
                error_message: message,
            }),
        }
    }
    if targets.len() > most {
        return Err(limit_exceeded("The requested resource exceeds the maximum number allowed."));
    }
    output.failed_entry_count = output.failed_entries.len();
    let ids = targets.keys().cloned().collect::<Vec<_>>().join(",");
    named.change(world, |rule| rule.targets = targets)?;
    world.trace("events.targets", &named.arn, ids.as_bytes());
    Ok(output)
}

fn validate(input: &Input) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    check(&mut validation, "rule", input.rule.as_ref(), input.event_bus_name.as_ref());
    validation.required("targets", input.targets.as_ref());
    let targets = input.targets.as_deref().unwrap_or_default();
    if input.targets.is_some() {
        check_count(&mut validation, "targets", targets.len(), 1, TARGETS_MAX);
    }
    for (place, target) in targets.iter().enumerate() {
        let path = |name: &str| format!("targets.{}.member.{name}", place + 1);
        validation.required(&path("id"), target.id.as_ref());
        if let Some(id) = &target.id {
            validation.length(&path("id"), id, 1, 64);
            validation.pattern(&path("id"), id, r"[\.\-_A-Za-z0-9]+", |c| {
                c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')
            });
        }
        validation.required(&path("arn"), target.arn.as_ref());
        validation.length(&path("arn"), target.arn.as_deref().unwrap_or("-"), 1, 1_600);
        if let Some(text) = &target.input {
            validation.length(&path("input"), text, 0, 8_192);
        }
        if let Some(transformer) = &target.input_transformer {
            let path = path("inputTransformer.inputTemplate");
            validation.required(&path, transformer.input_template.as_ref());
            let text = transformer.input_template.as_deref().unwrap_or("-");
            validation.length(&path, text, 1, 8_192);
        }
        let policy = target.retry_policy.clone().unwrap_or_default();
        let attempts = policy.maximum_retry_attempts.unwrap_or(0);
        validation.range(&path("retryPolicy.maximumRetryAttempts"), attempts, 0, RETRIES_MAX);
        let age = policy.maximum_event_age_in_seconds.unwrap_or(60);
        validation.range(&path("retryPolicy.maximumEventAgeInSeconds"), age, 60, AGE_MAX_S);
    }
    validation.finish()
}
