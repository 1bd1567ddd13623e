//! EnableEnhancedMonitoring (kinesis reference, stream lifecycle).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::kernel::{Caller, ServiceError, Validation, World};
use crate::kinesis::state::{authorize, begin};
use crate::kinesis::stream::{Change, Status};
use crate::kinesis::target::{check_target, target};

/// The metrics that a stream may give by shard.
const METRICS: [&str; 7] = [
    "IncomingBytes",
    "IncomingRecords",
    "IteratorAgeMilliseconds",
    "OutgoingBytes",
    "OutgoingRecords",
    "ReadProvisionedThroughputExceeded",
    "WriteProvisionedThroughputExceeded",
];

/// Which stream, and which metrics.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Input {
    /// The stream's name, in the caller's account.
    pub stream_name: Option<String>,
    /// The stream's ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: Option<String>,
    /// Names of metrics, or `ALL`.
    pub shard_level_metrics: Option<Vec<String>>,
}

/// Which metrics there were, and which there are now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The stream.
    pub stream_name: String,
    /// The stream's ARN.
    #[serde(rename = "StreamARN")]
    pub stream_arn: String,
    /// Before.
    pub current_shard_level_metrics: Vec<&'static str>,
    /// After.
    pub desired_shard_level_metrics: Vec<&'static str>,
}

/// Gives metrics by shard.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `AccessDeniedException`,
/// `ResourceNotFoundException`, `ResourceInUseException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    change(world, caller, &input, "kinesis:EnableEnhancedMonitoring", |current, named| {
        current.union(named).copied().collect()
    })
}

/// Changes the set of metrics.
pub(super) fn change(
    world: &mut World,
    caller: &Caller,
    input: &Input,
    action: &str,
    apply: impl Fn(&BTreeSet<&'static str>, &BTreeSet<&'static str>) -> BTreeSet<&'static str>,
) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    check_target(&mut validation, input.stream_name.as_deref(), input.stream_arn.as_deref());
    let named = named(&mut validation, input.shard_level_metrics.as_deref());
    validation.finish()?;
    let target = target(caller, input.stream_name.as_deref(), input.stream_arn.as_deref())?;
    authorize(world, caller, action, &target)?;
    let stream = world.kinesis.stream_mut(&target)?;
    stream.must_be_active()?;
    let desired = apply(&stream.metrics, &named);
    let current = std::mem::replace(&mut stream.metrics, desired.clone());
    let output = Output {
        stream_name: stream.name.to_string(),
        stream_arn: stream.arn.to_string(),
        current_shard_level_metrics: current.into_iter().collect(),
        desired_shard_level_metrics: desired.into_iter().collect(),
    };
    let delay_ms = world.settings.kinesis.update_ms;
    begin(world, &target.arn, Status::Updating, Change::Settle, delay_ms);
    Ok(output)
}

/// The metrics that are named; `ALL` names them all.
fn named(validation: &mut Validation, names: Option<&[String]>) -> BTreeSet<&'static str> {
    validation.required("shardLevelMetrics", names.as_ref());
    let names = names.unwrap_or_default();
    let known = |name: &str| name == "ALL" || METRICS.contains(&name);
    if !names.iter().all(|name| known(name)) {
        let constraint = format!(
            "Member must satisfy constraint: [Member must satisfy enum value set: [{}, ALL]]",
            METRICS.join(", ")
        );
        validation.fail("shardLevelMetrics", &format!("[{}]", names.join(", ")), &constraint);
    }
    METRICS
        .into_iter()
        .filter(|metric| names.iter().any(|name| name == "ALL" || name == metric))
        .collect()
}
