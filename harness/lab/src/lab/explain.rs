//! Asks the policies of a lab, and tells the answer.

use tributary_emulator::policy::lint::{doubt_action, is_multivalued};
use tributary_emulator::policy::{Answer, Missed, Outcome, Principal};
use tributary_emulator::{Caller, kernel::Access};
use tributary_vocabulary::AccountId;

use super::Lab;
use crate::topology::{Plan, fill, fill_for};
use crate::{Error, Result};

/// What the policies of a lab say to a question, and why.
#[derive(Debug, Clone)]
pub struct Explanation {
    caller: String,
    action: String,
    resource: String,
    answer: Answer,
    /// The scenario's file of each policy that had a say and came from one.
    files: Vec<(String, String)>,
    notes: Vec<String>,
}

impl Lab {
    /// Whether the policies of this lab let somebody do something, and why: asked of the lab's own
    /// authorisation. `principal` is `master`, `member-1`, 12 digits, the name of a role (of the
    /// master, or `member-1/NAME`), the ARN of a user, role or session, or a service such as
    /// `logs.amazonaws.com`, whose `aws:SourceArn` comes in the context. A key of the context that
    /// is given several times has several values.
    ///
    /// # Errors
    /// [`Error::Question`] when there is no such principal, or action or resource are none;
    /// [`Error::Account`] when the lab does not have the account.
    pub fn explain(
        &self,
        principal: &str,
        action: &str,
        resource: &str,
        context: &[(&str, &str)],
    ) -> Result<Explanation> {
        check_question(action, resource)?;
        let Some(core) = self.ground.core() else {
            let text = "policies can be asked in a lab on the embedded backend only";
            return Err(Error::Question(text.to_owned()));
        };
        let mut core = core.lock();
        let single = |wanted: &str| {
            let found = context.iter().find(|(key, _)| key.eq_ignore_ascii_case(wanted));
            found.map(|(_, value)| *value)
        };
        let (caller, notes) = core.with_world(|world| -> Result<_> {
            let region = self.plan.names.region.clone();
            let mut notes: Vec<String> = doubt_action(action).into_iter().collect();
            let principal =
                self.principal(principal, |account, role| world.role_arn(account, role))?;
            if let Principal::Session { account, role, .. } = &principal {
                let name = role.rsplit('/').next().unwrap_or(role);
                if world.role_arn(*account, name).is_none() {
                    notes.push(format!("there is no role {name} in account {account}"));
                }
            }
            let source = single("aws:SourceArn");
            let account = principal
                .account()
                .or_else(|| single("aws:SourceAccount")?.parse().ok())
                .or_else(|| source?.split(':').nth(4)?.parse().ok())
                .or_else(|| world.owner_of(resource))
                .unwrap_or(self.plan.accounts.master);
            if principal.account().is_none() && single("aws:SourceAccount").is_none() {
                notes.push(format!("aws:SourceAccount is taken to be {account}"));
            }
            let source_arn = source.map(str::to_owned);
            Ok((Caller { principal, account, region, source_arn, request: None }, notes))
        })?;
        let mut access = Access::to(action, resource);
        for (key, value) in context {
            let values: Vec<&str> = context
                .iter()
                .filter(|(other, _)| other.eq_ignore_ascii_case(key))
                .map(|(_, value)| *value)
                .collect();
            access.context = if values.len() > 1 || is_multivalued(key) {
                access.context.with_list(key, values)
            } else {
                access.context.with(key, *value)
            };
        }
        let answer = core.world.explain(&caller, &access);
        let files = files_of(&self.plan, &answer);
        let (caller, action, resource) = (caller.principal.arn(), action.into(), resource.into());
        Ok(Explanation { caller, action, resource, answer, files, notes })
    }

    fn principal(
        &self,
        text: &str,
        role_arn: impl Fn(AccountId, &str) -> Option<String>,
    ) -> Result<Principal> {
        let accounts = &self.plan.accounts;
        if let Some(account) = accounts.named(text) {
            return Ok(Principal::Root { account });
        }
        let is_member = text.starts_with("member-") && !text.contains('/');
        if is_member {
            return self.account(text).map(|account| Principal::Root { account });
        }
        if let Ok(principal) = Principal::parse(text) {
            return Ok(match principal {
                Principal::Role { account, name } => session(account, &name),
                other => other,
            });
        }
        let (holders, name) = match text.split_once('/') {
            Some((account, name)) => (vec![self.account(account)?], name),
            None => (accounts.all(), text),
        };
        let found: Vec<Principal> = holders
            .iter()
            .filter(|account| role_arn(**account, name).is_some())
            .map(|account| session(*account, name))
            .collect();
        match found.as_slice() {
            [one] => Ok(one.clone()),
            [] => Err(Error::Question(format!(
                "'{text}' is nobody here: write master, member-1, an account id, the name of a role, \
                 an ARN of a user, role or session, or a service such as logs.amazonaws.com"
            ))),
            [first, ..] if first.account() == Some(accounts.master) => Ok(first.clone()),
            several => Err(Error::Question(format!(
                "{} accounts have a role {name}: write member-1/{name}",
                several.len()
            ))),
        }
    }
}

