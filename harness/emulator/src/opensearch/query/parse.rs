//! A query as its JSON says it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::query_string;
use crate::opensearch::error::Failure;

/// The most values of a `terms` query.
const TERMS_MAX: usize = 65_536;

/// A query.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) enum Query {
    /// Every document.
    All { boost: f64 },
    /// No document.
    Nothing,
    /// One of these values, exactly.
    Terms { field: String, values: Vec<Value>, fold: bool, boost: f64 },
    /// A value within bounds.
    Range {
        field: String,
        low: Option<Bound>,
        high: Option<Bound>,
        format: Option<String>,
        zone: Option<String>,
        boost: f64,
    },
    /// Any value.
    Exists { field: String, boost: f64 },
    /// One of these ids.
    Ids(BTreeSet<String>),
    /// Begins with this text.
    Prefix { field: String, text: String, fold: bool, boost: f64 },
    /// Has the form of this pattern.
    Wildcard { field: String, pattern: String, fold: bool, boost: f64 },
    /// Matches this regular expression as a whole.
    Regexp { field: String, pattern: String, boost: f64 },
    /// Holds words of this text.
    Match { field: String, text: Value, all: bool, least: Option<Value>, lenient: bool, boost: f64 },
    /// Holds the words of this text one after the other.
    Phrase { field: String, text: String, slop: usize, prefix: bool, boost: f64 },
    /// The best of these.
    Best(Vec<Query>),
    /// Conditions put together.
    Bool(Box<Bool>),
    /// A query whose matches all score alike.
    Constant { query: Box<Query>, boost: f64 },
}

/// One end of a range.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Bound {
    pub(in super::super) value: Value,
    pub(in super::super) inclusive: bool,
}

/// `bool`
#[derive(Debug, Clone, Default, PartialEq)]
pub(in super::super) struct Bool {
    pub(super) must: Vec<Query>,
    pub(super) filter: Vec<Query>,
    pub(super) should: Vec<Query>,
    pub(super) must_not: Vec<Query>,
    pub(super) least: Option<Value>,
    pub(super) boost: Option<f64>,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// `parsing_exception`, in OpenSearch's words where they are known.
    pub(in super::super) fn parse(value: &Value) -> Result<Self, Failure> {
        let (name, body) = only_member(value, "query")?;
        match name {
            "match_all" => Ok(Self::All { boost: number(body, "boost")?.unwrap_or(1.0) }),
            "match_none" => Ok(Self::Nothing),
            "term" => term(body),
            "terms" => terms(body),
            "range" => range(body),
            "exists" => Ok(Self::Exists { field: text(body, "field", name)?, boost: boost(body)? }),
            "ids" => ids(body),
            "prefix" | "wildcard" | "regexp" => pattern(name, body),
            "match" => match_words(body),
            "match_phrase" | "match_phrase_prefix" => phrase(name, body),
            "multi_match" => multi_match(body),
            "bool" => boolean(body),
            "constant_score" => {
                let inner =
                    body.get("filter").ok_or_else(|| missing("constant_score", "filter"))?;
                Ok(Self::Constant { query: Box::new(Self::parse(inner)?), boost: boost(body)? })
            }
            "dis_max" => {
                let queries = body.get("queries").ok_or_else(|| missing("dis_max", "queries"))?;
                Ok(Self::Best(list(queries)?))
            }
            "query_string" | "simple_query_string" => query_string::parse(name, body),
            "nested" | "geo_distance" | "geo_bounding_box" | "script" | "script_score"
            | "function_score" | "fuzzy" | "more_like_this" | "has_child" | "has_parent"
            | "percolate" | "span_term" | "span_near" | "intervals" | "knn" | "boosting" => {
                Err(Failure::outside_subset(&format!("the query [{name}]")))
            }
            other => Err(Failure::parsing(format!("unknown query [{other}]"))),
        }
    }

    /// Whether it is a plain `match_all`, so that nothing has to be looked at.
    pub(in super::super) fn is_match_all(&self) -> bool {
        matches!(self, Self::All { .. })
    }
}

