//! A policy document, read once and kept as it was written.

use super::condition::Condition;
use super::facts::Facts;
use super::grantee::{Grantee, Naming};
use super::json::Position;
use super::kind::PolicyKind;
use super::malformed::MalformedPolicy;
use super::parse;
use super::pattern::{Style, Wildcard};
use super::variables::Template;

/// A policy document that has been checked for the place it is attached to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyDocument {
    pub(super) text: String,
    pub(super) kind: PolicyKind,
    pub(super) id: Option<String>,
    pub(super) statements: Vec<Statement>,
    /// Whether its answer can depend on the request's context.
    pub(super) asks_context: bool,
}

impl PolicyDocument {
    /// Reads a document for the place it is to be attached to.
    ///
    /// # Errors
    /// [`MalformedPolicy`] when AWS would not store it there.
    pub fn parse(text: &str, kind: PolicyKind) -> Result<Self, MalformedPolicy> {
        parse::document(text, kind, kind.checks_literals())
    }

    /// Whether every resource that a statement names is this bucket or lies in it, as S3 demands of
    /// a bucket policy.
    pub(crate) fn resources_lie_in(&self, bucket_arn: &str) -> bool {
        let named = self.statements.iter().filter_map(|statement| statement.resources.as_ref());
        named.flat_map(|resources| &resources.list).all(|pattern| {
            let rest = pattern.text.source().strip_prefix(bucket_arn);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '*', '?', '$']))
        })
    }

    /// The text, byte for byte as it was given.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the document is attached.
    #[must_use]
    pub fn kind(&self) -> PolicyKind {
        self.kind
    }

    /// The `Id` element.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Whether its answer can depend on the request's context: by a condition, a variable, or a
    /// principal that is told by a key of it.
    #[must_use]
    pub fn asks_context(&self) -> bool {
        self.asks_context
    }

    /// The statements in their order.
    #[must_use]
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }
}

/// What a statement does when it applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It permits.
    Allow,
    /// It forbids, whatever else permits.
    Deny,
}

/// One statement of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub(super) sid: Option<String>,
    pub(super) effect: Effect,
    pub(super) start: Position,
    /// Where the policy simulator says it begins: behind the bracket or statement before it.
    pub(super) opening: Position,
    pub(super) end: Position,
    pub(super) grantees: Option<Grantees>,
    pub(super) actions: Actions,
    pub(super) resources: Option<Resources>,
    pub(super) conditions: Vec<Condition>,
}

/// `Principal` or `NotPrincipal`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grantees {
    pub(super) negated: bool,
    pub(super) list: Vec<Grantee>,
    pub(super) line: u32,
}

/// `Action` or `NotAction`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Actions {
    pub(super) negated: bool,
    pub(super) list: Vec<ActionPattern>,
}

/// An action of a policy, such as `kinesis:Put*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ActionPattern {
    pub(super) text: String,
    pub(super) line: u32,
    pattern: Wildcard,
}

/// `Resource` or `NotResource`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resources {
    pub(super) negated: bool,
    pub(super) list: Vec<ResourcePattern>,
}

/// A resource of a policy, such as `arn:aws:s3:::bucket/*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ResourcePattern {
    pub(super) text: Template,
    pub(super) line: u32,
    pattern: Option<Wildcard>,
}

impl ActionPattern {
    pub(super) fn new(text: &str, line: u32) -> Self {
        let pattern = Wildcard::compile(text, Style::FoldCase);
        Self { text: text.to_owned(), line, pattern }
    }

    pub(super) fn matches(&self, action: &str) -> bool {
        self.pattern.matches(action)
    }
}

impl ResourcePattern {
    pub(super) fn new(text: Template, line: u32) -> Self {
        let pattern = text.fixed_wildcard(Style::Resource);
        Self { text, line, pattern }
    }

    fn matches(&self, facts: &Facts<'_>) -> bool {
        let resource = facts.request.resource;
        match &self.pattern {
            Some(pattern) => pattern.matches(resource),
            None => self
                .text
                .wildcard(Style::Resource, facts)
                .is_some_and(|pattern| pattern.matches(resource)),
        }
    }
}

impl Statement {
    /// The statement's `Sid`.
    #[must_use]
    pub fn sid(&self) -> Option<&str> {
        self.sid.as_deref()
    }

    /// Whether it permits or forbids.
    #[must_use]
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// Where its opening brace stands in the document's text.
    #[must_use]
    pub fn start(&self) -> Position {
        self.start
    }

    /// The place just behind its closing brace.
    #[must_use]
    pub fn end(&self) -> Position {
        self.end
    }

    /// Whom the statement names; empty in a policy of an identity.
    #[must_use]
    pub fn grantees(&self) -> &[Grantee] {
        self.grantees.as_ref().map_or(&[], |grantees| &grantees.list)
    }

    /// The conditions, all of which have to hold.
    #[must_use]
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    pub(super) fn asks_context(&self) -> bool {
        let by_variable = self.resources.as_ref().is_some_and(|resources| {
            resources.list.iter().any(|pattern| pattern.pattern.is_none())
        });
        let by_grantee = |grantee: &Grantee| {
            matches!(
                grantee,
                Grantee::UniqueId(_) | Grantee::CanonicalUser(_) | Grantee::Service(_)
            )
        };
        by_variable || !self.conditions.is_empty() || self.grantees().iter().any(by_grantee)
    }

    pub(super) fn covers_action(&self, action: &str) -> bool {
        let listed = self.actions.list.iter().any(|pattern| pattern.matches(action));
        listed != self.actions.negated
    }

    pub(super) fn covers_resource(&self, facts: &Facts<'_>) -> bool {
        self.resources.as_ref().is_none_or(|resources| {
            resources.list.iter().any(|pattern| pattern.matches(facts)) != resources.negated
        })
    }

    /// How the statement speaks of the caller; a policy of an identity speaks of its holder.
    pub(super) fn naming(&self, facts: &Facts<'_>, kind: PolicyKind) -> Naming {
        let Some(grantees) = &self.grantees else {
            return Naming::Direct;
        };
        let for_roles = kind == PolicyKind::Trust;
        if grantees.negated {
            let spared = Grantee::list_spares(&grantees.list, facts, for_roles);
            return if spared { Naming::Not } else { Naming::Direct };
        }
        let namings = grantees.list.iter().map(|grantee| grantee.names(facts, for_roles));
        namings.max().unwrap_or(Naming::Not)
    }

    pub(super) fn conditions_hold(&self, facts: &Facts<'_>) -> bool {
        self.conditions.iter().all(|condition| condition.holds(facts, self.effect))
    }

    /// How the statement applies to a request; `Not` when it does not. The cheapest question
    /// comes first.
    pub(super) fn applies(&self, facts: &Facts<'_>, kind: PolicyKind) -> Naming {
        if !self.covers_action(facts.request.action) || !self.covers_resource(facts) {
            return Naming::Not;
        }
        let naming = self.naming(facts, kind);
        if naming == Naming::Not || !self.conditions_hold(facts) { Naming::Not } else { naming }
    }
}
