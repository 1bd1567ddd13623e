//! AWS policy evaluation: documents, matching, conditions, decisions and their explanations.
//!
//! Pure: a [`Request`] and the [`Policies`] that apply go in, a [`Decision`] comes out.
//!
//! ```
//! use std::sync::Arc;
//! use tributary_emulator::policy::{
//!     Context, NamedPolicy, Policies, PolicyDocument, PolicyKind, Principal, Request, evaluate,
//! };
//!
//! let text = r#"{"Statement": {"Effect": "Allow", "Action": "kinesis:PutRecord", "Resource": "*"}}"#;
//! let document = Arc::new(PolicyDocument::parse(text, PolicyKind::Identity)?);
//! let policies = Policies {
//!     identity: vec![NamedPolicy { name: "inline policy cwlpolicy".into(), document }],
//!     ..Policies::default()
//! };
//! let caller = Principal::parse("arn:aws:sts::111111111111:assumed-role/cwrole/logs")?;
//! let request = Request {
//!     principal: &caller,
//!     action: "kinesis:PutRecord",
//!     resource: "arn:aws:kinesis:us-west-2:111111111111:stream/Demo_Kinesis_Stream",
//!     resource_account: None,
//!     context: &Context::new(),
//! };
//! assert!(evaluate(&request, &policies).is_allowed());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod condition;
mod context;
mod decision;
mod document;
mod evaluate;
mod explain;
mod facts;
mod grantee;
mod json;
mod kind;
pub mod lint;
mod malformed;
mod mend;
mod parse;
mod pattern;
mod policies;
mod principal;
mod simulate;
mod variables;

#[cfg(test)]
mod tests;

pub use answer::{Answer, answer};
pub use condition::Condition;
pub use context::{Context, ContextValue};
pub use decision::{
    Decision, Denial, MatchedStatement, Missed, NearMiss, Outcome, Side, SideReport, StatementRef,
};
pub use document::{Effect, PolicyDocument, Statement};
pub use evaluate::evaluate;
pub use facts::Request;
pub use grantee::Grantee;
pub use json::Position;
pub use kind::{PolicyKind, ResourceService};
pub use malformed::{MalformedPolicy, PolicyFault};
pub use policies::{NamedPolicy, Policies};
pub use principal::{Principal, PrincipalError};
pub use simulate::simulate_line;
pub(crate) use simulate::{
    ContextEntry, EvaluationResult, Input as SimulationInput, OrganizationLevel, context_keys,
    simulate_input,
};