/// The one member that an object has to have.
fn only_member<'a>(value: &'a Value, what: &str) -> Result<(&'a str, &'a Value), Failure> {
    let Value::Object(members) = value else {
        return Err(Failure::parsing(format!(
            "[{what}] query malformed, must start with start_object"
        )));
    };
    let mut members = members.iter();
    match (members.next(), members.next()) {
        (Some((name, body)), None) => Ok((name, body)),
        (None, _) => Err(Failure::illegal_argument("query malformed, empty clause found")),
        (Some((first, _)), Some((second, _))) => Err(Failure::parsing(format!(
            "[{first}] malformed query, expected [END_OBJECT] but found [FIELD_NAME] ([{second}])"
        ))),
    }
}

fn missing(query: &str, what: &str) -> Failure {
    Failure::parsing(format!("[{query}] requires '{what}' element"))
}

fn unknown(query: &str, key: &str) -> Failure {
    Failure::parsing(format!("[{query}] query does not support [{key}]"))
}

/// The field that a query is about and what it says of it; `boost` and `_name` may stand beside.
fn of_field<'a>(name: &str, body: &'a Value) -> Result<(&'a str, &'a Value), Failure> {
    let Value::Object(members) = body else {
        return Err(Failure::parsing(format!(
            "[{name}] query malformed, no start_object after query name"
        )));
    };
    let mut fields = members.iter().filter(|(key, _)| *key != "boost" && *key != "_name");
    match (fields.next(), fields.next()) {
        (Some((field, of)), None) => Ok((field, of)),
        (None, _) => Err(Failure::parsing(format!("[{name}] query needs a field"))),
        (Some((first, _)), Some((second, _))) => Err(Failure::parsing(format!(
            "[{name}] query doesn't support multiple fields, found [{first}] and [{second}]"
        ))),
    }
}

fn known(query: &str, of: &Value, keys: &[&str]) -> Result<(), Failure> {
    let Value::Object(members) = of else { return Ok(()) };
    let common = |key: &str| matches!(key, "boost" | "_name");
    match members.keys().find(|key| !keys.contains(&key.as_str()) && !common(key)) {
        Some(key) => Err(unknown(query, key)),
        None => Ok(()),
    }
}

pub(super) fn number(of: &Value, name: &str) -> Result<Option<f64>, Failure> {
    match of.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(number)) => Ok(number.as_f64()),
        Some(Value::String(text)) => {
            text.parse().map(Some).map_err(|_| Failure::number_format(text))
        }
        Some(_) => Err(Failure::parsing(format!("[{name}] has to be a number"))),
    }
}

pub(super) fn boost(of: &Value) -> Result<f64, Failure> {
    let boost = number(of, "boost")?.unwrap_or(1.0);
    if boost < 0.0 {
        return Err(Failure::illegal_argument(format!(
            "negative [boost] are not allowed in [query], use a value between 0 and 1 to deboost, \
             got [{boost}]"
        )));
    }
    Ok(boost)
}

fn flag(of: &Value, name: &str) -> bool {
    match of.get(name) {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::String(text)) => text == "true",
        _ => false,
    }
}

fn text(of: &Value, name: &str, query: &str) -> Result<String, Failure> {
    match of.get(name) {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(value @ (Value::Number(_) | Value::Bool(_))) => Ok(value.to_string()),
        _ => Err(missing(query, name)),
    }
}

fn term(body: &Value) -> Result<Query, Failure> {
    let (field, of) = of_field("term", body)?;
    let (value, fold, boost) = match of {
        Value::Object(_) => {
            known("term", of, &["value", "case_insensitive"])?;
            let value = of.get("value").ok_or_else(|| missing("term", "value"))?;
            (value.clone(), flag(of, "case_insensitive"), boost(of)?)
        }
        Value::Array(_) => {
            return Err(Failure::parsing("[term] query does not support array of values"));
        }
        value => (value.clone(), false, boost(body)?),
    };
    Ok(Query::Terms { field: field.to_owned(), values: vec![value], fold, boost })
}

