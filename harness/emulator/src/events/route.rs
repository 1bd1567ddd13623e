//! From a bus to the targets of the rules that match.

use std::sync::Arc;

use serde_json::Value;
use tributary_vocabulary::Timestamp;

use super::bus::BusKey;
use super::deliver::{Fate, Parcel, deliver};
use super::rule::Rule;
use super::target::{Kind, Target};
use super::transform::Facts;
use crate::kernel::World;

/// An event that a bus takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arriving<'a> {
    /// Its text, byte for byte.
    pub(crate) text: &'a str,
    /// The same, parsed.
    pub(crate) event: &'a Value,
    /// When it happened.
    pub(crate) at: Timestamp,
    /// From how many other buses it came.
    pub(crate) hops: u32,
}

/// What became of an event on a bus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Routing {
    /// How many rules matched it.
    pub(crate) matched: usize,
    /// Whether a log group has it.
    pub(crate) is_logged: bool,
    /// A target that is no log group and has it.
    pub(crate) elsewhere: Option<String>,
    /// The last delivery into a log group that was given up, else the last of any.
    pub(crate) failure: Option<Failure>,
}

/// A delivery that was given up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Failure {
    /// The ARN of the rule.
    pub(crate) rule_arn: String,
    /// Why, as a code.
    pub(crate) code: String,
    /// Why, as a sentence that names the rule and the target.
    pub(crate) message: String,
}

/// Asks all rules of a bus about an event, by name, and delivers to the targets of those that
/// match, by id.
pub(crate) fn route(world: &mut World, bus: &BusKey, arriving: &Arriving<'_>) -> Routing {
    let mut routing = Routing::default();
    world.trace("event", &bus.name, arriving.text.as_bytes());
    let Some(found) = world.events.buses.get(bus) else { return routing };
    let matching: Vec<Arc<Rule>> = found
        .rules
        .values()
        .filter(|rule| rule.is_enabled())
        .filter(|rule| {
            rule.pattern.as_ref().is_some_and(|(_, pattern)| pattern.matches(arriving.event))
        })
        .cloned()
        .collect();
    routing.matched = matching.len();
    for rule in matching {
        match world.events.statistics.get_mut(&rule.arn) {
            Some(statistics) => statistics.matched += 1,
            None => world.events.statistics.entry(rule.arn.clone()).or_default().matched += 1,
        }
        for target in rule.targets.values() {
            to_target(world, bus, &rule, target, arriving, &mut routing);
        }
    }
    routing
}

fn to_target(
    world: &mut World,
    bus: &BusKey,
    rule: &Rule,
    target: &Target,
    arriving: &Arriving<'_>,
    routing: &mut Routing,
) {
    let parcel = parcel(world, rule, target, arriving);
    let is_log_group = target.log_group().is_some();
    match deliver(world, bus, rule, target, parcel) {
        Fate::Arrived if is_log_group => routing.is_logged = true,
        Fate::Arrived | Fate::Later => routing.elsewhere = Some(target.arn().to_owned()),
        Fate::Failed(error) => {
            if !is_log_group && routing.failure.is_some() {
                return;
            }
            let message = if is_log_group {
                error.message
            } else {
                format!(
                    "rule {} could not deliver to {}: {}",
                    rule.name,
                    target.arn(),
                    error.message
                )
            };
            let (rule_arn, code) = (rule.arn.clone(), error.code.into_owned());
            routing.failure = Some(Failure { rule_arn, code, message });
        }
    }
}

fn parcel(world: &World, rule: &Rule, target: &Target, arriving: &Arriving<'_>) -> Parcel {
    let ingested = world.now.to_string();
    let facts = Facts { rule_arn: &rule.arn, rule_name: &rule.name, ingested: &ingested };
    let text = target.input.text(arriving.event, &facts);
    let key = match &target.kind {
        Kind::Kinesis(Some(path)) => path.find(arriving.event).map(|value| match value.as_ref() {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }),
        _ => None,
    };
    // Without a path the event's own id decides about the shard.
    let id = || arriving.event.get("id").and_then(Value::as_str).unwrap_or("-").to_owned();
    Parcel {
        is_made: target.input.is_made(),
        text: text.unwrap_or_else(|| arriving.text.to_owned()),
        partition_key: key
            .filter(|key| !key.is_empty())
            .unwrap_or_else(id)
            .chars()
            .take(256)
            .collect(),
        at: arriving.at,
        hops: arriving.hops,
    }
}
