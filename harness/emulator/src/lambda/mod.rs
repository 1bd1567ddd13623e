//! Lambda: functions, their policies, and invocations handed to the driver as effects.

mod function;
mod invoke;

use std::collections::BTreeMap;

use tributary_vocabulary::Seed;

use crate::kernel::{ArnParts, EffectId, World};
use crate::policy::NamedPolicy;
use crate::protocol::rest::RestOperation;

pub use function::Function;
pub use invoke::{Invocation, InvokeOwner};
pub(crate) use invoke::{complete, invoke};

/// The rows of the operation table.
pub const OPERATIONS: &[RestOperation] = &[];

/// What is due.
#[derive(Debug, Clone, PartialEq)]
pub enum Timer {
    /// A function's modelled duration is over: its answer reaches whoever waits.
    Answered {
        /// The effect that ran it.
        effect: EffectId,
    },
}

/// All that the service holds.
#[derive(Debug)]
pub struct State {
    /// Functions by their unqualified ARN.
    pub(crate) functions: BTreeMap<String, Function>,
    /// Invocations under way.
    pub(crate) invocations: BTreeMap<EffectId, Invocation>,
}

impl State {
    pub(crate) fn new(_seed: Seed) -> Self {
        Self { functions: BTreeMap::new(), invocations: BTreeMap::new() }
    }
}

pub(crate) fn on_timer(world: &mut World, timer: Timer) {
    match timer {
        Timer::Answered { effect } => invoke::answered(world, effect),
    }
}

pub(crate) fn resource_policy(world: &World, resource: &str) -> Option<NamedPolicy> {
    let function = world.lambda.functions.get(unqualified(resource))?;
    function.policy.clone()
}

/// The ARN without a version or alias.
pub(crate) fn unqualified(arn: &str) -> &str {
    let Some(parts) = ArnParts::split(arn) else { return arn };
    match parts.resource.strip_prefix("function:").and_then(|name| name.split_once(':')) {
        Some((_, qualifier)) => &arn[..arn.len() - qualifier.len() - 1],
        None => arn,
    }
}

/// The execution role of a function, for a driver that acts in its name.
#[must_use]
pub fn execution_role(world: &World, function_arn: &str) -> Option<String> {
    world.lambda.functions.get(unqualified(function_arn)).map(|function| function.role.clone())
}