fn terms(body: &Value) -> Result<Query, Failure> {
    let (field, of) = of_field("terms", body)?;
    let Value::Array(values) = of else {
        return Err(Failure::parsing("[terms] query requires an array of values"));
    };
    if values.len() > TERMS_MAX {
        return Err(Failure::illegal_argument(format!(
            "The number of terms [{}] used in the Terms Query request has exceeded the allowed \
             maximum of [{TERMS_MAX}].",
            values.len()
        )));
    }
    let boost = boost(body)?;
    Ok(Query::Terms { field: field.to_owned(), values: values.clone(), fold: false, boost })
}

fn range(body: &Value) -> Result<Query, Failure> {
    let (field, of) = of_field("range", body)?;
    let Value::Object(members) = of else {
        return Err(Failure::parsing("[range] query malformed, no start_object after field name"));
    };
    let (mut low, mut high): (Option<Bound>, Option<Bound>) = (None, None);
    let (mut format, mut zone) = (None, None);
    for (key, value) in members {
        let bound =
            |inclusive| (!value.is_null()).then(|| Bound { value: value.clone(), inclusive });
        let told = || value.as_str().map(str::to_owned);
        match key.as_str() {
            "gt" => low = bound(false),
            "gte" => low = bound(true),
            "lt" => high = bound(false),
            "lte" => high = bound(true),
            "from" => low = bound(members.get("include_lower") != Some(&Value::Bool(false))),
            "to" => high = bound(members.get("include_upper") != Some(&Value::Bool(false))),
            "format" => format = told(),
            "time_zone" => zone = told(),
            "include_lower" | "include_upper" | "boost" | "_name" => {}
            "relation" if value == "INTERSECTS" || value == "intersects" => {}
            other => return Err(unknown("range", other)),
        }
    }
    Ok(Query::Range { field: field.to_owned(), low, high, format, zone, boost: boost(of)? })
}

fn ids(body: &Value) -> Result<Query, Failure> {
    known("ids", body, &["values"])?;
    let values = body.get("values").ok_or_else(|| missing("ids", "values"))?;
    let id = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Ok(Query::Ids(match values {
        Value::Array(values) => values.iter().map(id).collect(),
        one => BTreeSet::from([id(one)]),
    }))
}

fn pattern(name: &str, body: &Value) -> Result<Query, Failure> {
    let (field, of) = of_field(name, body)?;
    let field = field.to_owned();
    let (pattern, fold, boost) = match of {
        Value::Object(_) => {
            known(
                name,
                of,
                &["value", name, "case_insensitive", "rewrite", "flags", "max_determinized_states"],
            )?;
            let key = if of.get("value").is_some() { "value" } else { name };
            (text(of, key, name)?, flag(of, "case_insensitive"), boost(of)?)
        }
        Value::String(pattern) => (pattern.clone(), false, boost(body)?),
        other => (other.to_string(), false, boost(body)?),
    };
    Ok(match name {
        "prefix" => Query::Prefix { field, text: pattern, fold, boost },
        "wildcard" => Query::Wildcard { field, pattern, fold, boost },
        _ => Query::Regexp { field, pattern, boost },
    })
}

fn match_words(body: &Value) -> Result<Query, Failure> {
    let (field, of) = of_field("match", body)?;
    let field = field.to_owned();
    let Value::Object(_) = of else {
        return Ok(Query::Match {
            field,
            text: of.clone(),
            all: false,
            least: None,
            lenient: false,
            boost: boost(body)?,
        });
    };
    known(
        "match",
        of,
        &["query", "operator", "minimum_should_match", "lenient", "zero_terms_query", "analyzer"],
    )?;
    let text = of.get("query").cloned().ok_or_else(|| missing("match", "query"))?;
    let least = of.get("minimum_should_match").cloned();
    let lenient = flag(of, "lenient");
    Ok(Query::Match { field, text, all: is_and(of)?, least, lenient, boost: boost(of)? })
}

