//! A decision told in full: allowed or denied, every side with what it said.

use std::collections::{BTreeMap, BTreeSet};

use super::decision::{Decision, MatchedStatement, SideReport};
use super::evaluate::{MissingPolicy, Rulings, evaluate};
use super::explain;
use super::facts::{Fact, Facts, Request};
use super::grantee::Naming;
use super::policies::{NamedPolicy, Policies};

/// A decision with all that was found on the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The decision.
    pub decision: Decision,
    /// The statements that permitted; none for a denied request.
    pub granted: Vec<MatchedStatement>,
    /// What each side said.
    pub sides: Vec<SideReport>,
    /// Keys that statements about this action ask for and the request does not have.
    pub lacking: Vec<String>,
    /// The text of every policy that had a say, by the name that the rest calls it by.
    pub texts: BTreeMap<String, String>,
}

/// Decides on a request as [`evaluate`] does, and gathers the explanation of a permission, too.
#[must_use]
pub fn answer(request: &Request<'_>, policies: &Policies) -> Answer {
    let decision = evaluate(request, policies);
    let facts = Facts::new(request);
    let rulings = Rulings::of(&facts, policies, MissingPolicy::IsSilent);
    Answer {
        granted: decision.granted_by(policies),
        sides: explain::sides(&facts, policies, &rulings),
        lacking: lacking(&facts, policies),
        texts: all(policies)
            .map(|named| (named.name.clone(), named.document.text().to_owned()))
            .collect(),
        decision,
    }
}

fn all(policies: &Policies) -> impl Iterator<Item = &NamedPolicy> {
    let organisation = policies.scps.iter().chain(&policies.rcps).flatten();
    let lists = [policies.identity.as_slice(), policies.session.as_slice()];
    lists
        .into_iter()
        .flatten()
        .chain(&policies.resource)
        .chain(&policies.boundary)
        .chain(organisation)
}

fn lacking(facts: &Facts<'_>, policies: &Policies) -> Vec<String> {
    let mut keys = BTreeSet::new();
    for named in all(policies) {
        let kind = named.document.kind();
        for statement in named.document.statements() {
            if !statement.covers_action(facts.request.action)
                || statement.naming(facts, kind) == Naming::Not
            {
                continue;
            }
            let resources = statement.resources.iter().flat_map(|resources| &resources.list);
            keys.extend(resources.flat_map(|resource| resource.text.keys()));
            let failed =
                statement.conditions().iter().filter(|c| !c.holds(facts, statement.effect()));
            keys.extend(failed.flat_map(|condition| condition.keys()));
        }
    }
    let absent = |key: &&str| matches!(facts.lookup(&key.to_ascii_lowercase()), Fact::Absent);
    keys.into_iter().filter(absent).map(str::to_owned).collect()
}
