//! A session that STS made: short-term keys and what was passed with them.

use tributary_vocabulary::Timestamp;

use crate::policy::{NamedPolicy, Principal};

use super::tags::Tags;

/// A session that STS made.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who acts with its keys: a session of a role, or a user or root itself.
    pub principal: Principal,
    /// The unique id of the role or user; the session ends with it.
    pub entity_id: String,
    /// The secret.
    pub secret: String,
    /// The token that goes with every request.
    pub token: String,
    /// When it was made.
    pub issued: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
    /// The policy that was passed when the role was assumed.
    pub policy: Option<NamedPolicy>,
    /// The managed policies that were passed, by ARN.
    pub policy_arns: Vec<String>,
    /// The tags that were passed, and those of earlier sessions that carry over.
    pub tags: Tags,
    /// The keys of the tags that carry over to sessions made with this one.
    pub transitive: Vec<String>,
    /// Who is behind it, as told when it was made.
    pub source_identity: Option<String>,
}
