//! `query_string`: the Lucene syntax, as far as log searches use it.
//!
//! Terms and phrases with or without a field, `AND` `OR` `NOT` `&&` `||` `!` `+` `-`, groups, ranges
//! `[a TO b]` `{a TO b}` and `>=`, wildcards, and `_exists_:f`. Fuzzy terms, boosts and regular
//! expressions are refused.

use serde_json::Value;

use super::parse::{Bool, Bound, Query};
use crate::opensearch::error::Failure;

/// Reads a `query_string` or `simple_query_string`; of the latter only what both have in common.
pub(super) fn parse(name: &str, body: &Value) -> Result<Query, Failure> {
    let known = [
        "query",
        "default_field",
        "fields",
        "default_operator",
        "lenient",
        "analyze_wildcard",
        "boost",
        "time_zone",
    ];
    for key in body.as_object().into_iter().flat_map(|members| members.keys()) {
        if !known.contains(&key.as_str()) {
            return Err(Failure::parsing(format!("[{name}] query does not support [{key}]")));
        }
    }
    let Some(text) = body.get("query").and_then(Value::as_str) else {
        return Err(Failure::parsing(format!("[{name}] must be provided with a [query]")));
    };
    if name == "simple_query_string"
        && text.contains(['+', '|', '-', '"', '*', '(', ')', '~', '\\'])
    {
        return Err(Failure::outside_subset("an operator in a simple_query_string"));
    }
    let operator = body.get("default_operator").and_then(Value::as_str).unwrap_or("or");
    let listed = body.get("fields").and_then(Value::as_array).into_iter().flatten();
    let mut fields: Vec<String> = listed.filter_map(Value::as_str).map(str::to_owned).collect();
    if let Some(field) = body.get("default_field").and_then(Value::as_str) {
        fields.push(field.to_owned());
    }
    let tokens = tokens(text)?;
    let all = operator.eq_ignore_ascii_case("and");
    let mut reader = Reader { tokens: &tokens, at: 0, fields: &fields, all, text };
    let query = reader.group(None)?;
    match reader.peek() {
        None => Ok(query),
        Some(_) => Err(reader.failed()),
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    Plus,
    Minus,
    /// `field:`
    Field(String),
    Phrase(String),
    Word(String),
    Range {
        low: String,
        high: String,
        low_in: bool,
        high_in: bool,
    },
}

fn failed(text: &str) -> Failure {
    Failure::new(400, "query_shard_exception", format!("Failed to parse query [{text}]"))
}

fn tokens(text: &str) -> Result<Vec<Token>, Failure> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let mut length = first.len_utf8();
        match first {
            '(' => tokens.push(Token::Open),
            ')' => tokens.push(Token::Close),
            '+' => tokens.push(Token::Plus),
            '-' | '!' => tokens.push(if first == '-' { Token::Minus } else { Token::Not }),
            '"' => {
                let (phrase, used) = quoted(rest).ok_or_else(|| failed(text))?;
                tokens.push(Token::Phrase(phrase));
                length = used;
            }
            '[' | '{' => {
                let end = rest.find([']', '}']).ok_or_else(|| failed(text))?;
                let (low, high) = rest[1..end].split_once(" TO ").ok_or_else(|| failed(text))?;
                let clean = |part: &str| part.trim().trim_matches('"').to_owned();
                tokens.push(Token::Range {
                    low: clean(low),
                    high: clean(high),
                    low_in: first == '[',
                    high_in: rest.as_bytes()[end] == b']',
                });
                length = end + 1;
            }
            _ if rest.starts_with("&&") => {
                tokens.push(Token::And);
                length = 2;
            }
            _ if rest.starts_with("||") => {
                tokens.push(Token::Or);
                length = 2;
            }
            '/' => return Err(Failure::outside_subset("a regular expression in a query string")),
            _ => {
                let (token, used) = word(rest, text)?;
                tokens.push(token);
                length = used;
            }
        }
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

/// A quoted text and how many bytes it takes with its quotes.
fn quoted(rest: &str) -> Option<(String, usize)> {
    let mut out = String::new();
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((out, at + 1)),
            '\\' => out.push(characters.next()?.1),
            other => out.push(other),
        }
    }
    None
}

/// A word, an operator or a field's name; backslashes keep the next character, and in a word with
/// wildcards they stay for the pattern.
fn word(rest: &str, text: &str) -> Result<(Token, usize), Failure> {
    let mut out = String::new();
    let mut end = rest.len();
    let mut characters = rest.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => {
                let (_, next) = characters.next().ok_or_else(|| failed(text))?;
                if matches!(next, '*' | '?' | '\\') {
                    out.push('\\');
                }
                out.push(next);
            }
            ':' => return Ok((Token::Field(out), at + 1)),
            '~' | '^' => return Err(Failure::outside_subset("~ and ^ in a query string")),
            c if c.is_whitespace() || matches!(c, '(' | ')' | '"' | '[' | ']' | '{' | '}') => {
                end = at;
                break;
            }
            other => out.push(other),
        }
    }
    let token = match out.as_str() {
        "AND" => Token::And,
        "OR" => Token::Or,
        "NOT" => Token::Not,
        _ => Token::Word(out),
    };
    if end == 0 { Err(failed(text)) } else { Ok((token, end)) }
}

struct Reader<'t> {
    tokens: &'t [Token],
    at: usize,
    fields: &'t [String],
    all: bool,
    text: &'t str,
}

