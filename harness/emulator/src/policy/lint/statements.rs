//! What shows only in a whole statement, or in statements side by side.

use std::collections::BTreeMap;

use super::Linter;
use super::text::StatementText;
use crate::policy::document::{Effect, PolicyDocument, Statement};
use crate::policy::grantee::Grantee;
use crate::policy::pattern::{Style, Wildcard};

impl Linter<'_> {
    /// `iam:PassRole` hands a role to a service: to which one, and which role?
    pub(super) fn pass_role(&mut self, statement: &StatementText) {
        if statement.effect != Effect::Allow || statement.actions.negated {
            return;
        }
        let passes = |text: &str| {
            let lower = text.to_ascii_lowercase();
            lower.starts_with("iam:")
                && Wildcard::compile(text, Style::FoldCase).matches("iam:PassRole")
        };
        let Some(action) = statement.actions.list.iter().find(|word| passes(&word.text)) else {
            return;
        };
        for resource in statement.resources.list.iter().filter(|_| !statement.resources.negated) {
            let path = resource.text.splitn(6, ':').nth(5).unwrap_or("*");
            if path == "*" || path == "role/*" || resource.text == "*" {
                let sentence = "iam:PassRole has no target: every role may be handed on".to_owned();
                let mend = "write the ARN of the role, arn:aws:iam::ACCOUNT:role/NAME".to_owned();
                self.warn("pass-role.target", resource.at, sentence, mend);
            }
        }
        let told = statement
            .conditions
            .iter()
            .any(|condition| condition.key.text.eq_ignore_ascii_case("iam:PassedToService"));
        if !told {
            let sentence =
                "iam:PassRole does not say to which service the role may be handed".to_owned();
            let mend = "add \"Condition\": {\"StringEquals\": {\"iam:PassedToService\": \"…\"}}";
            self.warn("pass-role.service", action.at, sentence, mend.to_owned());
        }
    }

    /// Policy variables are text to a document that does not say `2012-10-17`.
    pub(super) fn variables(&mut self, statement: &StatementText) {
        if self.text.has_variables {
            return;
        }
        let values = statement.conditions.iter().flat_map(|condition| &condition.values);
        let found = statement.resources.list.iter().chain(values);
        for word in found.filter(|word| word.text.contains("${")) {
            if self.is_told(word.at) {
                continue;
            }
            let sentence = format!(
                "{} is taken as it stands: the document has no Version for variables",
                word.text
            );
            let mend = "add \"Version\": \"2012-10-17\"".to_owned();
            self.error("version.variables", word.at, sentence, mend);
        }
    }

    /// Statements side by side.
    pub(super) fn statements(&mut self, document: &PolicyDocument) {
        self.sids();
        let statements = document.statements();
        for (index, allowed) in statements.iter().enumerate() {
            let Some(denied) = statements
                .iter()
                .position(|other| other.effect() == Effect::Deny && covers(other, allowed))
                .filter(|_| allowed.effect() == Effect::Allow)
            else {
                continue;
            };
            let name = match statements.get(denied).and_then(Statement::sid) {
                Some(sid) if !sid.is_empty() => format!("statement {sid}"),
                _ => format!("statement {}", denied + 1),
            };
            let Some(at) = self.text.statements.get(index).map(|statement| statement.at) else {
                continue;
            };
            let sentence = format!("all that this statement allows is denied by {name}");
            self.error(
                "statement.shadowed",
                at,
                sentence,
                format!("narrow {name}, or remove this one"),
            );
        }
    }

    fn sids(&mut self) {
        let mut seen = BTreeMap::new();
        let mut twice = Vec::new();
        for statement in &self.text.statements {
            if let Some(sid) = statement.sid.as_ref().filter(|sid| !sid.text.is_empty())
                && let Some(line) = seen.insert(sid.text.clone(), sid.at.line)
            {
                twice.push((sid.clone(), line));
            }
        }
        for (sid, line) in twice {
            let sentence = format!("the Sid {} stands in line {line} already", sid.text);
            self.warn("sid.duplicate", sid.at, sentence, "give each statement its own".to_owned());
        }
    }
}

/// Whether a denial covers whatever the other statement could allow. Cautious: only what is sure.
fn covers(denial: &Statement, allowed: &Statement) -> bool {
    let conditions =
        denial.conditions.iter().all(|condition| allowed.conditions.contains(condition));
    conditions
        && covers_actions(denial, allowed)
        && covers_resources(denial, allowed)
        && covers_principals(denial, allowed)
}

/// A pattern covers another when it matches it as a text: a `*` only meets a `*`.
fn covers_pattern(wide: &str, narrow: &str, style: Style) -> bool {
    wide == narrow || !wide.contains('?') && Wildcard::compile(wide, style).matches(narrow)
}

fn covers_actions(denial: &Statement, allowed: &Statement) -> bool {
    if denial.actions.negated || allowed.actions.negated {
        return denial.actions == allowed.actions;
    }
    allowed.actions.list.iter().all(|narrow| {
        let mut wide = denial.actions.list.iter();
        wide.any(|wide| covers_pattern(&wide.text, &narrow.text, Style::FoldCase))
    })
}

fn covers_resources(denial: &Statement, allowed: &Statement) -> bool {
    match (&denial.resources, &allowed.resources) {
        (None, None) => true,
        (Some(wide), Some(narrow)) if !wide.negated && !narrow.negated => {
            narrow.list.iter().all(|narrow| {
                let mut wide = wide.list.iter().filter(|wide| wide.text.is_fixed());
                wide.any(|wide| {
                    covers_pattern(wide.text.source(), narrow.text.source(), Style::Resource)
                })
            })
        }
        (wide, narrow) => wide.is_some() && wide == narrow,
    }
}

fn covers_principals(denial: &Statement, allowed: &Statement) -> bool {
    match (&denial.grantees, &allowed.grantees) {
        (None, None) => true,
        (Some(wide), Some(narrow)) if !wide.negated && !narrow.negated => {
            wide.list.contains(&Grantee::Everyone)
                || narrow.list.iter().all(|grantee| wide.list.contains(grantee))
        }
        _ => false,
    }
}
