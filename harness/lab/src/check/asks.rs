//! What the hops ask of a document, answered by the policy engine itself.

use std::sync::Arc;

use tributary_emulator::policy::lint::Severity;
use tributary_emulator::policy::{
    Context, Decision, NamedPolicy, Policies, PolicyDocument, PolicyKind, Position, Principal,
    Request, Side, answer,
};
use tributary_vocabulary::AccountId;

use super::{Checker, Filled};
use crate::topology::{Ask, Carrier, ForEach, Who, fill_for};

/// How many accounts a sentence names before it counts.
const NAMED: usize = 3;

/// A hop that the document does not let go.
struct Stopped {
    account: AccountId,
    decision: Decision,
    resource: String,
}

impl Checker<'_> {
    /// Asks the document for everything that its hops need.
    pub(super) fn asks(&mut self, filled: &Filled<'_>, policy: &PolicyDocument) {
        for ask in filled.document.asks {
            let mut stopped: Vec<Stopped> = Vec::new();
            for (number, account) in self.askers(ask) {
                stopped.extend(self.ask(filled, policy, ask, number, account));
            }
            if !stopped.is_empty() {
                self.stopped(filled, policy, ask, &stopped);
            }
        }
    }

    fn askers(&self, ask: &Ask) -> Vec<(usize, AccountId)> {
        match ask.for_each {
            ForEach::Master => vec![(0, self.accounts.master)],
            ForEach::Member => {
                let members = self.accounts.members.iter().enumerate();
                members.map(|(place, member)| (place + 1, *member)).collect()
            }
        }
    }

    /// One question for one account; `None` when it is allowed.
    fn ask(
        &self,
        filled: &Filled<'_>,
        policy: &PolicyDocument,
        ask: &Ask,
        number: usize,
        account: AccountId,
    ) -> Option<Stopped> {
        let words = |text: &str| self.words(text, number, account);
        let (owner, role) = match filled.document.carrier {
            Carrier::Role(role) => (self.accounts.master, role),
            Carrier::MemberRole(role) => (account, role),
            Carrier::Resource { .. } | Carrier::Account => (self.accounts.master, ""),
        };
        let own;
        let policy = match filled.member {
            Some(first) if first != number => {
                let text = self.words(filled.raw, number, account);
                own = PolicyDocument::parse(&text, filled.document.kind).ok()?;
                &own
            }
            _ => policy,
        };
        let resource = match filled.document.kind {
            PolicyKind::Trust => format!("arn:aws:iam::{owner}:role/{role}"),
            _ => words(ask.resource),
        };
        let mut context = Context::new()
            .with("aws:RequestedRegion", self.names.region.as_str())
            .with("aws:SecureTransport", "true");
        if let Some(organization) = self.organization {
            for key in ["aws:PrincipalOrgID", "aws:SourceOrgID", "aws:ResourceOrgID"] {
                context = context.with(key, organization);
            }
        }
        for (key, value) in ask.context {
            context = context.with(key, words(value));
        }
        let principal = match ask.who {
            Who::Holder => Principal::Session {
                account: owner,
                role: role.to_owned(),
                session: "check".to_owned(),
            },
            Who::Service(name) => Principal::Service { name: name.to_owned() },
            Who::Root => Principal::Root { account },
        };
        let named = NamedPolicy { name: "this policy".into(), document: Arc::new(policy.clone()) };
        let policies = if filled.document.kind == PolicyKind::Identity {
            Policies { identity: vec![named], ..Policies::default() }
        } else {
            Policies { resource: Some(named), ..Policies::default() }
        };
        let mut denied = None;
        for action in ask.actions {
            let request = Request {
                principal: &principal,
                action,
                resource: &resource,
                resource_account: Some(owner),
                context: &context,
            };
            let answer = answer(&request, &policies);
            // A root of the owner's account needs no leave; that it is admitted is asked all the same.
            let admitted = ask.who != Who::Root
                || answer.sides.iter().any(|report| report.side == Side::Resource && report.allows);
            if answer.decision.is_allowed() && admitted {
                return None;
            }
            denied = denied.or(Some(answer.decision));
        }
        denied.map(|decision| Stopped { account, decision, resource })
    }

    /// A text with one account's ids and number filled in.
    fn words(&self, text: &str, number: usize, account: AccountId) -> String {
        fill_for(text, self.accounts.master, account, number, &self.names.region)
    }

    fn stopped(
        &mut self,
        filled: &Filled<'_>,
        policy: &PolicyDocument,
        ask: &Ask,
        stopped: &[Stopped],
    ) {
        let Some(first) = stopped.first() else {
            return;
        };
        let denial = first.decision.denial();
        let near = denial.and_then(|denial| denial.near_misses.first());
        let statement = denial
            .and_then(|denial| denial.denied_by.as_ref().or(near.map(|near| &near.statement)));
        let at = statement.map(|statement| statement.start);
        let alone = policy.statements().first().filter(|_| policy.statements().len() == 1);
        let at = at.or(alone.map(|statement| statement.start()));
        let lines = statement.map(|statement| (statement.start.line, statement.end.line));
        if lines.is_some_and(|lines| self.is_told(filled, lines)) {
            return;
        }
        let action = ask.actions.join(" or ");
        let whom = match ask.who {
            Who::Service(name) => name.to_owned(),
            Who::Holder => "the role".to_owned(),
            Who::Root => "the account".to_owned(),
        };
        let sentence = match (ask.for_each, ask.who) {
            (ForEach::Member, Who::Root) => format!(
                "{} left out: {action} on {} is not allowed to {}",
                are(stopped),
                first.resource,
                if stopped.len() == 1 { "it" } else { "them" },
            ),
            (ForEach::Member, _) if stopped.len() < self.accounts.members.len() => {
                format!("{} left out: {whom} may not {action} on {}", are(stopped), first.resource)
            }
            _ => format!("{whom} may not {action} on {}", first.resource),
        };
        let why = match (near, denial) {
            (Some(near), _) => near.sentence(),
            (None, Some(denial)) => match &denial.denied_by {
                Some(denied) => format!("{} denies it", denied.display()),
                None => "no statement comes near it".to_owned(),
            },
            (None, None) => String::new(),
        };
        let why = if why.is_empty() { why } else { format!(" ({why})") };
        let sentence = format!("{sentence}, without which not: {}{why}", ask.purpose);
        let severity = if ask.must { Severity::Error } else { Severity::Warning };
        let mend = mend(ask, stopped, &first.resource);
        self.tell(filled, at, severity, "topology.hop", (sentence, mend));
    }

    /// Whether the linter told of an error within these lines of the document.
    fn is_told(&self, filled: &Filled<'_>, (from, to): (u32, u32)) -> bool {
        let file = format!("policies/{}", filled.document.file);
        self.findings.iter().any(|finding| {
            finding.file == file
                && finding.severity == Severity::Error
                && finding.position.is_some_and(|Position { line, .. }| (from..=to).contains(&line))
        })
    }
}

