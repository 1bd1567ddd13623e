//! From a denial to sentences: AWS's own for the caller, and plain ones for whoever has to mend it.

use super::condition::Condition;
use super::context::ContextValue;
use super::decision::{
    Decision, Denial, MatchedStatement, Missed, NearMiss, Outcome, Side, SideReport, StatementRef,
};
use super::document::{Effect, Statement};
use super::evaluate::{Rulings, is_assume_role};
use super::facts::{Fact, Facts};
use super::grantee::Naming;
use super::policies::{NamedPolicy, Policies};
use super::principal::Principal;

/// The decision that denies; only here is an explanation gathered.
pub(super) fn denied(
    facts: &Facts<'_>,
    policies: &Policies,
    rulings: &Rulings,
    side: Side,
    by: Option<StatementRef>,
) -> Decision {
    let request = facts.request;
    let denied_by = by.and_then(|at| MatchedStatement::new(policies, at));
    let outcome = if by.is_some() { Outcome::ExplicitDeny } else { Outcome::ImplicitDeny };
    let near_misses = if by.is_some() { Vec::new() } else { near_misses(facts, policies, rulings) };
    Decision {
        outcome,
        granted: [None, None],
        denial: Some(Box::new(Denial {
            caller: request.principal.arn(),
            action: request.action.to_owned(),
            resource: request.resource.to_owned(),
            side,
            denied_by,
            sides: sides(facts, policies, rulings),
            admits: if by.is_some() { None } else { admits(facts, policies, rulings) },
            near_misses,
        })),
    }
}

impl Decision {
    /// AWS's message of an AccessDenied; of an allowed request, that it is.
    #[must_use]
    pub fn sentence(&self) -> String {
        self.denial().map_or_else(|| "The request is allowed.".to_owned(), Denial::sentence)
    }

    /// What a human has to know to mend it, a line each; none for an allowed request.
    #[must_use]
    pub fn explanation_lines(&self) -> Vec<String> {
        self.denial().map_or_else(Vec::new, Denial::lines)
    }
}

impl Denial {
    /// `User: … is not authorized to perform: … on resource: … because no identity-based policy
    /// allows the … action`. That of an assumption of a role names no reason (iam reference,
    /// operations), nor do those of what goes along with it.
    #[must_use]
    pub fn sentence(&self) -> String {
        let Self { caller, action, resource, side, .. } = self;
        let start = format!(
            "User: {caller} is not authorized to perform: {action} on resource: {resource}"
        );
        let name = side.aws_name();
        let goes_along = ["sts:TagSession", "sts:SetSourceIdentity"];
        if is_assume_role(action) || goes_along.iter().any(|a| a.eq_ignore_ascii_case(action)) {
            start
        } else if self.denied_by.is_some() {
            let article = if *side == Side::Identity { "an" } else { "a" };
            format!("{start} with an explicit deny in {article} {name}")
        } else {
            format!("{start} because no {name} allows the {action} action")
        }
    }

    fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(statement) = &self.denied_by {
            lines.push(format!("denied by {}", statement.display()));
        }
        if let Some((policy, principals)) = &self.admits {
            lines.push(format!("{policy} admits {} only", list(principals, "nobody")));
        }
        let sides = self.sides.iter();
        let sides: Vec<String> = sides
            .map(|report| format!("{} side: {}", report.side.short_name(), report.words))
            .collect();
        lines.push(sides.join(" · "));
        lines.extend(self.near_misses.iter().map(NearMiss::sentence));
        lines
    }
}

impl NearMiss {
    /// What the statement asks for and what the request has.
    #[must_use]
    pub fn sentence(&self) -> String {
        let statement = self.statement.display();
        let expected = list(&self.expected, "nothing");
        let found = list(&self.found, "nothing");
        match &self.missed {
            Missed::Principal => format!("{statement} is about {expected}, the caller is {found}"),
            Missed::Action => format!("{statement} allows {expected}, the action is {found}"),
            Missed::Resource => format!("{statement} is about {expected}, the resource is {found}"),
            Missed::Condition { operator, key } if self.found.is_empty() => {
                format!("{statement} wants {key} {operator} {expected}, the request has no {key}")
            }
            Missed::Condition { operator, key } => {
                format!("{statement} wants {key} {operator} {expected}, the request has {found}")
            }
        }
    }
}

fn list(items: &[String], none: &str) -> String {
    match items {
        [] => none.to_owned(),
        [one] => one.clone(),
        [start @ .., last] => format!("{} and {last}", start.join(", ")),
    }
}

