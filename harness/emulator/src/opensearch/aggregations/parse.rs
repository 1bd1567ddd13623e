//! Aggregations as their JSON says them.

use serde_json::Value;

use crate::opensearch::error::Failure;
use crate::opensearch::query::Query;
use crate::opensearch::search::SourceFilter;

/// Aggregations by their names, in the order in which they were given.
#[derive(Debug, Default)]
pub(in super::super) struct Aggregations(pub(super) Vec<(String, Aggregation)>);

/// One aggregation and those below it.
#[derive(Debug)]
pub(super) struct Aggregation {
    pub(super) what: What,
    pub(super) below: Aggregations,
}

/// What an aggregation makes.
#[derive(Debug)]
pub(super) enum What {
    Terms {
        field: String,
        size: usize,
        order: Vec<(String, bool)>,
        least: u64,
        missing: Option<Value>,
        include: Option<Choice>,
        exclude: Option<Choice>,
    },
    DateHistogram(DateHistogram),
    Histogram {
        field: String,
        interval: f64,
        offset: f64,
        least: u64,
    },
    Range {
        field: String,
        ranges: Vec<Range>,
        keyed: bool,
        dates: bool,
        format: Option<String>,
    },
    Filter(Query),
    Filters {
        filters: Vec<(String, Query)>,
        keyed: bool,
    },
    Missing {
        field: String,
    },
    Metric {
        kind: Metric,
        field: String,
        missing: Option<Value>,
    },
    Percentiles {
        field: String,
        percents: Vec<f64>,
    },
    TopHits {
        size: usize,
        source: SourceFilter,
    },
}

/// `date_histogram`
#[derive(Debug)]
pub(super) struct DateHistogram {
    pub(super) field: String,
    pub(super) interval: Interval,
    pub(super) zone: Option<String>,
    pub(super) offset_ms: i64,
    pub(super) format: Option<String>,
    pub(super) least: u64,
    pub(super) bounds: Option<(Value, Value)>,
    pub(super) descending: bool,
}

/// How long a bucket of a date histogram is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Interval {
    /// So many milliseconds.
    Fixed(i64),
    /// A unit of the calendar.
    Calendar(crate::opensearch::dates::Unit),
}

/// A bucket of `range` or `date_range`.
#[derive(Debug)]
pub(super) struct Range {
    pub(super) key: Option<String>,
    pub(super) from: Option<Value>,
    pub(super) to: Option<Value>,
}

/// Which terms are taken: these, or those that match.
#[derive(Debug)]
pub(super) enum Choice {
    These(Vec<String>),
    Matching(regex::Regex),
}

impl Choice {
    pub(super) fn holds(&self, text: &str) -> bool {
        match self {
            Self::These(list) => list.iter().any(|one| one == text),
            Self::Matching(pattern) => pattern.is_match(text),
        }
    }
}

/// A number made of all values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Metric {
    Min,
    Max,
    Sum,
    Avg,
    ValueCount,
    Cardinality,
    Stats,
    ExtendedStats,
}

impl Aggregations {
    /// Reads `aggs`.
    ///
    /// # Errors
    /// `parsing_exception`, `illegal_argument_exception`.
    pub(in super::super) fn parse(value: &Value) -> Result<Self, Failure> {
        let Value::Object(members) = value else {
            return Err(Failure::parsing("Aggregation definitions have to be an object"));
        };
        let mut out = Vec::new();
        for (name, of) in members {
            if name.contains(['[', ']', '>']) {
                return Err(Failure::parsing(format!(
                    "Invalid aggregation name [{name}]. Aggregation names can contain any \
                     character except '[', ']', and '>'"
                )));
            }
            out.push((name.clone(), Aggregation::parse(name, of)?));
        }
        Ok(Self(out))
    }
}