fn session(account: AccountId, role: &str) -> Principal {
    Principal::Session { account, role: role.to_owned(), session: "explain-access".to_owned() }
}

fn check_question(action: &str, resource: &str) -> Result<()> {
    let is_action = action.split_once(':').is_some_and(|(service, name)| {
        !service.is_empty() && !name.is_empty() && !action.contains(['*', '?'])
    });
    if !is_action {
        let told = format!("'{action}' is no action: write one such as kinesis:PutRecord");
        return Err(Error::Question(told));
    }
    if resource != "*" && !(resource.starts_with("arn:") && resource.splitn(6, ':').count() == 6) {
        let told = format!(
            "'{resource}' is no resource: write a whole ARN such as arn:aws:s3:::bucket/key, or *"
        );
        return Err(Error::Question(told));
    }
    Ok(())
}

/// Which file each policy came from: the one whose filled-in text it has.
fn files_of(plan: &Plan, answer: &Answer) -> Vec<(String, String)> {
    let region = &plan.names.region;
    let mut files = Vec::new();
    for file in plan.policies.names() {
        let Some(raw) = plan.policies.raw(file) else { continue };
        let each =
            plan.accounts.members.iter().enumerate().map(|(place, member)| {
                fill_for(raw, plan.accounts.master, *member, place + 1, region)
            });
        let texts: Vec<String> =
            std::iter::once(fill(raw, &plan.accounts, region)).chain(each).collect();
        for (name, text) in &answer.texts {
            if texts.contains(text) {
                files.push((name.clone(), format!("policies/{file}")));
            }
        }
    }
    files
}

impl Explanation {
    /// Whether the call may go on.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.answer.decision.is_allowed()
    }

    /// The answer as the policy engine gives it.
    #[must_use]
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// The answer, a line each, the decision first.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let Self { caller, action, resource, .. } = self;
        let (mark, word) = match self.answer.decision.outcome() {
            Outcome::Allowed => ("✓ allowed", "may"),
            Outcome::ExplicitDeny => ("✗ denied by a statement", "may not"),
            Outcome::ImplicitDeny => ("✗ denied, as nothing allows it", "may not"),
        };
        let mut lines = vec![format!("{mark}: {caller} {word} {action} on {resource}")];
        let mut tell = |name: &str, text: String| lines.push(format!("  {name:<10}{text}"));
        for statement in &self.answer.granted {
            tell(
                "by",
                self.with_file(statement.display(), &statement.policy, statement.start.line),
            );
        }
        if let Some(denial) = self.answer.decision.denial() {
            if let Some(statement) = &denial.denied_by {
                let line = statement.start.line;
                tell("by", self.with_file(statement.display(), &statement.policy, line));
            }
            if let Some((policy, principals)) = &denial.admits {
                tell("why", format!("{policy} admits {} only", principals.join(", ")));
            }
        }
        for side in &self.answer.sides {
            tell(side.side.short_name(), side.words.clone());
        }
        if let Some(denial) = self.answer.decision.denial() {
            for miss in &denial.near_misses {
                let line = miss.statement.start.line;
                tell("near miss", self.with_file(miss.sentence(), &miss.statement.policy, line));
                if let Missed::Condition { key, .. } = &miss.missed
                    && !miss.found.is_empty()
                {
                    tell("expected", format!("{key} {}", miss.expected.join(" or ")));
                    tell("found", format!("{key} {}", miss.found.join(", ")));
                }
            }
        }
        for key in &self.answer.lacking {
            tell("lacking", format!("{key}; give it with --context {key}=VALUE"));
        }
        if !self.is_allowed() {
            tell("AWS says", self.answer.decision.sentence());
        }
        for note in &self.notes {
            tell("note", note.clone());
        }
        lines
    }

    fn with_file(&self, text: String, policy: &str, line: u32) -> String {
        match self.files.iter().find(|(name, _)| name == policy) {
            Some((_, file)) => format!("{text}   {file}:{line}"),
            None => text,
        }
    }
}
