//! A search as its body and its parameters say it.

use serde_json::{Value, json};

use super::sort::Sort;
use super::source::SourceFilter;
use crate::opensearch::aggregations::Aggregations;
use crate::opensearch::error::Failure;
use crate::opensearch::http::HttpRequest;
use crate::opensearch::query::Query;

/// How exactly the hits are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum TotalHits {
    /// All of them.
    Exact,
    /// Up to so many.
    UpTo(u64),
    /// Not at all.
    Off,
}

/// A search.
#[derive(Debug)]
pub(in super::super) struct Search {
    pub(super) query: Query,
    pub(super) from: usize,
    pub(super) size: usize,
    pub(super) sort: Vec<Sort>,
    pub(super) after: Option<Vec<Value>>,
    pub(super) source: SourceFilter,
    pub(super) total: TotalHits,
    pub(super) min_score: Option<f64>,
    pub(super) version: bool,
    pub(super) seq_no: bool,
    pub(super) aggregations: Option<Aggregations>,
}

impl Search {
    /// Reads a search; parameters of the URL go before the body.
    ///
    /// # Errors
    /// `parsing_exception`, `illegal_argument_exception`.
    pub(in super::super) fn parse(body: &Value, request: &HttpRequest) -> Result<Self, Failure> {
        let mut search = Self {
            query: Query::All { boost: 1.0 },
            from: 0,
            size: 10,
            sort: Vec::new(),
            after: None,
            source: SourceFilter::All,
            total: TotalHits::UpTo(10_000),
            min_score: None,
            version: false,
            seq_no: false,
            aggregations: None,
        };
        for (key, value) in body.as_object().into_iter().flatten() {
            search.member(key, value)?;
        }
        search.parameters(request)?;
        if search.after.is_some() && search.from > 0 {
            return Err(Failure::illegal_argument(
                "`from` parameter must be set to 0 when `search_after` is used",
            ));
        }
        if let Some(after) = &search.after
            && after.len() != search.sort.len()
        {
            return Err(Failure::illegal_argument(format!(
                "search_after has {} value(s) but sort has {}.",
                after.len(),
                search.sort.len()
            )));
        }
        Ok(search)
    }

    fn member(&mut self, key: &str, value: &Value) -> Result<(), Failure> {
        match key {
            "query" => self.query = Query::parse(value)?,
            "from" => self.from = whole("from", value)?,
            "size" => self.size = whole("size", value)?,
            "sort" => self.sort = Sort::parse_all(value)?,
            "search_after" => {
                let values = value.as_array().ok_or_else(|| {
                    Failure::parsing("[search_after] has to be an array of values")
                })?;
                self.after = Some(values.clone());
            }
            "_source" => self.source = SourceFilter::parse(value)?,
            "track_total_hits" => self.total = total(value)?,
            "min_score" => self.min_score = value.as_f64(),
            "version" => self.version = value == &json!(true),
            "seq_no_primary_term" => self.seq_no = value == &json!(true),
            "aggs" | "aggregations" => self.aggregations = Some(Aggregations::parse(value)?),
            "timeout" | "track_scores" | "terminate_after" | "stored_fields" | "profile" => {}
            "scroll" | "pit" | "slice" | "highlight" | "suggest" | "collapse" | "rescore"
            | "script_fields" | "runtime_mappings" | "fields" | "docvalue_fields" | "explain"
            | "post_filter" | "indices_boost" | "ext" | "stats" => {
                return Err(Failure::outside_subset(&format!("[{key}] of a search")));
            }
            other => {
                return Err(Failure::parsing(format!("Unknown key for a value in [{other}].")));
            }
        }
        Ok(())
    }

    fn parameters(&mut self, request: &HttpRequest) -> Result<(), Failure> {
        if let Some(text) = request.param("q") {
            let mut body = json!({ "query": text });
            for (parameter, member) in
                [("df", "default_field"), ("default_operator", "default_operator")]
            {
                if let Some(value) = request.param(parameter) {
                    body[member] = json!(value);
                }
            }
            self.query = Query::parse(&json!({ "query_string": body }))?;
        }
        if let Some(from) = request.number("from")? {
            self.from = whole("from", &json!(from))?;
        }
        if let Some(size) = request.number("size")? {
            self.size = whole("size", &json!(size))?;
        }
        if let Some(sort) = request.param("sort") {
            self.sort = Sort::parse_all(&json!(sort.split(',').collect::<Vec<_>>()))?;
        }
        if let Some(source) = request.param("_source") {
            self.source = match source {
                "true" => SourceFilter::All,
                "false" => SourceFilter::Nothing,
                paths => SourceFilter::parse(&json!(paths.split(',').collect::<Vec<_>>()))?,
            };
        }
        if let Some(text) = request.param("track_total_hits") {
            let value = serde_json::from_str(text).unwrap_or(Value::Null);
            self.total = total(&value)?;
        }
        Ok(())
    }

    /// Whether hits have scores: they have none when they are sorted by something else.
    pub(super) fn is_scored(&self) -> bool {
        self.sort.is_empty() || self.sort.iter().any(|sort| sort.by == super::sort::By::Score)
    }
}

fn whole(name: &str, value: &Value) -> Result<usize, Failure> {
    let number = value.as_i64().or_else(|| value.as_str()?.parse().ok());
    match number {
        Some(-1) if name == "from" => Ok(0),
        Some(number) => usize::try_from(number).map_err(|_| {
            Failure::illegal_argument(format!(
                "[{name}] parameter cannot be negative, found [{number}]"
            ))
        }),
        None => Err(Failure::parsing(format!("[{name}] has to be a whole number"))),
    }
}

fn total(value: &Value) -> Result<TotalHits, Failure> {
    match value {
        Value::Bool(true) => Ok(TotalHits::Exact),
        Value::Bool(false) => Ok(TotalHits::Off),
        Value::Number(number) if number.is_u64() => {
            Ok(TotalHits::UpTo(number.as_u64().unwrap_or(0)))
        }
        other => Err(Failure::illegal_argument(format!(
            "[track_total_hits] parameter must be positive or equals to -1, got {other}"
        ))),
    }
}