/// `member 333333333333 is`, `members 333333333333, 444444444444 and 7 more are`.
fn are(stopped: &[Stopped]) -> String {
    let ids: Vec<String> = stopped.iter().take(NAMED).map(|one| one.account.to_string()).collect();
    match (ids.as_slice(), stopped.len().saturating_sub(NAMED)) {
        ([one], _) => format!("member {one} is"),
        ([start @ .., last], 0) => format!("members {} and {last} are", start.join(", ")),
        (several, more) => format!("members {} and {more} more are", several.join(", ")),
    }
}

fn mend(ask: &Ask, stopped: &[Stopped], resource: &str) -> String {
    let action = ask.actions.first().copied().unwrap_or_default();
    match ask.who {
        Who::Root if ask.for_each == ForEach::Member => match stopped {
            [one] => format!(
                "add \"{}\" to its principals, or \"<MEMBER_ACCOUNT_ID>\", which stands for every member",
                one.account
            ),
            _ => "add \"<MEMBER_ACCOUNT_ID>\" to its principals, which stands for every member"
                .to_owned(),
        },
        Who::Root => "add \"<MASTER_ACCOUNT_ID>\" to its principals".to_owned(),
        Who::Service(name) if resource.contains(":role/") => {
            format!("allow sts:AssumeRole to {{\"Service\": \"{name}\"}}")
        }
        Who::Service(name) => {
            format!("allow {action} on {resource} to {{\"Service\": \"{name}\"}}")
        }
        Who::Holder => format!("allow {action} on {resource}"),
    }
}