fn is_and(of: &Value) -> Result<bool, Failure> {
    match of.get("operator").and_then(Value::as_str).map(str::to_lowercase).as_deref() {
        None | Some("or") => Ok(false),
        Some("and") => Ok(true),
        Some(other) => Err(Failure::illegal_argument(format!(
            "operator needs to be either 'and' or 'or', but not [{other}]"
        ))),
    }
}

fn phrase(name: &str, body: &Value) -> Result<Query, Failure> {
    let (field, of) = of_field(name, body)?;
    let prefix = name == "match_phrase_prefix";
    let field = field.to_owned();
    if !of.is_object() {
        let text = of.as_str().map_or_else(|| of.to_string(), str::to_owned);
        return Ok(Query::Phrase { field, text, slop: 0, prefix, boost: boost(body)? });
    }
    known(name, of, &["query", "slop", "max_expansions", "analyzer", "zero_terms_query"])?;
    let slop = of.get("slop").and_then(Value::as_u64).and_then(|slop| usize::try_from(slop).ok());
    let text = text(of, "query", name)?;
    Ok(Query::Phrase { field, text, slop: slop.unwrap_or(0), prefix, boost: boost(of)? })
}

fn multi_match(body: &Value) -> Result<Query, Failure> {
    known(
        "multi_match",
        body,
        &["query", "fields", "type", "operator", "minimum_should_match", "lenient", "tie_breaker"],
    )?;
    let wanted = body.get("query").cloned().ok_or_else(|| missing("multi_match", "query"))?;
    let fields = body.get("fields").and_then(Value::as_array);
    let fields = fields.ok_or_else(|| missing("multi_match", "fields"))?;
    let kind = body.get("type").and_then(Value::as_str).unwrap_or("best_fields");
    let mut queries = Vec::new();
    for field in fields.iter().filter_map(Value::as_str) {
        let (field, boost) = match field.split_once('^') {
            Some((field, boost)) => {
                (field, boost.parse().map_err(|_| Failure::number_format(boost))?)
            }
            None => (field, 1.0),
        };
        if field.contains('*') {
            return Err(Failure::outside_subset("a pattern of fields in [multi_match]"));
        }
        let field = field.to_owned();
        queries.push(match kind {
            "best_fields" | "most_fields" => Query::Match {
                field,
                text: wanted.clone(),
                all: is_and(body)?,
                least: body.get("minimum_should_match").cloned(),
                lenient: flag(body, "lenient"),
                boost,
            },
            "phrase" | "phrase_prefix" => {
                let text = wanted.as_str().map_or_else(|| wanted.to_string(), str::to_owned);
                Query::Phrase { field, text, slop: 0, prefix: kind == "phrase_prefix", boost }
            }
            other => {
                return Err(Failure::outside_subset(&format!("type [{other}] of multi_match")));
            }
        });
    }
    Ok(Query::Best(queries))
}

fn boolean(body: &Value) -> Result<Query, Failure> {
    let Value::Object(members) = body else {
        return Err(Failure::parsing("[bool] query malformed, no start_object after query name"));
    };
    let mut out = Bool::default();
    for (key, value) in members {
        match key.as_str() {
            "must" => out.must = list(value)?,
            "filter" => out.filter = list(value)?,
            "should" => out.should = list(value)?,
            "must_not" => out.must_not = list(value)?,
            "minimum_should_match" => out.least = Some(value.clone()),
            "boost" => out.boost = Some(boost(body)?),
            "_name" | "adjust_pure_negative" => {}
            other => return Err(unknown("bool", other)),
        }
    }
    Ok(Query::Bool(Box::new(out)))
}

/// One query or a list of them.
fn list(value: &Value) -> Result<Vec<Query>, Failure> {
    match value {
        Value::Array(queries) => queries.iter().map(Query::parse).collect(),
        one => Ok(vec![Query::parse(one)?]),
    }
}
