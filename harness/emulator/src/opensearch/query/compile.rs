//! A query made ready for the mapping of one index, and asked about documents.
//!
//! Scores are those of matching alone: every matching clause adds its boost. OpenSearch's BM25 also
//! weighs how rare a word is; which documents match is the same.

use std::collections::BTreeSet;

use regex::Regex;
use serde_json::Value;
use tributary_vocabulary::Timestamp;

use super::field::{FieldRef, Item};
use super::parse::{Bool, Query};
use super::term::{Span, Wanted, span, text_of, wanted};
use crate::opensearch::analysis::token_list;
use crate::opensearch::error::Failure;
use crate::opensearch::mapping::{FieldType, Mapping};
use crate::opensearch::wildcard::{Wildcard, simple};

/// What a query is compiled against.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Context<'m> {
    pub(in super::super) index: &'m str,
    pub(in super::super) mapping: &'m Mapping,
    pub(in super::super) now: Timestamp,
}

/// A document that a query is asked about.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Doc<'d> {
    pub(in super::super) id: &'d str,
    pub(in super::super) slot: u32,
    pub(in super::super) source: &'d Value,
}

/// A query made ready.
#[derive(Debug)]
pub(in super::super) enum Compiled<'m> {
    All(f64),
    Nothing,
    Exists(Vec<FieldRef<'m>>, f64),
    Terms {
        field: FieldRef<'m>,
        wanted: Vec<Wanted>,
        fold: bool,
        boost: f64,
    },
    Range {
        field: FieldRef<'m>,
        span: Span,
        boost: f64,
    },
    Ids(BTreeSet<String>),
    Text {
        field: FieldRef<'m>,
        test: Test,
        boost: f64,
    },
    Words {
        field: FieldRef<'m>,
        words: Vec<String>,
        least: usize,
        boost: f64,
    },
    Phrase {
        field: FieldRef<'m>,
        words: Vec<String>,
        slop: usize,
        prefix: bool,
        boost: f64,
    },
    Best(Vec<Compiled<'m>>),
    Bool {
        must: Vec<Self>,
        filter: Vec<Self>,
        should: Vec<Self>,
        must_not: Vec<Self>,
        least: usize,
        boost: f64,
    },
    Constant(Box<Compiled<'m>>, f64),
}

/// A test of one term.
#[derive(Debug)]
pub(in super::super) enum Test {
    Prefix(String, bool),
    Wildcard(Wildcard),
    Regexp(Regex),
}

impl Test {
    fn holds(&self, text: &str) -> bool {
        match self {
            Self::Prefix(prefix, false) => text.starts_with(prefix.as_str()),
            Self::Prefix(prefix, true) => text.to_lowercase().starts_with(&prefix.to_lowercase()),
            Self::Wildcard(pattern) => pattern.matches(text),
            Self::Regexp(pattern) => pattern.is_match(text),
        }
    }
}

impl<'m> Compiled<'m> {
    /// Makes a query ready; a field that the mapping does not have matches nothing.
    ///
    /// # Errors
    /// `query_shard_exception` and others, when a value does not fit its field.
    pub(in super::super) fn new(query: &Query, context: Context<'m>) -> Result<Self, Failure> {
        let field = |name: &str| FieldRef::of(context.mapping, name);
        Ok(match query {
            Query::All { boost } => Self::All(*boost),
            Query::Nothing => Self::Nothing,
            Query::Ids(ids) => Self::Ids(ids.clone()),
            Query::Exists { field, boost } => Self::Exists(below(context, field), *boost),
            Query::Terms { field: name, values, fold, boost } => {
                return terms(context, name, values, *fold, *boost);
            }
            Query::Range { field: name, low, high, format, zone, boost } => match field(name) {
                None => Self::Nothing,
                Some(field) => {
                    let told = (format.as_deref(), zone.as_deref());
                    let span = span(field, (low.as_ref(), high.as_ref()), told, context.now)?;
                    Self::Range { field, span, boost: *boost }
                }
            },
            Query::Prefix { field: name, text, fold, boost } => {
                return tested(field(name), Test::Prefix(text.clone(), *fold), *boost);
            }
            Query::Wildcard { field: name, pattern, fold, boost } => {
                let test = Test::Wildcard(Wildcard::new(pattern, *fold));
                return tested(field(name), test, *boost);
            }
            Query::Regexp { field: name, pattern, boost } => {
                let regex = Regex::new(&format!("^(?:{pattern})$")).map_err(|error| {
                    Failure::illegal_argument(format!(
                        "failed to parse regexp [{pattern}]: {error}"
                    ))
                })?;
                return tested(field(name), Test::Regexp(regex), *boost);
            }
            Query::Match { .. } => return words(context, query),
            Query::Phrase { field: name, text, slop, prefix, boost } => match field(name) {
                None => Self::Nothing,
                Some(field) => {
                    let words = tokens_of(field, text);
                    match (field.is_text(), words.len()) {
                        (true, 0) => Self::Nothing,
                        (true, _) => Self::Phrase {
                            field,
                            words,
                            slop: *slop,
                            prefix: *prefix,
                            boost: *boost,
                        },
                        (false, _) if *prefix => {
                            return tested(Some(field), Test::Prefix(text.clone(), false), *boost);
                        }
                        _ => {
                            let value = Value::String(text.clone());
                            return terms(context, name, &[value], false, *boost);
                        }
                    }
                }
            },
            Query::Best(queries) => Self::Best(all(queries, context)?),
            Query::Bool(inner) => return boolean(inner, context),
            Query::Constant { query, boost } => {
                Self::Constant(Box::new(Self::new(query, context)?), *boost)
            }
        })
    }

    /// The score of a document that matches.
    pub(in super::super) fn score(&self, doc: Doc<'_>) -> Option<f64> {
        match self {
            Self::All(boost) => Some(*boost),
            Self::Nothing => None,
            Self::Ids(ids) => ids.contains(doc.id).then_some(1.0),
            Self::Exists(fields, boost) => {
                fields.iter().any(|field| field.exists(doc.source, doc.slot)).then_some(*boost)
            }
            Self::Terms { field, wanted, fold, boost } => {
                let items = field.items(doc.source, doc.slot);
                let found = items.iter().any(|item| wanted.iter().any(|one| one.is(item, *fold)));
                found.then_some(*boost)
            }
            Self::Range { field, span, boost } => {
                let items = field.items(doc.source, doc.slot);
                items.iter().any(|item| span.holds(item)).then_some(*boost)
            }
            Self::Text { field, test, boost } => {
                let holds = |item: &Item| matches!(item, Item::Text(text) if test.holds(text));
                field.items(doc.source, doc.slot).iter().any(holds).then_some(*boost)
            }
            Self::Words { field, words, least, boost } => {
                let items = field.items(doc.source, doc.slot);
                let there = |word: &&String| {
                    items.iter().any(|item| matches!(item, Item::Text(text) if text == *word))
                };
                let found = words.iter().filter(there).count();
                (found >= *least && found > 0).then(|| boost * found as f64)
            }
            Self::Phrase { field, words, slop, prefix, boost } => {
                let items = field.items(doc.source, doc.slot);
                has_phrase(&items, words, *slop, *prefix).then_some(*boost)
            }
            Self::Best(queries) => {
                let scores = queries.iter().filter_map(|query| query.score(doc));
                scores
                    .fold(None, |best, score| Some(best.map_or(score, |best: f64| best.max(score))))
            }
            Self::Constant(query, boost) => query.score(doc).map(|_| *boost),
            Self::Bool { must, filter, should, must_not, least, boost } => {
                if must_not.iter().any(|query| query.score(doc).is_some())
                    || filter.iter().any(|query| query.score(doc).is_none())
                {
                    return None;
                }
                let mut score = 0.0;
                for query in must {
                    score += query.score(doc)?;
                }
                let mut matched = 0;
                for query in should {
                    if let Some(more) = query.score(doc) {
                        matched += 1;
                        score += more;
                    }
                }
                (matched >= *least).then_some(score * boost)
            }
        }
    }
}

fn all<'m>(queries: &[Query], context: Context<'m>) -> Result<Vec<Compiled<'m>>, Failure> {
    queries.iter().map(|query| Compiled::new(query, context)).collect()
}