impl Aggregation {
    fn parse(name: &str, value: &Value) -> Result<Self, Failure> {
        let mut what = None;
        let mut below = Aggregations::default();
        for (key, of) in value.as_object().into_iter().flatten() {
            match key.as_str() {
                "aggs" | "aggregations" => below = Aggregations::parse(of)?,
                "meta" => return Err(Failure::outside_subset("[meta] of an aggregation")),
                kind if what.is_none() => what = Some(What::parse(kind, of)?),
                other => {
                    return Err(Failure::parsing(format!(
                        "Found two aggregation type definitions in [{name}]: one of them is \
                         [{other}]"
                    )));
                }
            }
        }
        let what = what.ok_or_else(|| {
            Failure::parsing(format!("Missing definition for aggregation [{name}]"))
        })?;
        let is_metric =
            matches!(what, What::Metric { .. } | What::Percentiles { .. } | What::TopHits { .. });
        if is_metric && !below.0.is_empty() {
            return Err(Failure::new(
                500,
                "aggregation_initialization_exception",
                format!("Aggregator [{name}] cannot accept sub-aggregations"),
            ));
        }
        Ok(Self { what, below })
    }
}

/// Refuses members that are not known.
fn known(kind: &str, of: &Value, keys: &[&str]) -> Result<(), Failure> {
    let unknown = of
        .as_object()
        .into_iter()
        .flat_map(|members| members.keys())
        .find(|key| !keys.contains(&key.as_str()));
    match unknown {
        Some(key) => Err(Failure::parsing(format!("[{kind}] unknown field [{key}]"))),
        None => Ok(()),
    }
}

fn field(kind: &str, of: &Value) -> Result<String, Failure> {
    if of.get("script").is_some() {
        return Err(Failure::outside_subset("[script] of an aggregation"));
    }
    of.get("field").and_then(Value::as_str).map(str::to_owned).ok_or_else(|| {
        Failure::illegal_argument(format!(
            "Required one of fields [field, script], but none were specified in [{kind}]"
        ))
    })
}

fn count(of: &Value, name: &str, default: u64) -> u64 {
    of.get(name).and_then(Value::as_u64).unwrap_or(default)
}

fn text(of: &Value, name: &str) -> Option<String> {
    of.get(name).and_then(Value::as_str).map(str::to_owned)
}

impl What {
    fn parse(kind: &str, of: &Value) -> Result<Self, Failure> {
        let metric = |metric| -> Result<Self, Failure> {
            known(
                kind,
                of,
                &["field", "missing", "script", "format", "precision_threshold", "sigma"],
            )?;
            Ok(Self::Metric {
                kind: metric,
                field: field(kind, of)?,
                missing: of.get("missing").cloned(),
            })
        };
        match kind {
            "terms" => terms(of),
            "date_histogram" => date_histogram(of).map(Self::DateHistogram),
            "histogram" => histogram(of),
            "range" | "date_range" => range(kind, of),
            "filter" => Query::parse(of).map(Self::Filter),
            "filters" => filters(of),
            "missing" => {
                known(kind, of, &["field"])?;
                Ok(Self::Missing { field: field(kind, of)? })
            }
            "min" => metric(Metric::Min),
            "max" => metric(Metric::Max),
            "sum" => metric(Metric::Sum),
            "avg" => metric(Metric::Avg),
            "value_count" => metric(Metric::ValueCount),
            "cardinality" => metric(Metric::Cardinality),
            "stats" => metric(Metric::Stats),
            "extended_stats" => metric(Metric::ExtendedStats),
            "percentiles" => percentiles(of),
            "top_hits" => top_hits(of),
            "global"
            | "composite"
            | "significant_terms"
            | "nested"
            | "sampler"
            | "ip_range"
            | "geohash_grid"
            | "geo_bounds"
            | "scripted_metric"
            | "auto_date_histogram"
            | "rare_terms"
            | "multi_terms"
            | "bucket_sort"
            | "bucket_script"
            | "derivative"
            | "cumulative_sum"
            | "moving_fn"
            | "percentile_ranks"
            | "median_absolute_deviation"
            | "weighted_avg"
            | "avg_bucket"
            | "max_bucket"
            | "min_bucket"
            | "sum_bucket" => Err(Failure::outside_subset(&format!("the aggregation [{kind}]"))),
            other => Err(Failure::parsing(format!("Unknown aggregation type [{other}]"))),
        }
    }
}