pub(super) fn sides(facts: &Facts<'_>, policies: &Policies, rulings: &Rulings) -> Vec<SideReport> {
    let named = |at: Option<StatementRef>| at.and_then(|at| MatchedStatement::new(policies, at));
    let action = facts.request.action;
    let report = |side, allow: Option<StatementRef>, deny: Option<StatementRef>| {
        let words = match (named(deny), named(allow)) {
            (Some(statement), _) => format!("denied by {}", statement.display()),
            (None, Some(statement)) => format!("allowed by {}", statement.display()),
            (None, None) => format!("no statement allows {action}"),
        };
        SideReport { side, allows: deny.is_none() && allow.is_some(), words }
    };
    let mut reports = Vec::new();
    match facts.request.principal {
        Principal::Root { account } if rulings.identity.deny.is_none() => {
            let words = format!("allowed (root of {account})");
            reports.push(SideReport { side: Side::Identity, allows: true, words });
        }
        caller if caller.account().is_some() => {
            reports.push(report(Side::Identity, rulings.identity.allow, rulings.identity.deny));
        }
        _ => {}
    }
    let alone = facts.request.principal.account().is_none();
    if policies.resource.is_some() || alone || rulings.crosses || rulings.resource_must {
        reports.push(resource_side(facts, policies, rulings));
    }
    let limits = [(Side::Boundary, &rulings.boundary), (Side::Session, &rulings.session)];
    for (side, ruling) in limits {
        reports.extend(ruling.map(|ruling| report(side, ruling.allow, ruling.deny)));
    }
    for (side, levels) in [(Side::Scp, &rulings.scps), (Side::Rcp, &rulings.rcps)] {
        let decisive = levels.iter().find(|r| r.deny.is_some() || r.allow.is_none());
        let decisive = decisive.or(levels.first());
        reports.extend(decisive.map(|ruling| report(side, ruling.allow, ruling.deny)));
    }
    reports
}

fn resource_side(facts: &Facts<'_>, policies: &Policies, rulings: &Rulings) -> SideReport {
    let ruling = rulings.resource;
    let named = |at: Option<StatementRef>| at.and_then(|at| MatchedStatement::new(policies, at));
    let words = if policies.resource.is_none() {
        "there is no policy".to_owned()
    } else if let Some(statement) = named(ruling.deny) {
        format!("denied by {}", statement.display())
    } else if let Some(statement) = named(ruling.allow) {
        let delegates = ruling.naming == Some(Naming::Account) && !rulings.crosses;
        let verb = if delegates { "left to the account by" } else { "allowed by" };
        format!("{verb} {}", statement.display())
    } else {
        let whom = match facts.request.principal {
            Principal::Service { .. } => "this service",
            Principal::Anonymous => "an unsigned request",
            _ => "this account",
        };
        format!("no statement matches {whom}")
    };
    SideReport {
        side: Side::Resource,
        allows: ruling.deny.is_none() && ruling.allow.is_some(),
        words,
    }
}

/// Whom the resource's policy admits to this action on this resource, when the caller is nobody
/// it speaks of.
fn admits(
    facts: &Facts<'_>,
    policies: &Policies,
    rulings: &Rulings,
) -> Option<(String, Vec<String>)> {
    let policy = policies.resource.as_ref().filter(|_| rulings.resource.allow.is_none())?;
    let kind = policy.document.kind();
    let relevant: Vec<&Statement> = policy
        .document
        .statements()
        .iter()
        .filter(|s| s.effect() == Effect::Allow)
        .filter(|s| s.covers_action(facts.request.action) && s.covers_resource(facts))
        .collect();
    if relevant.is_empty() || relevant.iter().any(|s| s.naming(facts, kind) != Naming::Not) {
        return None;
    }
    let mut principals = Vec::new();
    for grantee in relevant.iter().flat_map(|statement| statement.grantees()) {
        let name = grantee.display();
        if !principals.contains(&name) {
            principals.push(name);
        }
    }
    Some((policy.name.clone(), principals))
}

