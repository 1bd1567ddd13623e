//! The actions of a statement: whether IAM knows them.

use super::catalogue::{Action, Service, prefixes, service, services};
use super::text::{StatementText, Word};
use super::{Linter, nearest};

/// The actions that a statement's patterns stand for.
#[derive(Default)]
pub(super) struct Covered {
    /// Per word of the statement, what it matches.
    pub(super) words: Vec<CoveredWord>,
    /// Whether the tables do not tell all of them: `*`, `NotAction`, a service without table.
    pub(super) open: bool,
}

/// What one word matches.
pub(super) struct CoveredWord {
    pub(super) word: Word,
    pub(super) service: &'static Service,
    pub(super) actions: Vec<&'static Action>,
}

impl Linter<'_> {
    /// Looks the actions over and says which are meant.
    pub(super) fn actions(&mut self, statement: &StatementText) -> Covered {
        let mut covered = Covered { open: statement.actions.negated, ..Covered::default() };
        for word in &statement.actions.list {
            let Some((prefix, name)) = word.text.split_once(':') else {
                covered.open = true;
                continue;
            };
            if prefix.contains(['*', '?']) || name == "*" && service(prefix).is_none() {
                covered.open = true;
            }
            if prefix.contains(['*', '?']) {
                continue;
            }
            let Some(service) = service(prefix) else {
                covered.open = true;
                self.unknown_prefix(word, prefix, name);
                continue;
            };
            let actions = service.matching(name);
            if actions.is_empty() {
                self.unknown_action(word, service, name);
            } else {
                covered.words.push(CoveredWord { word: word.clone(), service, actions });
            }
        }
        covered
    }

    fn unknown_prefix(&mut self, word: &Word, prefix: &str, name: &str) {
        let lower = prefix.to_ascii_lowercase();
        // The control plane of OpenSearch has a new name; its actions kept the old one.
        if let Some(domains) = service("es").filter(|_| lower == "opensearch")
            && !domains.matching(name).is_empty()
            && name != "*"
        {
            let sentence = format!("{} is no action: domains of OpenSearch go by es", word.text);
            return self.error("action.unknown", word.at, sentence, format!("write es:{name}"));
        }
        if prefixes().contains(lower.as_str()) {
            return;
        }
        let mend = match nearest(&lower, prefixes().iter().copied()) {
            Some(near) => format!("did you mean {near}:{name}?"),
            None => "write the prefix of a service, such as kinesis or logs".to_owned(),
        };
        let sentence = format!("no service has the prefix {prefix}, so {} is no action", word.text);
        self.error("action.service", word.at, sentence, mend);
    }

    fn unknown_action(&mut self, word: &Word, service: &Service, name: &str) {
        let prefix = service.prefix;
        if name.contains(['*', '?']) {
            let sentence = format!("{} matches no action of {prefix}", word.text);
            let start: String = name.chars().take_while(|c| !"*?".contains(*c)).collect();
            let near = likest(service, &start);
            let mend = near.map_or_else(
                || format!("write an action of {prefix}, or remove it"),
                |near| format!("did you mean {prefix}:{near}?"),
            );
            return self.error("action.wildcard", word.at, sentence, mend);
        }
        if let Some(action) = service.action_of_operation(name) {
            let sentence =
                format!("{prefix}:{name} is the name of an operation, the action is another");
            return self.error(
                "action.unknown",
                word.at,
                sentence,
                format!("write {prefix}:{action}"),
            );
        }
        let near = nearest(name, service.actions.iter().map(|action| action.name));
        let elsewhere = services().iter().find(|other| other.action(name).is_some());
        let mend = match (near, elsewhere) {
            (Some(near), _) => format!("did you mean {prefix}:{near}?"),
            (None, Some(other)) => format!("did you mean {}:{name}?", other.prefix),
            (None, None) => format!("write an action of {prefix}, or remove it"),
        };
        let sentence = format!("{} is no action of {prefix}", word.text);
        self.error("action.unknown", word.at, sentence, mend);
    }
}

/// The action that shares the longest start with a word, three letters at least.
fn likest(service: &Service, start: &str) -> Option<&'static str> {
    let shared = |name: &str| {
        let pairs = name.bytes().zip(start.bytes());
        pairs.take_while(|(one, other)| one.eq_ignore_ascii_case(other)).count()
    };
    let mut best = None;
    for action in &service.actions {
        let length = shared(action.name);
        if length >= 3 && best.is_none_or(|(most, _)| length > most) {
            best = Some((length, action.name));
        }
    }
    best.map(|(_, name)| name)
}
