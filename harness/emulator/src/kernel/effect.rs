//! What the world asks its driver to do, and is told the outcome of.

use bytes::Bytes;
use tributary_vocabulary::Timestamp;

/// The number of an effect; unique in its world, and rising in the order of issue.
pub type EffectId = u64;

/// Something that a state machine cannot do itself.
#[derive(Debug, Clone)]
pub struct Effect {
    /// Its number.
    pub id: EffectId,
    /// When it was asked for.
    pub at: Timestamp,
    /// What is asked.
    pub kind: EffectKind,
}

/// The kinds of effects.
#[derive(Debug, Clone)]
pub enum EffectKind {
    /// Run a Lambda function's code.
    InvokeFunction {
        /// The ARN of the function.
        function_arn: String,
        /// The event, as JSON.
        payload: Bytes,
        /// The function's own limit, in milliseconds.
        timeout_ms: i64,
    },
}

/// What came of running a function's code.
#[derive(Debug, Clone, PartialEq)]
pub enum InvokeOutcome {
    /// The handler answered with this payload.
    Answered {
        /// The response, as JSON.
        payload: Bytes,
        /// How long it took as modelled, in milliseconds.
        duration_ms: i64,
    },
    /// The handler raised, or its response was refused by Lambda: `FunctionError`.
    FunctionError {
        /// The error document, as JSON (`errorMessage`, `errorType`).
        payload: Bytes,
        /// How long it took as modelled, in milliseconds.
        duration_ms: i64,
    },
}
