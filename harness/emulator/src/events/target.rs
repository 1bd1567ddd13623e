//! Targets of rules.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::bus::BusKey;
use super::transform::{Input, Path, Template};
use crate::kernel::ArnParts;
use crate::logs::GroupKey;

/// The longest time that a delivery is repeated, in seconds, and the default.
pub(super) const AGE_MAX_S: i64 = 86_400;
/// The most repetitions of a delivery, and the default.
pub(super) const RETRIES_MAX: i64 = 185;

/// A target as it is put and listed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TargetInput {
    /// Its id in its rule.
    pub id: Option<String>,
    /// The resource.
    pub arn: Option<String>,
    /// The role with which it is reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    /// What it gets instead of the event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<String>,
    /// The part of the event that it gets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_path: Option<String>,
    /// What is made of the event for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_transformer: Option<TransformerInput>,
    /// Of a Kinesis stream: what decides about the shard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kinesis_parameters: Option<KinesisInput>,
    /// How often and how long a delivery is repeated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_policy: Option<RetryInput>,
    /// Not offered: it names a queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dead_letter_config: Option<BTreeMap<String, Value>>,
}

/// An input transformer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TransformerInput {
    /// Variables and the paths at which their values lie.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_paths_map: Option<BTreeMap<String, String>>,
    /// The template.
    pub input_template: Option<String>,
}

/// What decides about the shard.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct KinesisInput {
    /// The path of the partition key in the event.
    pub partition_key_path: Option<String>,
}

/// How often and how long a delivery is repeated.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct RetryInput {
    /// At the most so many times: 0 to 185.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum_retry_attempts: Option<i64>,
    /// As long as the event is no older: 60 to 86,400 seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum_event_age_in_seconds: Option<i64>,
}

/// What a target is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// A log group of the rule's own account and Region.
    LogGroup(GroupKey),
    /// A stream, with the path of its partition key.
    Kinesis(Option<Path>),
    /// A delivery stream of this name.
    Firehose(String),
    /// A function.
    Lambda,
    /// Another event bus.
    Bus(BusKey),
}

/// A target.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Target {
    /// As it was put.
    pub(super) given: TargetInput,
    /// What it is.
    pub(super) kind: Kind,
    /// What it gets.
    pub(super) input: Input,
}

/// Why a target is none: the whole call is refused, or this entry of it fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// `ValidationException`.
    Invalid(String),
    /// A failed entry with this code and message.
    Entry(&'static str, String),
}

impl Target {
    /// Its ARN.
    pub(super) fn arn(&self) -> &str {
        self.given.arn.as_deref().unwrap_or_default()
    }

    /// The log group, when it is one.
    pub(super) fn log_group(&self) -> Option<&GroupKey> {
        match &self.kind {
            Kind::LogGroup(key) => Some(key),
            _ => None,
        }
    }

    /// Reads a target for a rule on `bus`.
    pub(super) fn read(given: TargetInput, bus: &BusKey, aws_only: bool) -> Result<Self, Fault> {
        let id = given.id.clone().unwrap_or_default();
        let kind = kind(&given, bus, aws_only)?;
        if given.dead_letter_config.as_ref().is_some_and(|config| !config.is_empty()) {
            return Err(Fault::Entry(
                "NotEmulated",
                format!(
                    "The DeadLetterConfig of target {id} names an SQS queue, which this emulator \
                     does not have: leave it out. Failed deliveries are counted as \
                     FailedInvocations."
                ),
            ));
        }
        let needs_role = matches!(kind, Kind::Kinesis(_) | Kind::Firehose(_));
        if needs_role && given.role_arn.is_none() {
            let arn = given.arn.as_deref().unwrap_or_default();
            return Err(Fault::Invalid(format!("RoleArn is required for target {arn}.")));
        }
        let input = input(&given, &id)?;
        Ok(Self { given, kind, input })
    }

    /// The most repetitions of a delivery, and the age in ms up to which there is one.
    pub(super) fn retries(&self) -> (i64, i64) {
        let policy = self.given.retry_policy.as_ref();
        let attempts = policy.and_then(|policy| policy.maximum_retry_attempts);
        let age = policy.and_then(|policy| policy.maximum_event_age_in_seconds);
        (attempts.unwrap_or(RETRIES_MAX), age.unwrap_or(AGE_MAX_S) * 1000)
    }
}

