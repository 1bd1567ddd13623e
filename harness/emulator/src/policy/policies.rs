//! The policies that apply to a request.

use std::sync::Arc;

use tributary_vocabulary::AccountId;

use super::document::PolicyDocument;

/// A policy with the name explanations call it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPolicy {
    /// Such as `inline policy Permissions-Policy-For-CWL of role cwrole`, or
    /// `destination kinesisDest (111111111111)`.
    pub name: String,
    /// The document.
    pub document: Arc<PolicyDocument>,
}

/// Every policy that has a say in a request. Empty means: there is none of that sort.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policies {
    /// Those of the user or role that calls, and of the user's groups.
    pub identity: Vec<NamedPolicy>,
    /// That of the resource. The trust policy of a role goes here for `sts:AssumeRole`.
    pub resource: Option<NamedPolicy>,
    /// The permissions boundary of the caller.
    pub boundary: Option<NamedPolicy>,
    /// Those passed when the role was assumed; together they permit what any of them permits.
    pub session: Vec<NamedPolicy>,
    /// Service control policies over the caller's account, from the organisation's root down to
    /// the account: every level has to allow. Empty outside an organisation.
    pub scps: Vec<Vec<NamedPolicy>>,
    /// Resource control policies over the resource's account, by level likewise.
    pub rcps: Vec<Vec<NamedPolicy>>,
    /// The organisation's management account: neither its principals nor its resources are
    /// bound by the organisation's policies.
    pub management_account: Option<AccountId>,
}

impl Policies {
    /// Whether the decision can depend on the request's context; when not, nobody has to gather it.
    #[must_use]
    pub fn ask_context(&self) -> bool {
        let lists = [self.identity.as_slice(), self.session.as_slice()];
        let single = [self.resource.as_slice(), self.boundary.as_slice()];
        let levels = self.scps.iter().chain(&self.rcps).map(Vec::as_slice);
        let mut all = lists.into_iter().chain(single).chain(levels).flatten();
        all.any(|policy| policy.document.asks_context())
    }
}
