//! Why events stopped on their way.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why some events went no further: a refused call, a transform's answer, a full shard.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cause {
    /// The stage that stopped them.
    pub stage: String,
    /// What happened there, in words: `PutSubscriptionFilter was refused`.
    pub cause: String,
    /// How many events it stopped.
    pub events: u64,
    /// The place in a policy that decided, and its text, where a policy did.
    #[serde(default)]
    pub policy: Option<String>,
    /// Why, a line each, the plainest first; for a refused call the decision's own explanation.
    #[serde(default)]
    pub explanation: Vec<String>,
    /// The id of the check that failed by it; null where it was wanted, such as a filter pattern.
    #[serde(default)]
    pub check: Option<String>,
    /// What to change.
    #[serde(default)]
    pub mend: Option<String>,
    /// The command that shows more.
    #[serde(default)]
    pub see: Option<String>,
}