fn kind(given: &TargetInput, bus: &BusKey, aws_only: bool) -> Result<Kind, Fault> {
    let arn = given.arn.as_deref().unwrap_or_default();
    let malformed = || {
        Fault::Invalid(format!(
            "Parameter {arn} is not valid. Reason: Provided Arn is not in correct format."
        ))
    };
    let parts = ArnParts::split(arn).ok_or_else(malformed)?;
    let here = parts.region == bus.region.as_str();
    if !here && parts.service != "events" && !parts.region.is_empty() {
        return Err(Fault::Invalid(format!(
            "Parameter {arn} is not valid. Reason: the target lies in another Region than its rule \
             ({}).",
            bus.region
        )));
    }
    match parts.service {
        "logs" => log_group(arn, bus, aws_only).map(Kind::LogGroup),
        "kinesis" if parts.resource.starts_with("stream/") => {
            let path =
                given.kinesis_parameters.as_ref().and_then(|p| p.partition_key_path.as_deref());
            match path.map(|path| Path::parse(path).ok_or(path)).transpose() {
                Ok(path) => Ok(Kind::Kinesis(path)),
                Err(path) => Err(Fault::Invalid(format!(
                    "Parameter PartitionKeyPath is not valid. Reason: {path} is no JSON path."
                ))),
            }
        }
        "firehose" => match parts.resource.strip_prefix("deliverystream/") {
            Some(name) if !name.is_empty() => Ok(Kind::Firehose(name.to_owned())),
            _ => Err(malformed()),
        },
        "lambda" if parts.resource.starts_with("function:") => Ok(Kind::Lambda),
        "events" if parts.resource.starts_with("event-bus/") => {
            let key = BusKey::from_arn(arn).ok_or_else(malformed)?;
            if key == *bus {
                return Err(Fault::Invalid(
                    "Event bus target can not be the event bus of the rule itself.".to_owned(),
                ));
            }
            Ok(Kind::Bus(key))
        }
        "kinesis" | "lambda" => Err(malformed()),
        other => Err(Fault::Entry(
            "NotEmulated",
            format!(
                "Targets of {other} are not emulated: a target may be a CloudWatch Logs log group, a \
                 Kinesis stream, a Firehose delivery stream, a Lambda function or an event bus, and \
                 {arn} is none of them."
            ),
        )),
    }
}

fn log_group(arn: &str, bus: &BusKey, aws_only: bool) -> Result<GroupKey, Fault> {
    let Some(key) = GroupKey::from_arn(arn) else {
        return Err(Fault::Invalid(format!(
            "Parameter {arn} is not valid. Reason: Provided Arn is not in correct format."
        )));
    };
    if key.account != bus.account {
        return Err(Fault::Invalid(format!(
            "Parameter {arn} is not valid. Reason: a log group has to belong to the account of the \
             rule, {}.",
            bus.account
        )));
    }
    if aws_only && !key.name.starts_with("/aws/events/") {
        return Err(Fault::Invalid(format!(
            "Parameter {arn} is not valid. Reason: the name of the log group has to begin with \
             /aws/events/."
        )));
    }
    Ok(key)
}

fn input(given: &TargetInput, id: &str) -> Result<Input, Fault> {
    let invalid = |text: String| Fault::Invalid(text);
    match (&given.input, &given.input_path, &given.input_transformer) {
        (None, None, None) => Ok(Input::Whole),
        (Some(text), None, None) => match serde_json::from_str::<serde::de::IgnoredAny>(text) {
            Ok(_) => Ok(Input::Constant(text.clone())),
            Err(error) => Err(invalid(format!("Invalid Input for target {id}: {error}"))),
        },
        (None, Some(path), None) => match Path::parse(path) {
            Some(path) => Ok(Input::Part(path)),
            None => Err(invalid(format!("Invalid InputPath for target {id}."))),
        },
        (None, None, Some(transformer)) => made(transformer, id).map(Input::Made),
        _ => Err(invalid(format!(
            "Only one of Input, InputPath, or InputTransformer must be provided for target {id}."
        ))),
    }
}

fn made(transformer: &TransformerInput, id: &str) -> Result<Template, Fault> {
    let mut paths = BTreeMap::new();
    for (name, path) in transformer.input_paths_map.iter().flatten() {
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if name.is_empty() || name.starts_with("AWS") || !name.chars().all(word) {
            return Err(Fault::Invalid(format!(
                "Invalid InputPathsMap key {name} for target {id}: it has to match \
                 [A-Za-z0-9\\_\\-]+ and may not begin with AWS."
            )));
        }
        let Some(path) = Path::parse(path) else {
            return Err(Fault::Invalid(format!(
                "Invalid InputPathsMap value {path} for target {id}: it is no JSON path."
            )));
        };
        paths.insert(name.clone(), path);
    }
    let template = transformer.input_template.as_deref().unwrap_or_default();
    Template::parse(template, &paths).map_err(|variable| {
        Fault::Invalid(format!(
            "InputTemplate for target {id} contains invalid placeholder {variable}."
        ))
    })
}