/// The fields of a name: itself, those below an object, those of a pattern.
fn below<'m>(context: Context<'m>, name: &str) -> Vec<FieldRef<'m>> {
    // A field stands for itself alone; only an object, or a pattern, for what lies below it.
    if let Some(field) = FieldRef::of(context.mapping, name) {
        return vec![field];
    }
    let fits = |path: &str| {
        simple(name, path) || path.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'))
    };
    let fields = context.mapping.fields().filter(|(_, field)| fits(&field.path));
    fields.filter_map(|(_, field)| FieldRef::of(context.mapping, &field.path)).collect()
}

fn tested(field: Option<FieldRef<'_>>, test: Test, boost: f64) -> Result<Compiled<'_>, Failure> {
    let Some(field) = field else { return Ok(Compiled::Nothing) };
    if field.is_text() || matches!(field.field.kind, FieldType::Keyword { .. }) {
        return Ok(Compiled::Text { field, test, boost });
    }
    let kind = field.field.type_name;
    Err(Failure::new(
        400,
        "query_shard_exception",
        format!(
            "Can only use prefix, wildcard and regexp queries on keyword and text fields - not on \
             [{}] which is of type [{kind}]",
            field.field.path
        ),
    ))
}

fn terms<'m>(
    context: Context<'m>,
    name: &str,
    values: &[Value],
    fold: bool,
    boost: f64,
) -> Result<Compiled<'m>, Failure> {
    let texts = || values.iter().map(text_of);
    match name {
        "_id" => return Ok(Compiled::Ids(texts().collect())),
        "_index" => {
            let is = texts().any(|pattern| simple(&pattern, context.index));
            return Ok(if is { Compiled::All(boost) } else { Compiled::Nothing });
        }
        _ => {}
    }
    let Some(field) = FieldRef::of(context.mapping, name) else { return Ok(Compiled::Nothing) };
    let wanted: Result<Vec<_>, _> =
        values.iter().map(|value| wanted(field, value, context.now)).collect();
    Ok(Compiled::Terms { field, wanted: wanted?, fold, boost })
}

