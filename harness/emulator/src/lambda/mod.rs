//! Lambda: functions, their policies, and invocations handed to the driver as effects.

mod code;
mod configuration;
mod function;
mod function_settings;
mod invoke;
mod name;
pub mod ops;
mod statement;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use tributary_vocabulary::Seed;

use crate::kernel::{ArnParts, EffectId, Ids, World};
use crate::policy::NamedPolicy;
use crate::protocol::rest::{RestMethod, RestOperation};

pub use code::Code;
pub use configuration::{
    Configuration, Environment, EphemeralStorage, LoggingConfig, SnapStart, TracingConfig,
};
pub use function::Function;
pub use function_settings::{EnvironmentInput, EphemeralStorageInput, FunctionSettings};
pub use invoke::{Invocation, InvokeOwner, PAYLOAD_MAX_BYTES};
pub(crate) use invoke::{complete, invoke};

/// The rows of the operation table.
pub const OPERATIONS: &[RestOperation] = &[
    RestOperation {
        name: "CreateFunction",
        method: RestMethod::Post,
        path: "/2015-03-31/functions",
        call: ops::create_function::call,
    },
    RestOperation {
        name: "ListFunctions",
        method: RestMethod::Get,
        path: "/2015-03-31/functions",
        call: ops::list_functions::call,
    },
    RestOperation {
        name: "GetFunction",
        method: RestMethod::Get,
        path: "/2015-03-31/functions/{FunctionName}",
        call: ops::get_function::call,
    },
    RestOperation {
        name: "DeleteFunction",
        method: RestMethod::Delete,
        path: "/2015-03-31/functions/{FunctionName}",
        call: ops::delete_function::call,
    },
    RestOperation {
        name: "GetFunctionConfiguration",
        method: RestMethod::Get,
        path: "/2015-03-31/functions/{FunctionName}/configuration",
        call: ops::get_function_configuration::call,
    },
    RestOperation {
        name: "UpdateFunctionConfiguration",
        method: RestMethod::Put,
        path: "/2015-03-31/functions/{FunctionName}/configuration",
        call: ops::update_function_configuration::call,
    },
    RestOperation {
        name: "UpdateFunctionCode",
        method: RestMethod::Put,
        path: "/2015-03-31/functions/{FunctionName}/code",
        call: ops::update_function_code::call,
    },
    RestOperation {
        name: "Invoke",
        method: RestMethod::Post,
        path: "/2015-03-31/functions/{FunctionName}/invocations",
        call: ops::invoke::call,
    },
    RestOperation {
        name: "AddPermission",
        method: RestMethod::Post,
        path: "/2015-03-31/functions/{FunctionName}/policy",
        call: ops::add_permission::call,
    },
    RestOperation {
        name: "GetPolicy",
        method: RestMethod::Get,
        path: "/2015-03-31/functions/{FunctionName}/policy",
        call: ops::get_policy::call,
    },
    RestOperation {
        name: "RemovePermission",
        method: RestMethod::Delete,
        path: "/2015-03-31/functions/{FunctionName}/policy/{StatementId}",
        call: ops::remove_permission::call,
    },
];

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
    ids: Ids,
}

impl State {
    pub(crate) fn new(seed: Seed) -> Self {
        Self {
            functions: BTreeMap::new(),
            invocations: BTreeMap::new(),
            ids: Ids::new(seed.child("revisions")),
        }
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