/// Statements of silent sides that fail by one element only.
fn near_misses(facts: &Facts<'_>, policies: &Policies, rulings: &Rulings) -> Vec<NearMiss> {
    let mut misses = Vec::new();
    let mut look = |silent: bool, side: Side, level: usize, list: &[NamedPolicy]| {
        if !silent {
            return;
        }
        for (policy, named) in list.iter().enumerate() {
            for (statement, _) in named.document.statements().iter().enumerate() {
                let at = StatementRef { side, level, policy, statement };
                misses.extend(near_miss(facts, policies, named, at));
            }
        }
    };
    let silent =
        |ruling: Option<&super::evaluate::Ruling>| ruling.is_some_and(|r| r.allow.is_none());
    let has_identity = facts.request.principal.account().is_some();
    look(has_identity && !rulings.identity_allows, Side::Identity, 0, &policies.identity);
    look(rulings.resource.allow.is_none(), Side::Resource, 0, policies.resource.as_slice());
    look(silent(rulings.boundary.as_ref()), Side::Boundary, 0, policies.boundary.as_slice());
    look(silent(rulings.session.as_ref()), Side::Session, 0, &policies.session);
    for (level, list) in policies.scps.iter().enumerate() {
        look(silent(rulings.scps.get(level)), Side::Scp, level, list);
    }
    for (level, list) in policies.rcps.iter().enumerate() {
        look(silent(rulings.rcps.get(level)), Side::Rcp, level, list);
    }
    misses
}

fn near_miss(
    facts: &Facts<'_>,
    policies: &Policies,
    named: &NamedPolicy,
    at: StatementRef,
) -> Vec<NearMiss> {
    let request = facts.request;
    let Some(statement) = named.document.statements().get(at.statement) else {
        return Vec::new();
    };
    if statement.effect() != Effect::Allow {
        return Vec::new();
    }
    let wrong_action = !statement.covers_action(request.action);
    let wrong_resource = !statement.covers_resource(facts);
    let wrong_principal = statement.naming(facts, named.document.kind()) == Naming::Not;
    let wrong_conditions = !statement.conditions_hold(facts);
    let wrong = [wrong_action, wrong_resource, wrong_principal, wrong_conditions];
    if wrong.iter().filter(|&&element| element).count() != 1 {
        return Vec::new();
    }
    let Some(matched) = MatchedStatement::new(policies, at) else {
        return Vec::new();
    };
    let miss =
        |missed, expected, found| NearMiss { statement: matched.clone(), missed, expected, found };
    if wrong_action {
        if !same_service(statement, request.action) {
            return Vec::new();
        }
        let expected = statement.actions.list.iter().map(|action| action.text.clone()).collect();
        let expected = negate(statement.actions.negated, expected);
        return vec![miss(Missed::Action, expected, vec![request.action.to_owned()])];
    }
    if wrong_resource {
        let resources = statement.resources.as_ref();
        let expected = resources.map_or_else(Vec::new, |resources| {
            let texts = resources.list.iter().map(|r| r.text.source().to_owned()).collect();
            negate(resources.negated, texts)
        });
        return vec![miss(Missed::Resource, expected, vec![request.resource.to_owned()])];
    }
    if wrong_principal {
        let expected = statement.grantees().iter().map(|grantee| grantee.display()).collect();
        return vec![miss(Missed::Principal, expected, vec![request.principal.arn()])];
    }
    let failed = statement.conditions().iter().filter(|c| !c.holds(facts, Effect::Allow));
    failed.map(|condition| condition_miss(condition, facts, &matched)).collect()
}

fn negate(negated: bool, list: Vec<String>) -> Vec<String> {
    if negated {
        list.into_iter().map(|item| format!("anything but {item}")).collect()
    } else {
        list
    }
}

fn condition_miss(
    condition: &Condition,
    facts: &Facts<'_>,
    matched: &MatchedStatement,
) -> NearMiss {
    let found = match facts.lookup(&condition.lookup) {
        Fact::Absent => Vec::new(),
        Fact::One(value) => vec![value.into_owned()],
        Fact::Many(values) => {
            ContextValue::List(values.to_vec()).values().map(str::to_owned).collect()
        }
    };
    NearMiss {
        statement: matched.clone(),
        missed: Missed::Condition {
            operator: condition.operator().to_owned(),
            key: condition.key().to_owned(),
        },
        expected: condition.values().map(str::to_owned).collect(),
        found,
    }
}

/// A statement about another service is no near miss.
fn same_service(statement: &Statement, action: &str) -> bool {
    let service =
        |text: &str| text.split_once(':').map(|(service, _)| service.to_ascii_lowercase());
    let wanted = service(action);
    statement.actions.list.iter().any(|pattern| service(&pattern.text) == wanted)
}
