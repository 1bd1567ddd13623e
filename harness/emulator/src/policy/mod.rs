//! Policy documents and their evaluation. (Types only; the engine replaces this file.)
use std::collections::BTreeMap;
use std::sync::Arc;
use tributary_vocabulary::AccountId;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    Root { account: AccountId },
    User { account: AccountId, name: String },
    Role { account: AccountId, name: String },
    Session { account: AccountId, role: String, session: String },
    Service { name: String },
    Anonymous,
}
impl Principal {
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::Root { account }
            | Self::User { account, .. }
            | Self::Role { account, .. }
            | Self::Session { account, .. } => Some(*account),
            _ => None,
        }
    }
}
#[derive(Debug, Clone)]
pub struct PolicyDocument {
    pub text: String,
}
#[derive(Debug, Clone)]
pub struct NamedPolicy {
    pub name: String,
    pub document: Arc<PolicyDocument>,
}
#[derive(Debug, Clone, Default)]
pub struct Policies {
    pub identity: Vec<NamedPolicy>,
    pub resource: Option<NamedPolicy>,
}
#[derive(Debug, Clone, Default)]
pub struct Context(BTreeMap<String, String>);
impl Context {
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.0.insert(key.to_ascii_lowercase(), value.into());
        self
    }
}
pub struct Request<'a> {
    pub principal: &'a Principal,
    pub action: &'a str,
    pub resource: &'a str,
    pub resource_account: Option<AccountId>,
    pub context: &'a Context,
}
#[derive(Debug, Clone)]
pub struct Decision {}
impl Decision {
    pub fn is_allowed(&self) -> bool {
        true
    }
    pub fn sentence(&self) -> String {
        String::new()
    }
}
pub fn evaluate(_request: &Request<'_>, _policies: &Policies) -> Decision {
    Decision {}
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyKind {
    Trust,
    Resource(ResourceService),
}
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResourceService {
    Kinesis,
    Lambda,
    OpenSearch,
}
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct MalformedPolicy(pub String);
impl PolicyDocument {
    pub fn parse(text: &str, _kind: PolicyKind) -> Result<Self, MalformedPolicy> {
        serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text)
            .map_err(|error| MalformedPolicy(error.to_string()))?;
        Ok(Self { text: text.to_owned() })
    }
}