fn tokens_of(field: FieldRef<'_>, text: &str) -> Vec<String> {
    match field.field.kind {
        FieldType::Text { analyzer } => token_list(analyzer, text),
        _ => vec![text.to_owned()],
    }
}

/// `match`: words of a text, the value itself of any other field.
fn words<'m>(context: Context<'m>, query: &Query) -> Result<Compiled<'m>, Failure> {
    let Query::Match { field: name, text, all, least, lenient, boost } = query else {
        return Ok(Compiled::Nothing);
    };
    let field = FieldRef::of(context.mapping, name);
    let Some(field) = field.filter(FieldRef::is_text) else {
        return match terms(context, name, std::slice::from_ref(text), false, *boost) {
            Err(_) if *lenient => Ok(Compiled::Nothing),
            outcome => outcome,
        };
    };
    let words = tokens_of(field, &text_of(text));
    let least = match (all, least) {
        (true, _) => words.len(),
        (false, Some(least)) => at_least(least, words.len())?,
        (false, None) => 1,
    };
    Ok(Compiled::Words { field, words, least, boost: *boost })
}

fn boolean<'m>(inner: &Bool, context: Context<'m>) -> Result<Compiled<'m>, Failure> {
    let alone = inner.must.is_empty() && inner.filter.is_empty();
    let least = match &inner.least {
        Some(least) => at_least(least, inner.should.len())?,
        None => usize::from(alone && !inner.should.is_empty()),
    };
    Ok(Compiled::Bool {
        must: all(&inner.must, context)?,
        filter: all(&inner.filter, context)?,
        should: all(&inner.should, context)?,
        must_not: all(&inner.must_not, context)?,
        least,
        boost: inner.boost.unwrap_or(1.0),
    })
}

/// `minimum_should_match` of so many clauses: `2`, `-1`, `75%`, `-25%`.
fn at_least(told: &Value, clauses: usize) -> Result<usize, Failure> {
    let text = text_of(told);
    let bad =
        || Failure::illegal_argument(format!("Failed to parse minimum_should_match [{text}]"));
    let clauses_signed = i64::try_from(clauses).unwrap_or(i64::MAX);
    let number = match text.strip_suffix('%') {
        Some(percent) => {
            let percent: i64 = percent.trim().parse().map_err(|_| bad())?;
            clauses_signed * percent / 100
        }
        None => text.trim().parse().map_err(|_| bad())?,
    };
    let least = if number < 0 { clauses_signed + number } else { number };
    Ok(usize::try_from(least.clamp(0, clauses_signed)).unwrap_or(0))
}

/// Whether words stand one after the other, with at most `slop` others between all of them.
fn has_phrase(items: &[Item], words: &[String], slop: usize, prefix: bool) -> bool {
    let Some((first, rest)) = words.split_first() else { return false };
    let is = |item: &Item, word: &str, last: bool| matches!(item, Item::Text(text) if text == word || (last && prefix && text.starts_with(word)));
    (0..items.len()).any(|start| {
        if !is(&items[start], first, rest.is_empty()) {
            return false;
        }
        let (mut at, mut left) = (start, slop);
        for (nth, word) in rest.iter().enumerate() {
            let last = nth + 1 == rest.len();
            let next =
                (at + 1..items.len().min(at + 2 + left)).find(|n| is(&items[*n], word, last));
            let Some(next) = next else { return false };
            left -= next - at - 1;
            at = next;
        }
        true
    })
}
