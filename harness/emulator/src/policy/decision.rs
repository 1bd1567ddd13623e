//! What came out, and why.

use super::document::Effect;
use super::json::Position;
use super::policies::{NamedPolicy, Policies};

/// The three answers of policy evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Every side that has to permit does, and none forbids.
    Allowed,
    /// A statement forbids.
    ExplicitDeny,
    /// Nothing forbids, but a side that has to permit is silent.
    ImplicitDeny,
}

/// The sorts of policies that have a say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Of the caller.
    Identity,
    /// Of the resource, or the trust policy of a role.
    Resource,
    /// The caller's permissions boundary.
    Boundary,
    /// Passed when the role was assumed.
    Session,
    /// The organisation's, over the caller's account.
    Scp,
    /// The organisation's, over the resource's account.
    Rcp,
}

impl Side {
    /// As AWS names the sort in its messages.
    #[must_use]
    pub fn aws_name(self) -> &'static str {
        match self {
            Self::Identity => "identity-based policy",
            Self::Resource => "resource-based policy",
            Self::Boundary => "permissions boundary",
            Self::Session => "session policy",
            Self::Scp => "service control policy",
            Self::Rcp => "resource control policy",
        }
    }

    /// As explanations name it.
    #[must_use]
    pub fn short_name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Resource => "resource",
            Self::Boundary => "boundary",
            Self::Session => "session",
            Self::Scp => "SCP",
            Self::Rcp => "RCP",
        }
    }
}

/// Where a statement stands among the policies of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatementRef {
    /// The sort of policy.
    pub side: Side,
    /// The level of the organisation; 0 for every other sort.
    pub level: usize,
    /// The policy among those of its sort and level.
    pub policy: usize,
    /// The statement in its policy, from 0.
    pub statement: usize,
}

/// A statement that decided, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchedStatement {
    /// The sort of policy.
    pub side: Side,
    /// The policy's name.
    pub policy: String,
    /// The statement's `Sid`.
    pub sid: Option<String>,
    /// The statement in its policy, from 0.
    pub index: usize,
    /// What the statement does.
    pub effect: Effect,
    /// Where the statement begins in the policy's text.
    pub start: Position,
    /// The place just behind its end.
    pub end: Position,
}

impl MatchedStatement {
    pub(super) fn new(policies: &Policies, at: StatementRef) -> Option<Self> {
        let policy = policy_at(policies, at)?;
        let statement = policy.document.statements().get(at.statement)?;
        Some(Self {
            side: at.side,
            policy: policy.name.clone(),
            sid: statement.sid().map(str::to_owned),
            index: at.statement,
            effect: statement.effect(),
            start: statement.start(),
            end: statement.end(),
        })
    }

    /// `statement AllowSenders (line 9) of destination kinesisDest (111111111111)`.
    #[must_use]
    pub fn display(&self) -> String {
        display_statement(self.sid.as_deref(), self.index, self.start.line, &self.policy)
    }
}

pub(super) fn display_statement(
    sid: Option<&str>,
    index: usize,
    line: u32,
    policy: &str,
) -> String {
    let name = match sid {
        Some(sid) if !sid.is_empty() => sid.to_owned(),
        _ => format!("{}", index + 1),
    };
    format!("statement {name} (line {line}) of {policy}")
}

fn policy_at(policies: &Policies, at: StatementRef) -> Option<&NamedPolicy> {
    match at.side {
        Side::Identity => policies.identity.get(at.policy),
        Side::Resource => policies.resource.as_ref(),
        Side::Boundary => policies.boundary.as_ref(),
        Side::Session => policies.session.get(at.policy),
        Side::Scp => policies.scps.get(at.level)?.get(at.policy),
        Side::Rcp => policies.rcps.get(at.level)?.get(at.policy),
    }
}

/// One element of a statement that kept it from applying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missed {
    /// The statement speaks of others.
    Principal,
    /// The statement is about other actions.
    Action,
    /// The statement is about other resources.
    Resource,
    /// A condition does not hold.
    Condition {
        /// The operator, as written.
        operator: String,
        /// The key, as written.
        key: String,
    },
}

/// A statement that would have applied but for one element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// The statement.
    pub statement: MatchedStatement,
    /// The element.
    pub missed: Missed,
    /// What the statement asks for.
    pub expected: Vec<String>,
    /// What the request has; empty when it has nothing.
    pub found: Vec<String>,
}

/// What a side said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideReport {
    /// The side.
    pub side: Side,
    /// Whether it permits.
    pub allows: bool,
    /// In words: `allowed (root of 333333333333)`, `no statement matches this account`.
    pub words: String,
}

/// Why a request was denied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// The caller, as its ARN or name.
    pub caller: String,
    /// The action.
    pub action: String,
    /// The resource.
    pub resource: String,
    /// The sort of policy that forbade, or was silent first.
    pub side: Side,
    /// The statement that forbade.
    pub denied_by: Option<MatchedStatement>,
    /// What each side said.
    pub sides: Vec<SideReport>,
    /// Whom the resource's policy admits to this, when the caller is not among them:
    /// the policy's name and the principals.
    pub admits: Option<(String, Vec<String>)>,
    /// Statements that would have permitted but for one element.
    pub near_misses: Vec<NearMiss>,
}

/// The decision on a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub(super) outcome: Outcome,
    pub(super) granted: [Option<StatementRef>; 2],
    pub(super) denial: Option<Box<Denial>>,
}

impl Decision {
    /// The answer.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// Whether the call may go on.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.outcome == Outcome::Allowed
    }

    /// Why not; `None` for an allowed request.
    #[must_use]
    pub fn denial(&self) -> Option<&Denial> {
        self.denial.as_deref()
    }

    /// The statements that permitted, of the identity and of the resource. None for a root in
    /// its own account. `policies` are those the decision was made from.
    #[must_use]
    pub fn granted_by(&self, policies: &Policies) -> Vec<MatchedStatement> {
        let granted = self.granted.iter().flatten();
        granted.filter_map(|&at| MatchedStatement::new(policies, at)).collect()
    }
}
