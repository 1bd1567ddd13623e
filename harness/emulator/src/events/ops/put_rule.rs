//! PutRule (guardduty reference, §6).

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::events::deliver::SERVICE;
use crate::events::error::{invalid, limit_exceeded};
use crate::events::pattern::Pattern;
use crate::events::rule::{Named, Rule, STATES, check};
use crate::events::{Tag, schedule, tags};
use crate::kernel::{Access, Caller, ServiceError, Validation, World};

/// The longest pattern, in characters.
const PATTERN_MAX: usize = 4_096;

/// A rule as it shall be.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// Its name: 1 to 64 characters.
    pub name: Option<String>,
    /// When it is fired; stored, and not acted on.
    pub schedule_expression: Option<String>,
    /// Which events it is about.
    pub event_pattern: Option<String>,
    /// `ENABLED` (the default), `DISABLED` or `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`.
    pub state: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// The role with which its targets are reached.
    pub role_arn: Option<String>,
    /// Its tags; those of a rule that is there stay as they are.
    pub tags: Option<Vec<Tag>>,
    /// The name or ARN of its bus.
    pub event_bus_name: Option<String>,
}

/// Which rule it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// Its ARN.
    pub rule_arn: String,
}

/// Makes a rule, or gives one that is there all of this in place of what it had; its targets and
/// tags stay.
///
/// # Errors
/// `ValidationException`, `InvalidEventPatternException`, `LimitExceededException`,
/// `ResourceNotFoundException` without the bus, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    validate(&input)?;
    let named = Named::of(caller, input.name.as_ref(), input.event_bus_name.as_ref());
    world.authorize(caller, Access::to("events:PutRule", &named.arn))?;
    let pattern = match input.event_pattern {
        None => None,
        Some(text) => {
            let pattern = Pattern::parse(&text).map_err(|error| {
                ServiceError::client("InvalidEventPatternException", error.to_string())
            })?;
            Some((text, pattern))
        }
    };
    let state = input.state.unwrap_or_else(|| "ENABLED".to_owned());
    if let Some(text) = &input.schedule_expression {
        schedule::check(text)?;
        if state != "DISABLED" {
            return Err(schedule::not_fired());
        }
    }
    if pattern.is_none() && input.schedule_expression.is_none() {
        return Err(invalid("Parameter(s) EventPattern or ScheduleExpression must be specified."));
    }
    if let Some(role) = &input.role_arn {
        world.authorize_pass_role(caller, role, SERVICE)?;
    }
    let most = world.settings.events.rules_per_bus;
    let rules = &mut world.bus_mut(&named.bus)?.rules;
    let known = rules.get(&named.rule);
    if known.is_none() && rules.len() >= most {
        return Err(limit_exceeded("The requested resource exceeds the maximum number allowed."));
    }
    let (tags, targets) = match known {
        Some(known) => (known.tags.clone(), known.targets.clone()),
        None => (tags::map(input.tags.unwrap_or_default()), BTreeMap::new()),
    };
    let rule = Rule {
        name: named.rule.clone(),
        arn: named.arn.clone(),
        pattern,
        schedule: input.schedule_expression,
        state,
        description: input.description,
        role_arn: input.role_arn,
        tags,
        targets,
    };
    rules.insert(named.rule, Arc::new(rule));
    world.trace("events.rule", &named.arn, b"");
    Ok(Output { rule_arn: named.arn })
}

fn validate(input: &Input) -> Result<(), ServiceError> {
    let mut validation = Validation::new();
    check(&mut validation, "name", input.name.as_ref(), input.event_bus_name.as_ref());
    let lengths = [
        ("scheduleExpression", &input.schedule_expression, 256),
        ("eventPattern", &input.event_pattern, PATTERN_MAX),
        ("description", &input.description, 512),
        ("roleArn", &input.role_arn, 1_600),
    ];
    for (path, text, most) in lengths {
        if let Some(text) = text {
            validation.length(path, text, 0, most);
        }
    }
    if let Some(state) = &input.state {
        validation.one_of("state", state, STATES);
    }
    tags::check(&mut validation, input.tags.as_deref().unwrap_or_default());
    validation.finish()
}