fn terms(of: &Value) -> Result<What, Failure> {
    known(
        "terms",
        of,
        &[
            "field",
            "size",
            "order",
            "min_doc_count",
            "missing",
            "include",
            "exclude",
            "shard_size",
            "script",
            "show_term_doc_count_error",
            "execution_hint",
            "collect_mode",
            "shard_min_doc_count",
        ],
    )?;
    let size = usize::try_from(count(of, "size", 10)).unwrap_or(usize::MAX);
    if size == 0 {
        return Err(Failure::illegal_argument(
            "[size] must be greater than 0. Found [0] in [terms]",
        ));
    }
    let choice = |name: &str| -> Result<Option<Choice>, Failure> {
        match of.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(pattern)) => regex::Regex::new(&format!("^(?:{pattern})$"))
                .map(Choice::Matching)
                .map(Some)
                .map_err(|error| {
                    Failure::illegal_argument(format!("failed to parse [{name}]: {error}"))
                }),
            Some(Value::Array(list)) => Ok(Some(Choice::These(
                list.iter()
                    .map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned))
                    .collect(),
            ))),
            Some(_) => Err(Failure::outside_subset(&format!("partitions in [{name}] of terms"))),
        }
    };
    Ok(What::Terms {
        field: field("terms", of)?,
        size,
        order: order(of.get("order"))?,
        least: count(of, "min_doc_count", 1),
        missing: of.get("missing").cloned(),
        include: choice("include")?,
        exclude: choice("exclude")?,
    })
}

/// `order`: pairs of a path and whether it descends.
fn order(value: Option<&Value>) -> Result<Vec<(String, bool)>, Failure> {
    let list: Vec<&Value> = match value {
        None => return Ok(Vec::new()),
        Some(Value::Array(list)) => list.iter().collect(),
        Some(one) => vec![one],
    };
    let mut out = Vec::new();
    for one in list {
        for (path, direction) in one.as_object().into_iter().flatten() {
            let descending = match direction.as_str() {
                Some("asc") => false,
                Some("desc") => true,
                _ => {
                    return Err(Failure::parsing(format!("Unknown order direction [{direction}]")));
                }
            };
            out.push((path.clone(), descending));
        }
    }
    Ok(out)
}

fn date_histogram(of: &Value) -> Result<DateHistogram, Failure> {
    use crate::opensearch::dates::{Unit, parse_duration};
    known(
        "date_histogram",
        of,
        &[
            "field",
            "fixed_interval",
            "calendar_interval",
            "time_zone",
            "offset",
            "format",
            "min_doc_count",
            "extended_bounds",
            "order",
            "keyed",
            "script",
        ],
    )?;
    let interval = match (text(of, "fixed_interval"), text(of, "calendar_interval")) {
        (Some(fixed), None) => parse_duration(&fixed).filter(|ms| *ms > 0).map(Interval::Fixed).ok_or_else(|| {
            Failure::illegal_argument(format!("failed to parse setting [date_histogram.fixedInterval] with value [{fixed}] as a time value: unit is missing or unrecognized"))
        })?,
        (None, Some(calendar)) => Interval::Calendar(match calendar.as_str() {
            "minute" | "1m" => Unit::Minute,
            "hour" | "1h" => Unit::Hour,
            "day" | "1d" => Unit::Day,
            "week" | "1w" => Unit::Week,
            "month" | "1M" => Unit::Month,
            "quarter" | "1q" => Unit::Quarter,
            "year" | "1y" => Unit::Year,
            other => {
                return Err(Failure::illegal_argument(format!("The supplied interval [{other}] could not be parsed as a calendar interval.")));
            }
        }),
        (Some(_), Some(_)) => return Err(Failure::illegal_argument("Cannot use [fixed_interval] with [calendar_interval] configuration option.")),
        (None, None) => return Err(Failure::illegal_argument("Invalid interval specified, must be non-null and non-empty")),
    };
    let offset_ms = match text(of, "offset") {
        None => 0,
        Some(offset) => {
            let (sign, rest) = match offset.strip_prefix('-') {
                Some(rest) => (-1, rest),
                None => (1, offset.strip_prefix('+').unwrap_or(&offset)),
            };
            sign * parse_duration(rest).ok_or_else(|| {
                Failure::illegal_argument(format!("failed to parse offset [{offset}]"))
            })?
        }
    };
    let bounds = of
        .get("extended_bounds")
        .and_then(|bounds| Some((bounds.get("min")?.clone(), bounds.get("max")?.clone())));
    let order = order(of.get("order"))?;
    if let Some((path, _)) = order.iter().find(|(path, _)| path != "_key") {
        return Err(Failure::outside_subset(&format!("order by [{path}] of date_histogram")));
    }
    Ok(DateHistogram {
        field: field("date_histogram", of)?,
        interval,
        zone: text(of, "time_zone"),
        offset_ms,
        format: text(of, "format"),
        least: count(of, "min_doc_count", 0),
        bounds,
        descending: order.first().is_some_and(|(_, descending)| *descending),
    })
}

