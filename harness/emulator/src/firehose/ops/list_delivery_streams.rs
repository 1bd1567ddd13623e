//! ListDeliveryStreams.

use serde::{Deserialize, Serialize};

use super::describe_delivery_stream::kind;
use crate::kernel::{Access, Caller, ServiceError, Validation, World};

/// What ListDeliveryStreams reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Input {
    /// At most so many names: 1 to 10,000, 10 when left out.
    pub limit: Option<i64>,
    /// Only streams of this type.
    pub delivery_stream_type: Option<String>,
    /// Only names behind this one.
    pub exclusive_start_delivery_stream_name: Option<String>,
}

/// What ListDeliveryStreams answers.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The names, in alphabetical order.
    pub delivery_stream_names: Vec<String>,
    /// Whether there are more.
    pub has_more_delivery_streams: bool,
}

/// Lists the caller's delivery streams of its Region.
///
/// # Errors
/// When the input has the wrong shape.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    if let Some(limit) = input.limit {
        validation.range("limit", limit, 1, 10_000);
    }
    validation.finish()?;
    world.authorize(caller, Access::to("firehose:ListDeliveryStreams", "*"))?;
    let wanted = input.delivery_stream_type.as_deref();
    let after = input.exclusive_start_delivery_stream_name.as_deref().unwrap_or_default();
    let mut names: Vec<String> = world
        .firehose
        .streams
        .values()
        .filter(|stream| {
            let plan = &stream.plan;
            plan.account == caller.account && plan.region == caller.region
        })
        .filter(|stream| wanted.is_none_or(|wanted| wanted == kind(stream)))
        .map(|stream| stream.plan.name.clone())
        .filter(|name| name.as_str() > after)
        .collect();
    names.sort();
    let limit = usize::try_from(input.limit.unwrap_or(10)).unwrap_or(10);
    let has_more_delivery_streams = names.len() > limit;
    names.truncate(limit);
    Ok(Output { delivery_stream_names: names, has_more_delivery_streams })
}
