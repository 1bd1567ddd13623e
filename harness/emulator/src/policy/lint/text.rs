//! The words of a document with their places; the document itself keeps lines only.

use crate::policy::document::{Effect, PolicyDocument};
use crate::policy::json::{self, Lines, Node, Position, Value};

/// A document, word by word.
pub(super) struct Text {
    /// Whether policy variables are read as such.
    pub(super) has_variables: bool,
    pub(super) statements: Vec<StatementText>,
}

/// A text of the policy and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) at: Position,
}

/// A list that may be negated: `Action` or `NotAction`.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) negated: bool,
    pub(super) list: Vec<Word>,
}

/// One statement.
pub(super) struct StatementText {
    pub(super) at: Position,
    pub(super) effect: Effect,
    pub(super) sid: Option<Word>,
    pub(super) actions: Words,
    pub(super) resources: Words,
    /// With the kind of each: `AWS`, `Service`, …; a lone `"*"` is of kind `*`.
    pub(super) principals: Vec<(String, Word)>,
    pub(super) principals_negated: bool,
    pub(super) conditions: Vec<ConditionText>,
}

/// One line of a `Condition` block.
pub(super) struct ConditionText {
    pub(super) operator: Word,
    pub(super) key: Word,
    pub(super) values: Vec<Word>,
}

impl Text {
    /// The words of a document; `None` only for a text that is no JSON, which no document is.
    pub(super) fn of(document: &PolicyDocument) -> Option<Self> {
        let reader = Reader { text: document.text(), lines: Lines::new(document.text()) };
        let root = json::parse(document.text()).ok()?;
        let Value::Object(members) = &root.value else {
            return None;
        };
        let version = member(members, "Version").and_then(string);
        let list = member(members, "Statement")?;
        let nodes = match &list.value {
            Value::Array(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(list),
        };
        let statements = nodes
            .iter()
            .zip(document.statements())
            .filter_map(|(node, statement)| reader.statement(node, statement.effect()))
            .collect();
        Some(Self { has_variables: version == Some("2012-10-17"), statements })
    }
}

fn member<'n>(members: &'n [(String, Node)], name: &str) -> Option<&'n Node> {
    members.iter().find(|(key, _)| key == name).map(|(_, node)| node)
}

fn string(node: &Node) -> Option<&str> {
    match &node.value {
        Value::String(text) | Value::Number(text) => Some(text),
        Value::Bool(true) => Some("true"),
        Value::Bool(false) => Some("false"),
        _ => None,
    }
}

struct Reader<'t> {
    text: &'t str,
    lines: Lines<'t>,
}

impl Reader<'_> {
    fn statement(&self, node: &Node, effect: Effect) -> Option<StatementText> {
        let Value::Object(members) = &node.value else {
            return None;
        };
        let principal = member(members, "Principal").map(|node| (node, false));
        let principal = principal.or(member(members, "NotPrincipal").map(|node| (node, true)));
        Some(StatementText {
            at: self.lines.position(node.start),
            effect,
            sid: member(members, "Sid").and_then(|node| self.words(node).pop()),
            actions: self.either(members, "Action", "NotAction"),
            resources: self.either(members, "Resource", "NotResource"),
            principals: principal.map_or_else(Vec::new, |(node, _)| self.principals(node)),
            principals_negated: principal.is_some_and(|(_, negated)| negated),
            conditions: member(members, "Condition")
                .map_or_else(Vec::new, |node| self.conditions(node)),
        })
    }

    fn either(&self, members: &[(String, Node)], plain: &str, negated: &str) -> Words {
        match (member(members, plain), member(members, negated)) {
            (Some(node), _) => Words { negated: false, list: self.words(node) },
            (None, Some(node)) => Words { negated: true, list: self.words(node) },
            (None, None) => Words::default(),
        }
    }

    fn words(&self, node: &Node) -> Vec<Word> {
        let items = match &node.value {
            Value::Array(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let word = |item: &Node| {
            let text = string(item)?.to_owned();
            Some(Word { text, at: self.lines.position(item.start) })
        };
        items.iter().filter_map(word).collect()
    }

    fn principals(&self, node: &Node) -> Vec<(String, Word)> {
        match &node.value {
            Value::Object(kinds) => kinds
                .iter()
                .flat_map(|(kind, values)| {
                    self.words(values).into_iter().map(|word| (kind.clone(), word))
                })
                .collect(),
            _ => self.words(node).into_iter().map(|word| ("*".to_owned(), word)).collect(),
        }
    }

    fn conditions(&self, node: &Node) -> Vec<ConditionText> {
        let Value::Object(operators) = &node.value else {
            return Vec::new();
        };
        let mut conditions = Vec::new();
        for (operator, block) in operators {
            let Value::Object(keys) = &block.value else {
                continue;
            };
            for (key, values) in keys {
                conditions.push(ConditionText {
                    operator: self.name_of(operator, block),
                    key: self.name_of(key, values),
                    values: self.words(values),
                });
            }
        }
        conditions
    }

    /// A key of an object with its place: the last one of this name before its value.
    fn name_of(&self, name: &str, value: &Node) -> Word {
        let before = self.text.get(..value.start).unwrap_or_default();
        let start = before.rfind(&format!("\"{name}\"")).unwrap_or(value.start);
        Word { text: name.to_owned(), at: self.lines.position(start) }
    }
}
