//! Policy evaluation: which sides have to permit, and whether they do
//! (iam reference, evaluation).

use super::decision::{Decision, Outcome, Side, StatementRef};
use super::document::Effect;
use super::explain;
use super::facts::{Facts, Request};
use super::grantee::Naming;
use super::kind::{PolicyKind, ResourceService};
use super::policies::{NamedPolicy, Policies};
use super::principal::Principal;

/// Decides on a request.
#[must_use]
pub fn evaluate(request: &Request<'_>, policies: &Policies) -> Decision {
    decide(request, policies, MissingPolicy::IsSilent)
}

/// What it means that a resource whose policy has to permit comes without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MissingPolicy {
    /// It permits nothing: live authorisation.
    IsSilent,
    /// It was left out of the question: simulation within an account.
    IsUnknown,
}

/// What one side says: the first statement that permits and the first that forbids.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ruling {
    pub(super) allow: Option<StatementRef>,
    pub(super) deny: Option<StatementRef>,
    /// Of the resource side: how the best permitting statement speaks of the caller.
    pub(super) naming: Option<Naming>,
}

/// What every side says.
#[derive(Debug, Clone, Default)]
pub(super) struct Rulings {
    pub(super) identity: Ruling,
    pub(super) resource: Ruling,
    pub(super) boundary: Option<Ruling>,
    pub(super) session: Option<Ruling>,
    pub(super) scps: Vec<Ruling>,
    pub(super) rcps: Vec<Ruling>,
    /// The identity side permits: by a statement, or because the caller is a root.
    pub(super) identity_allows: bool,
    /// Caller and resource belong to different accounts.
    pub(super) crosses: bool,
    /// The policy of the resource has to permit, even within the account.
    pub(super) resource_must: bool,
}

pub(super) fn decide(
    request: &Request<'_>,
    policies: &Policies,
    missing: MissingPolicy,
) -> Decision {
    let allowed = |granted| Decision { outcome: Outcome::Allowed, granted, denial: None };
    if request.action.eq_ignore_ascii_case("sts:GetCallerIdentity") {
        return allowed([None, None]);
    }
    let facts = Facts::new(request);
    let rulings = Rulings::of(&facts, policies, missing);
    if let Some(at) = rulings.denied_by() {
        return explain::denied(&facts, policies, &rulings, at.side, Some(at));
    }
    match rulings.silent_side(request.principal) {
        Some(side) => explain::denied(&facts, policies, &rulings, side, None),
        None => allowed([rulings.identity.allow, rulings.resource.allow]),
    }
}

impl Rulings {
    pub(super) fn of(facts: &Facts<'_>, policies: &Policies, missing: MissingPolicy) -> Self {
        let request = facts.request;
        let caller = request.principal;
        let account = caller.account();
        let crosses = account.is_some() && facts.owner.is_some() && account != facts.owner;
        let outside =
            |bound| bound == policies.management_account || caller.is_service_linked_role();
        let binds_caller = account.is_some() && !outside(account);
        let binds_resource = facts.owner.is_some()
            && !outside(facts.owner)
            && under_resource_control(request.action);
        let identity = match account {
            Some(_) => rule(&policies.identity, Side::Identity, 0, facts),
            None => Ruling::default(),
        };
        let levels = |binds: bool, levels: &[Vec<NamedPolicy>], side| -> Vec<Ruling> {
            let levels = if binds { levels } else { &[] };
            levels.iter().enumerate().map(|(n, level)| rule(level, side, n, facts)).collect()
        };
        Self {
            identity_allows: identity.allow.is_some() || matches!(caller, Principal::Root { .. }),
            identity,
            resource: rule(policies.resource.as_slice(), Side::Resource, 0, facts),
            boundary: policies
                .boundary
                .as_ref()
                .map(|boundary| rule(std::slice::from_ref(boundary), Side::Boundary, 0, facts)),
            session: (!policies.session.is_empty())
                .then(|| rule(&policies.session, Side::Session, 0, facts)),
            scps: levels(binds_caller, &policies.scps, Side::Scp),
            rcps: levels(binds_resource, &policies.rcps, Side::Rcp),
            crosses,
            resource_must: resource_must_allow(request, policies, missing),
        }
    }

