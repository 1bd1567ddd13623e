//! The linter of policies: what AWS stores and yet does not do what its author means.
//!
//! A document that AWS refuses is [`MalformedPolicy`](super::MalformedPolicy)'s affair; what is
//! found here is found in documents that are stored without a word.

mod actions;
mod catalogue;
mod conditions;
mod global_keys;
mod overlap;
mod principals;
mod resources;
mod statements;
mod suggest;
mod text;

#[cfg(test)]
mod tests;

use tributary_vocabulary::Region;

use super::document::PolicyDocument;
use super::json::Position;
use super::kind::PolicyKind;
use text::Text;

pub use suggest::nearest;

/// What the linter knows of the place a document hangs on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LintContext {
    /// The Region in which everything is; names of others are told then.
    pub region: Option<Region>,
    /// The ARN of the resource that carries the policy; its statements have to be about it.
    pub attached_to: Option<String>,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It works, but wider or otherwise than its author is likely to mean.
    Warning,
    /// It cannot do what it says.
    Error,
}

impl Severity {
    /// `warning` or `error`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Something wrong with a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintFinding {
    /// The rule, such as `action.unknown`.
    pub id: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub sentence: String,
    /// What to write instead.
    pub mend: String,
    /// Where in the text.
    pub position: Position,
}

/// Looks a document over; what is found comes in the order of the text.
#[must_use]
pub fn lint(document: &PolicyDocument, context: &LintContext) -> Vec<LintFinding> {
    let Some(text) = Text::of(document) else {
        return Vec::new();
    };
    let mut linter = Linter { kind: document.kind(), context, text: &text, findings: Vec::new() };
    for statement in &text.statements {
        let covered = linter.actions(statement);
        linter.resources(statement, &covered);
        linter.principals(statement);
        linter.conditions(statement);
        linter.pass_role(statement);
        linter.variables(statement);
    }
    linter.statements(document);
    let mut findings = linter.findings;
    findings.sort_by(|a, b| (a.position, a.id).cmp(&(b.position, b.id)));
    findings
}

/// The document that is looked over, and what was found so far.
struct Linter<'a> {
    kind: PolicyKind,
    context: &'a LintContext,
    text: &'a Text,
    findings: Vec<LintFinding>,
}

impl Linter<'_> {
    fn error(&mut self, id: &'static str, at: Position, sentence: String, mend: String) {
        self.find(id, Severity::Error, at, sentence, mend);
    }

    fn warn(&mut self, id: &'static str, at: Position, sentence: String, mend: String) {
        self.find(id, Severity::Warning, at, sentence, mend);
    }

    fn find(
        &mut self,
        id: &'static str,
        severity: Severity,
        position: Position,
        sentence: String,
        mend: String,
    ) {
        self.findings.push(LintFinding { id, severity, sentence, mend, position });
    }

    /// Whether something was found at this place already; one finding a place is enough.
    fn is_told(&self, at: Position) -> bool {
        self.findings.iter().any(|finding| finding.position == at)
    }
}

/// Whether the requests of AWS give a condition key many values, as `aws:TagKeys`.
#[must_use]
pub fn is_multivalued(key: &str) -> bool {
    conditions::is_multivalued(key)
}

/// What is wrong with the name of an action, with what to write instead; `None` when it is known
/// or its service's actions are in no table.
#[must_use]
pub fn doubt_action(action: &str) -> Option<String> {
    let text = format!(
        r#"{{"Statement":{{"Effect":"Deny","Action":{},"Resource":"*"}}}}"#,
        serde_json::Value::from(action)
    );
    let document = PolicyDocument::parse(&text, PolicyKind::Identity).ok()?;
    let finding = lint(&document, &LintContext::default()).into_iter().next()?;
    Some(format!("{}; {}", finding.sentence, finding.mend))
}

/// Words as a list: `a, b and c`.
fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [start @ .., last] => format!("{} and {last}", start.join(", ")),
    }
}
