//! The check of a scenario before anything runs: each policy by itself, and all of them against
//! the topology that they are to carry.

mod asks;
mod place;

use std::collections::BTreeSet;

use tributary_emulator::policy::lint::{LintContext, Severity, lint, nearest};
use tributary_emulator::policy::{PolicyDocument, PolicyKind, Position};

use tributary_vocabulary::Source;

use crate::scenario::{Scenario, ScenarioError};
use crate::topology::{
    Accounts, Carrier, DOCUMENTS, Document, Names, Needed, Policies, fill, fill_for,
};

/// What was found in a scenario.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Check {
    /// The scenario's name.
    pub scenario: String,
    /// How many policy documents were looked at.
    pub documents: usize,
    /// What was found, file by file, in the order of the text.
    pub findings: Vec<CheckFinding>,
}

/// Something wrong with a file of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckFinding {
    /// The file, from the scenario's folder: `policies/destination_policy.json`.
    pub file: String,
    /// Where in the file; `None` when it is about the file as a whole.
    pub position: Option<Position>,
    /// How bad it is.
    pub severity: Severity,
    /// The rule, such as `action.unknown`.
    pub id: &'static str,
    /// What is wrong.
    pub sentence: String,
    /// How to mend it.
    pub mend: String,
}

impl Check {
    /// How many findings are this bad.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

impl CheckFinding {
    /// `policies/destination_policy.json:9:5`.
    #[must_use]
    pub fn place(&self) -> String {
        match self.position {
            Some(Position { line, column }) => format!("{}:{line}:{column}", self.file),
            None => self.file.clone(),
        }
    }
}

/// Checks a scenario and every one of its policies; `members` stands in for the number that the
/// scenario says.
///
/// # Errors
/// When its policies cannot be read. What is wrong with them is no error, it is what is told.
pub fn check_scenario(scenario: &Scenario, members: Option<usize>) -> Result<Check, ScenarioError> {
    let policies = scenario.policies()?;
    let accounts = Accounts::with_members(members.unwrap_or(scenario.topology.members));
    let names = Names { region: scenario.topology.region.clone(), master: accounts.master };
    let sources = &scenario.topology.sources;
    let organization = scenario.topology.organization.as_ref().map(|found| found.id.as_str());
    let findings = Vec::new();
    let mut checker =
        Checker { policies: &policies, accounts, names, sources, organization, findings };
    checker.scenario(scenario);
    let mut documents = 0;
    for file in policies.names() {
        match DOCUMENTS.iter().find(|document| document.file == file) {
            Some(document) => checker.document(document),
            None => match control_policy(scenario, file) {
                Some(kind) => checker.control_policy(file, kind),
                None => checker.unknown(file),
            },
        }
        documents += 1;
    }
    checker.missing();
    let mut findings = checker.findings;
    findings.sort_by(|a, b| (&a.file, a.position, a.id).cmp(&(&b.file, b.position, b.id)));
    Ok(Check { scenario: scenario.name.clone(), documents, findings })
}

/// The kind of a document that the scenario's organisation names.
fn control_policy(scenario: &Scenario, file: &str) -> Option<PolicyKind> {
    let organization = scenario.topology.organization.as_ref()?;
    let names = |list: &[String]| list.iter().any(|name| name == file);
    if names(&organization.scps) {
        return Some(PolicyKind::Scp);
    }
    names(&organization.rcps).then_some(PolicyKind::Rcp)
}

struct Checker<'a> {
    policies: &'a Policies,
    accounts: Accounts,
    names: Names,
    sources: &'a [Source],
    /// The id of the organisation that all accounts are in.
    organization: Option<&'a str>,
    findings: Vec<CheckFinding>,
}

/// A document for one account or for all of them, filled in.
struct Filled<'a> {
    document: &'a Document,
    raw: &'a str,
    text: String,
    /// The member that it is for, when each has its own.
    member: Option<usize>,
}

impl<'a> Checker<'a> {
    fn find(&mut self, file: &str, severity: Severity, id: &'static str, told: (String, String)) {
        let (sentence, mend) = told;
        let file = file.to_owned();
        self.findings.push(CheckFinding { file, position: None, severity, id, sentence, mend });
    }

    /// `scenario.yaml`: what its form alone does not refuse.
    fn scenario(&mut self, scenario: &Scenario) {
        let file = "scenario.yaml";
        let topology = &scenario.topology;
        let retention = u64::try_from(topology.retention_hours).unwrap_or(0);
        for (what, given, least, most) in [
            ("members", self.accounts.members.len() as u64, 1, 1_000),
            ("shards", u64::from(topology.shards), 1, 500),
            ("retention_hours", retention, 24, 8_760),
        ] {
            if !(least..=most).contains(&given) {
                let sentence = format!("topology.{what} is {given}");
                let mend = format!("write a number from {least} to {most}");
                self.find(file, Severity::Error, "scenario.range", (sentence, mend));
            }
        }
        let known = scenario.transform.starts_with("builtin:");
        if let Err(error) = tributary_transform::builtin(&scenario.transform)
            && known
        {
            let mend = "write builtin:envelope or builtin:documents".to_owned();
            self.find(file, Severity::Error, "scenario.transform", (error.to_string(), mend));
        }
    }