    /// The statement that forbids; the first in the order in which AWS asks the sides.
    fn denied_by(&self) -> Option<StatementRef> {
        let organisation = self.rcps.iter().chain(&self.scps);
        let sides = [Some(&self.resource), Some(&self.identity), self.boundary.as_ref()];
        organisation
            .chain(sides.into_iter().flatten())
            .chain(self.session.as_ref())
            .find_map(|ruling| ruling.deny)
    }

    /// The first side that has to permit and does not.
    fn silent_side(&self, caller: &Principal) -> Option<Side> {
        if self.rcps.iter().any(|ruling| ruling.allow.is_none()) {
            return Some(Side::Rcp);
        }
        if self.scps.iter().any(|ruling| ruling.allow.is_none()) {
            return Some(Side::Scp);
        }
        let naming = self.resource.naming.unwrap_or(Naming::Not);
        if caller.account().is_none() {
            return (naming == Naming::Not).then_some(Side::Resource);
        }
        let silent = |ruling: Option<&Ruling>| ruling.is_some_and(|r| r.allow.is_none());
        let limit = if silent(self.boundary.as_ref()) {
            Some(Side::Boundary)
        } else if silent(self.session.as_ref()) {
            Some(Side::Session)
        } else {
            None
        };
        let permission = if self.identity_allows { limit } else { Some(Side::Identity) };
        if self.crosses {
            return permission.or((naming == Naming::Not).then_some(Side::Resource));
        }
        match naming {
            Naming::Direct => None,
            Naming::Role => limit,
            Naming::Not if self.resource_must => Some(Side::Resource),
            Naming::Account | Naming::Not => permission,
        }
    }
}

/// What a set of policies says: they speak as one.
fn rule(policies: &[NamedPolicy], side: Side, level: usize, facts: &Facts<'_>) -> Ruling {
    let mut ruling = Ruling::default();
    for (policy, named) in policies.iter().enumerate() {
        let kind = named.document.kind();
        for (index, statement) in named.document.statements().iter().enumerate() {
            let naming = statement.applies(facts, kind);
            if naming == Naming::Not {
                continue;
            }
            let at = StatementRef { side, level, policy, statement: index };
            match statement.effect() {
                Effect::Deny => {
                    ruling.deny = Some(at);
                    return ruling;
                }
                Effect::Allow if ruling.naming.is_none_or(|best| best < naming) => {
                    ruling.allow = Some(at);
                    ruling.naming = Some(naming);
                }
                Effect::Allow => {}
            }
        }
    }
    ruling
}

/// A role's trust policy and a KMS key policy have to permit by themselves; a Logs destination
/// has to have a policy before anyone may use it (cloudwatch-logs reference, destinations).
fn resource_must_allow(request: &Request<'_>, policies: &Policies, missing: MissingPolicy) -> bool {
    let kind = policies.resource.as_ref().map(|policy| policy.document.kind());
    match kind {
        Some(PolicyKind::Trust | PolicyKind::Resource(ResourceService::Kms)) => true,
        Some(_) => is_key(request),
        None if missing == MissingPolicy::IsUnknown => false,
        None => is_assume_role(request.action) || is_key(request) || is_destination(request),
    }
}

pub(super) fn is_assume_role(action: &str) -> bool {
    action.get(..14).is_some_and(|start| start.eq_ignore_ascii_case("sts:AssumeRole"))
}

fn is_key(request: &Request<'_>) -> bool {
    request.resource.starts_with("arn:aws:kms:") && request.resource.contains(":key/")
}

fn is_destination(request: &Request<'_>) -> bool {
    request.action.eq_ignore_ascii_case("logs:PutSubscriptionFilter")
        && request.resource.splitn(6, ':').nth(5).is_some_and(|r| r.starts_with("destination:"))
}

/// The services whose resources obey resource control policies (Organizations guide, "List of
/// AWS services that support RCPs"; it has grown since 2024).
fn under_resource_control(action: &str) -> bool {
    const SERVICES: [&str; 10] = [
        "s3",
        "sts",
        "kms",
        "sqs",
        "secretsmanager",
        "logs",
        "dynamodb",
        "ecr",
        "cognito-idp",
        "aoss",
    ];
    let service = action.split_once(':').map_or(action, |(service, _)| service);
    SERVICES.iter().any(|known| known.eq_ignore_ascii_case(service))
}