/// How a clause takes part.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Must,
    MustNot,
    Should,
}

impl Reader<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn failed(&self) -> Failure {
        failed(self.text)
    }

    /// Clauses up to a closing parenthesis or the end, as Lucene's classic parser joins them.
    fn group(&mut self, field: Option<&str>) -> Result<Query, Failure> {
        let mut clauses: Vec<(Part, Query)> = Vec::new();
        while self.peek().is_some_and(|token| *token != Token::Close) {
            let mut joined = None;
            while let Some(token @ (Token::And | Token::Or)) = self.peek() {
                joined = Some(token.clone());
                self.at += 1;
            }
            let mut part = if self.all { Part::Must } else { Part::Should };
            let sign = match self.peek() {
                Some(Token::Plus) => Some(Part::Must),
                Some(Token::Minus | Token::Not) => Some(Part::MustNot),
                _ => None,
            };
            if let Some(sign) = sign {
                part = sign;
                self.at += 1;
            }
            if joined == Some(Token::And) {
                if part == Part::Should {
                    part = Part::Must;
                }
                if let Some((before, _)) = clauses.last_mut()
                    && *before == Part::Should
                {
                    *before = Part::Must;
                }
            }
            if joined == Some(Token::Or) && self.all && part == Part::Must {
                part = Part::Should;
                if let Some((before, _)) = clauses.last_mut()
                    && *before == Part::Must
                {
                    *before = Part::Should;
                }
            }
            let query = self.clause(field)?;
            clauses.push((part, query));
        }
        Ok(joined(clauses))
    }

    fn clause(&mut self, field: Option<&str>) -> Result<Query, Failure> {
        match self.next() {
            Some(Token::Field(name)) => self.clause(Some(&name)),
            Some(Token::Open) => {
                let query = self.group(field)?;
                match self.next() {
                    Some(Token::Close) => Ok(query),
                    _ => Err(self.failed()),
                }
            }
            Some(token @ (Token::Word(_) | Token::Phrase(_) | Token::Range { .. })) => {
                self.value(field, &token)
            }
            _ => Err(self.failed()),
        }
    }

    fn value(&self, field: Option<&str>, token: &Token) -> Result<Query, Failure> {
        if field == Some("_exists_") {
            let Token::Word(name) = token else { return Err(self.failed()) };
            return Ok(Query::Exists { field: name.clone(), boost: 1.0 });
        }
        if *token == Token::Word("*".to_owned()) {
            return Ok(match field.filter(|field| *field != "*") {
                Some(field) => Query::Exists { field: field.to_owned(), boost: 1.0 },
                None => Query::All { boost: 1.0 },
            });
        }
        let fields: Vec<&str> = match field {
            Some(field) => vec![field],
            None => self.fields.iter().map(String::as_str).collect(),
        };
        if fields.is_empty() || fields == ["*"] {
            return Err(Failure::outside_subset(
                "a query string without a field: name one, or a default_field or fields",
            ));
        }
        let mut queries: Vec<Query> =
            fields.into_iter().map(|field| of_token(field.to_owned(), token)).collect();
        Ok(match (queries.pop(), queries.is_empty()) {
            (Some(query), true) => query,
            (Some(query), false) => {
                queries.push(query);
                Query::Best(queries)
            }
            (None, _) => Query::Nothing,
        })
    }
}

fn of_token(field: String, token: &Token) -> Query {
    let bound = |text: &str, inclusive| {
        (text != "*").then(|| Bound { value: Value::String(text.to_owned()), inclusive })
    };
    let range =
        |field, low, high| Query::Range { field, low, high, format: None, zone: None, boost: 1.0 };
    match token {
        Token::Phrase(text) => {
            Query::Phrase { field, text: text.clone(), slop: 0, prefix: false, boost: 1.0 }
        }
        Token::Range { low, high, low_in, high_in } => {
            range(field, bound(low, *low_in), bound(high, *high_in))
        }
        Token::Word(word) => {
            for (sign, inclusive) in [(">=", true), (">", false)] {
                if let Some(low) = word.strip_prefix(sign) {
                    return range(field, bound(low, inclusive), None);
                }
            }
            for (sign, inclusive) in [("<=", true), ("<", false)] {
                if let Some(high) = word.strip_prefix(sign) {
                    return range(field, None, bound(high, inclusive));
                }
            }
            if word.replace("\\*", "").replace("\\?", "").contains(['*', '?']) {
                return Query::Wildcard { field, pattern: word.clone(), fold: false, boost: 1.0 };
            }
            let text = word.replace("\\*", "*").replace("\\?", "?").replace("\\\\", "\\");
            let text = Value::String(text);
            Query::Match { field, text, all: true, least: None, lenient: false, boost: 1.0 }
        }
        _ => Query::Nothing,
    }
}

fn joined(clauses: Vec<(Part, Query)>) -> Query {
    let mut out = Bool::default();
    for (part, query) in clauses {
        match part {
            Part::Must => out.must.push(query),
            Part::MustNot => out.must_not.push(query),
            Part::Should => out.should.push(query),
        }
    }
    let only = out.must.is_empty() && out.must_not.is_empty() && out.should.len() == 1;
    match out.should.pop() {
        Some(query) if only => query,
        Some(query) => {
            out.should.push(query);
            Query::Bool(Box::new(out))
        }
        None => Query::Bool(Box::new(out)),
    }
}