fn histogram(of: &Value) -> Result<What, Failure> {
    known("histogram", of, &["field", "interval", "offset", "min_doc_count", "script"])?;
    let interval = of.get("interval").and_then(Value::as_f64).filter(|interval| *interval > 0.0);
    Ok(What::Histogram {
        field: field("histogram", of)?,
        interval: interval.ok_or_else(|| {
            Failure::illegal_argument("[interval] must be >0 for histogram aggregation")
        })?,
        offset: of.get("offset").and_then(Value::as_f64).unwrap_or(0.0),
        least: count(of, "min_doc_count", 0),
    })
}

fn range(kind: &str, of: &Value) -> Result<What, Failure> {
    known(kind, of, &["field", "ranges", "keyed", "format", "script"])?;
    let ranges = of.get("ranges").and_then(Value::as_array).filter(|ranges| !ranges.is_empty());
    let ranges = ranges
        .ok_or_else(|| Failure::illegal_argument("No [ranges] specified for the aggregation"))?;
    let one = |range: &Value| Range {
        key: text(range, "key"),
        from: range.get("from").cloned().filter(|value| !value.is_null()),
        to: range.get("to").cloned().filter(|value| !value.is_null()),
    };
    Ok(What::Range {
        field: field(kind, of)?,
        ranges: ranges.iter().map(one).collect(),
        keyed: of.get("keyed") == Some(&Value::Bool(true)),
        dates: kind == "date_range",
        format: text(of, "format"),
    })
}

fn filters(of: &Value) -> Result<What, Failure> {
    known("filters", of, &["filters", "keyed"])?;
    match of.get("filters") {
        Some(Value::Object(members)) => {
            let filters: Result<Vec<_>, Failure> = members
                .iter()
                .map(|(name, query)| Ok((name.clone(), Query::parse(query)?)))
                .collect();
            Ok(What::Filters { filters: filters?, keyed: true })
        }
        Some(Value::Array(list)) => {
            let filters: Result<Vec<_>, Failure> =
                list.iter().map(|query| Ok((String::new(), Query::parse(query)?))).collect();
            Ok(What::Filters { filters: filters?, keyed: false })
        }
        _ => Err(Failure::parsing("[filters] needs an object or an array of filters")),
    }
}

fn percentiles(of: &Value) -> Result<What, Failure> {
    known("percentiles", of, &["field", "percents", "keyed", "tdigest", "hdr"])?;
    let percents = of.get("percents").and_then(Value::as_array);
    let percents = percents.map_or_else(
        || vec![1.0, 5.0, 25.0, 50.0, 75.0, 95.0, 99.0],
        |list| list.iter().filter_map(Value::as_f64).collect(),
    );
    Ok(What::Percentiles { field: field("percentiles", of)?, percents })
}

fn top_hits(of: &Value) -> Result<What, Failure> {
    known("top_hits", of, &["size", "_source"])?;
    let source = SourceFilter::parse(of.get("_source").unwrap_or(&Value::Null))?;
    let size = usize::try_from(count(of, "size", 3)).unwrap_or(3);
    Ok(What::TopHits { size, source })
}