    /// A policy of the organisation.
    fn control_policy(&mut self, file: &str, kind: PolicyKind) {
        let raw = self.policies.raw(file).unwrap_or_default();
        let text = fill(raw, &self.accounts, &self.names.region);
        let mut tell = |at, severity, id, sentence, mend| {
            let accounts = &self.accounts;
            let region = &self.names.region;
            let place = place::in_file(raw, &text, at, |text| fill(text, accounts, region));
            let (file, position) = (format!("policies/{file}"), Some(place));
            self.findings.push(CheckFinding { file, position, severity, id, sentence, mend });
        };
        match PolicyDocument::parse(&text, kind) {
            Ok(policy) => {
                let context =
                    LintContext { region: Some(self.names.region.clone()), attached_to: None };
                for found in lint(&policy, &context) {
                    let (at, severity) = (found.position, found.severity);
                    tell(at, severity, found.id, found.sentence, found.mend);
                }
            }
            Err(malformed) => {
                let sentence = format!("MalformedPolicyDocumentException: {malformed}");
                let (at, mend) = (malformed.position, malformed.fault.mend());
                tell(at, Severity::Error, "policy.malformed", sentence, mend);
            }
        }
    }

    fn unknown(&mut self, file: &str) {
        let sentence = "no step of the set-up uses this document".to_owned();
        let mend = match nearest(file, DOCUMENTS.iter().map(|document| document.file)) {
            Some(near) => format!("did you mean policies/{near}?"),
            None => "remove it, or give it the name of a document that is used".to_owned(),
        };
        let file = format!("policies/{file}");
        self.find(&file, Severity::Warning, "document.unknown", (sentence, mend));
    }

    fn missing(&mut self) {
        for document in DOCUMENTS {
            let needed = match document.needed {
                Needed::Always => true,
                Needed::WithMembers => !self.accounts.members.is_empty(),
                Needed::With(source) => self.sources.contains(&source),
                Needed::IfThere => false,
            };
            if needed && self.policies.raw(document.file).is_none() {
                let sentence =
                    "the set-up needs this document, and the scenario has none".to_owned();
                let mend = "copy it from scenarios/centralized-logging/policies".to_owned();
                let file = format!("policies/{}", document.file);
                self.find(&file, Severity::Error, "document.missing", (sentence, mend));
            }
        }
    }

    fn document(&mut self, document: &'a Document) {
        let Some(raw) = self.policies.raw(document.file) else {
            return;
        };
        let region = &self.names.region;
        let filled = match document.carrier {
            // What is wrong for the first member is wrong for all; only its hops are asked of each.
            Carrier::MemberRole(_) => {
                let text = self.fill_for_first(raw);
                Filled { document, raw, text, member: Some(1) }
            }
            _ => Filled { document, raw, text: fill(raw, &self.accounts, region), member: None },
        };
        let policy = match PolicyDocument::parse(&filled.text, document.kind) {
            Ok(policy) => policy,
            Err(malformed) => {
                let code = match document.carrier {
                    Carrier::Resource { code, .. } => code,
                    Carrier::Account => "InvalidParameterException",
                    Carrier::Role(_) | Carrier::MemberRole(_) => "MalformedPolicyDocument",
                };
                let told = (format!("{code}: {malformed}"), malformed.fault.mend());
                let at = Some(malformed.position);
                return self.tell(&filled, at, Severity::Error, "policy.malformed", told);
            }
        };
        let context = LintContext {
            region: Some(region.clone()),
            attached_to: match document.carrier {
                Carrier::Resource { arn, .. } => Some(fill(arn, &self.accounts, region)),
                _ => None,
            },
        };
        for finding in lint(&policy, &context) {
            let told = (finding.sentence, finding.mend);
            self.tell(&filled, Some(finding.position), finding.severity, finding.id, told);
        }
        self.strangers(&filled);
        self.asks(&filled, &policy);
    }

    /// A text about the first member.
    fn fill_for_first(&self, text: &str) -> String {
        let Accounts { master, members } = &self.accounts;
        let first = members.first().copied().unwrap_or(*master);
        fill_for(text, *master, first, 1, &self.names.region)
    }

    /// Tells of a place of a filled document, as a place of the file.
    fn tell(
        &mut self,
        filled: &Filled<'_>,
        at: Option<Position>,
        severity: Severity,
        id: &'static str,
        (sentence, mend): (String, String),
    ) {
        let fill = |text: &str| match filled.member {
            Some(_) => self.fill_for_first(text),
            None => fill(text, &self.accounts, &self.names.region),
        };
        let position = at.map(|at| place::in_file(filled.raw, &filled.text, at, fill));
        let file = format!("policies/{}", filled.document.file);
        self.findings.push(CheckFinding { file, position, severity, id, sentence, mend });
    }

    /// Accounts that a document names and the topology does not have.
    fn strangers(&mut self, filled: &Filled<'_>) {
        let known: BTreeSet<String> = self.accounts.all().iter().map(ToString::to_string).collect();
        let mut told = BTreeSet::new();
        for (at, account) in place::accounts_in(&filled.text) {
            if known.contains(account) || !told.insert(account.to_owned()) {
                continue;
            }
            let admits = matches!(
                filled.document.carrier,
                Carrier::Resource { code: "InvalidParameterException", .. }
            );
            let verb = if admits { "the destination admits" } else { "this names" };
            let sentence = format!("{verb} account {account}, which the topology does not have");
            let members = self.accounts.members.len();
            let mend = format!(
                "write \"<MEMBER_ACCOUNT_ID>\" for each of the {members} members, or remove it"
            );
            self.tell(filled, Some(at), Severity::Warning, "topology.stranger", (sentence, mend));
        }
    }
}
