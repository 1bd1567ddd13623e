//! Policy variables: `${key}`, `${key, 'default'}`, and the literals `${*}`, `${?}`, `${$}`.
//!
//! Only a document of version 2012-10-17 has them; in an older one they are plain text.

use std::borrow::Cow;

use super::facts::{Fact, Facts};
use super::pattern::{Style, Wildcard, WildcardBuilder};

/// A text with variables in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    source: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// Text as written; its `*` and `?` may be wildcards.
    Text(String),
    /// `${*}`, `${?}` or `${$}`: the character and nothing more.
    Literal(char),
    /// The key in lower case, as requests are asked for it, and as written.
    Variable { key: String, name: String, default: Option<String> },
}

/// The text of a variable that cannot be read.
pub(super) struct BadVariable(pub(super) String);

impl Template {
    /// Reads a text; `with_variables` is false for documents of version 2008-10-17.
    pub(super) fn parse(text: &str, with_variables: bool) -> Result<Self, BadVariable> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find("${").filter(|_| with_variables) {
            if start > 0 {
                parts.push(Part::Text(rest[..start].to_owned()));
            }
            let body = &rest[start + 2..];
            let Some(end) = body.find('}') else {
                return Err(BadVariable(rest[start..].to_owned()));
            };
            parts.push(variable(&body[..end])?);
            rest = &body[end + 1..];
        }
        if !rest.is_empty() || parts.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Self { source: text.to_owned(), parts })
    }

    /// The text as it stands in the policy.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// Whether the text is the same for every request.
    pub(super) fn is_fixed(&self) -> bool {
        matches!(self.parts.as_slice(), [Part::Text(_)])
    }

    /// Whether the text has a variable whose value a request gives.
    pub(super) fn has_variable(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Variable { .. }))
    }

    /// The condition keys the text refers to, as written.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Variable { name, .. } => Some(name.as_str()),
            _ => None,
        })
    }

    /// The text with its variables replaced; `None` when one cannot be resolved.
    pub(super) fn expand(&self, facts: &Facts<'_>) -> Option<Cow<'_, str>> {
        if let [Part::Text(text)] = self.parts.as_slice() {
            return Some(Cow::Borrowed(text));
        }
        let mut expanded = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => expanded.push_str(text),
                Part::Literal(character) => expanded.push(*character),
                Part::Variable { key, default, .. } => {
                    expanded.push_str(&resolve(key, default, facts)?);
                }
            }
        }
        Some(Cow::Owned(expanded))
    }

    /// The text as a pattern in which what came from a variable stands for itself.
    pub(super) fn wildcard(&self, style: Style, facts: &Facts<'_>) -> Option<Wildcard> {
        let mut builder = WildcardBuilder::new(style);
        for part in &self.parts {
            match part {
                Part::Text(text) => builder.pattern(text),
                Part::Literal(character) => builder.literal(character.encode_utf8(&mut [0; 4])),
                Part::Variable { key, default, .. } => {
                    builder.literal(&resolve(key, default, facts)?);
                }
            }
        }
        Some(builder.build())
    }

    /// The text as the patterns of an ARN's six parts: `None` when a variable cannot be resolved,
    /// `Some(None)` when what comes out is no ARN.
    pub(super) fn arn(&self, facts: &Facts<'_>) -> Option<Option<Box<[Wildcard; 6]>>> {
        let mut parts: [WildcardBuilder; 6] =
            std::array::from_fn(|_| WildcardBuilder::new(Style::Plain));
        let mut at = 0;
        let mut feed = |text: &str, is_pattern: bool| {
            let mut rest = text;
            while at < 5 {
                let Some((head, tail)) = rest.split_once(':') else { break };
                parts[at].add(head, is_pattern);
                at += 1;
                rest = tail;
            }
            parts[at].add(rest, is_pattern);
        };
        for part in &self.parts {
            match part {
                Part::Text(text) => feed(text, true),
                Part::Literal(character) => feed(character.encode_utf8(&mut [0; 4]), false),
                Part::Variable { key, default, .. } => feed(&resolve(key, default, facts)?, false),
            }
        }
        let is_whole = at == 5;
        let patterns = Box::new(parts.map(WildcardBuilder::build));
        Some(
            (is_whole && patterns[0] == Wildcard::compile("arn", Style::Plain)).then_some(patterns),
        )
    }

    /// The pattern of a text without variables.
    pub(super) fn fixed_wildcard(&self, style: Style) -> Option<Wildcard> {
        let mut builder = WildcardBuilder::new(style);
        for part in &self.parts {
            match part {
                Part::Text(text) => builder.pattern(text),
                Part::Literal(character) => builder.literal(character.encode_utf8(&mut [0; 4])),
                Part::Variable { .. } => return None,
            }
        }
        Some(builder.build())
    }
}

fn variable(body: &str) -> Result<Part, BadVariable> {
    let bad = || BadVariable(format!("${{{body}}}"));
    if let "*" | "?" | "$" = body {
        return Ok(Part::Literal(body.chars().next().ok_or_else(bad)?));
    }
    let (key, default) = match body.split_once(',') {
        None => (body.trim(), None),
        Some((key, default)) => {
            let quoted = default.trim().strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
            let value = quoted.filter(|value| !value.contains('\'')).ok_or_else(bad)?;
            (key.trim(), Some(value.to_owned()))
        }
    };
    if key.is_empty() || key.contains(['$', '{', '\'']) {
        return Err(bad());
    }
    Ok(Part::Variable { key: key.to_ascii_lowercase(), name: key.to_owned(), default })
}

/// A key of many values cannot stand in a text, not even by its default.
fn resolve<'x>(
    key: &str,
    default: &'x Option<String>,
    facts: &'x Facts<'_>,
) -> Option<Cow<'x, str>> {
    match facts.lookup(key) {
        Fact::One(value) => Some(value),
        Fact::Many(_) => None,
        Fact::Absent => default.as_deref().map(Cow::Borrowed),
    }
}
