//! The other aggregations that make buckets, and the choice between all of them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::collect::{Row, Table};
use super::kind::{Kind, milliseconds};
use super::parse::{Aggregation, Range, What};
use super::{dates, metric, terms};
use crate::opensearch::dates::{DateFormat, Rounding, evaluate};
use crate::opensearch::error::Failure;
use crate::opensearch::query::Item;
use crate::opensearch::search::SourceFilter;

impl<'t> Table<'t> {
    /// One aggregation of these rows.
    pub(super) fn one(
        &self,
        aggregation: &Aggregation,
        rows: &[&'t Row],
    ) -> Result<Value, Failure> {
        match &aggregation.what {
            What::Terms { .. } => terms::terms(self, aggregation, rows),
            What::DateHistogram(of) => dates::histogram(self, aggregation, of, rows),
            What::Histogram { field, interval, offset, least } => {
                self.histogram(aggregation, field, (*interval, *offset, *least), rows)
            }
            What::Range { field, ranges, keyed, dates, format } => {
                let wanted = Ranges { field, ranges, dates: *dates, format: format.as_deref() };
                let buckets = self.ranges(aggregation, &wanted, rows)?;
                Ok(json!({ "buckets": listed(buckets, *keyed) }))
            }
            What::Filter(query) => {
                let matches = self.matches(query);
                let rows: Vec<&Row> = rows.iter().copied().filter(|row| matches(row)).collect();
                self.bucket(aggregation, Map::new(), &rows)
            }
            What::Filters { filters, keyed } => {
                let mut buckets = Vec::new();
                for (name, query) in filters {
                    let matches = self.matches(query);
                    let rows: Vec<&Row> = rows.iter().copied().filter(|row| matches(row)).collect();
                    buckets.push((name.clone(), self.bucket(aggregation, Map::new(), &rows)?));
                }
                Ok(json!({ "buckets": listed(buckets, *keyed) }))
            }
            What::Missing { field } => {
                let values = self.values(field);
                let rows: Vec<&Row> =
                    rows.iter().copied().filter(|row| values(row).is_empty()).collect();
                self.bucket(aggregation, Map::new(), &rows)
            }
            What::Metric { kind, field, missing } => {
                Ok(metric::metric(self, *kind, field, missing.as_ref(), rows))
            }
            What::Percentiles { field, percents } => {
                Ok(metric::percentiles(self, field, percents, rows))
            }
            What::TopHits { size, source } => Ok(self.top_hits(*size, source, rows)),
        }
    }

    /// A bucket with what stands in it, its count, and the aggregations below.
    fn bucket(
        &self,
        aggregation: &Aggregation,
        mut out: Map<String, Value>,
        rows: &[&'t Row],
    ) -> Result<Value, Failure> {
        out.insert("doc_count".to_owned(), json!(rows.len()));
        if let Value::Object(below) = self.make(&aggregation.below, rows)? {
            out.extend(below);
        }
        Ok(Value::Object(out))
    }

    fn histogram(
        &self,
        aggregation: &Aggregation,
        field: &str,
        (interval, offset, least): (f64, f64, u64),
        rows: &[&'t Row],
    ) -> Result<Value, Failure> {
        let values = self.values(field);
        let mut buckets: BTreeMap<i64, Vec<&'t Row>> = BTreeMap::new();
        for row in rows {
            let mut places: Vec<i64> = values(row)
                .iter()
                .filter_map(Item::number)
                .map(|number| milliseconds(((number - offset) / interval).floor()))
                .collect();
            places.sort_unstable();
            places.dedup();
            for place in places {
                buckets.entry(place).or_default().push(*row);
            }
        }
        let ends = buckets.first_key_value().zip(buckets.last_key_value());
        if let Some(((first, _), (last, _))) = ends.filter(|_| least == 0) {
            for place in *first..=*last {
                buckets.entry(place).or_default();
            }
        }
        let mut list = Vec::new();
        for (place, rows) in &buckets {
            if (rows.len() as u64) < least {
                continue;
            }
            let mut out = Map::new();
            out.insert("key".to_owned(), json!(*place as f64 * interval + offset));
            list.push(self.bucket(aggregation, out, rows)?);
        }
        Ok(json!({ "buckets": list }))
    }

    fn ranges(
        &self,
        aggregation: &Aggregation,
        wanted: &Ranges<'_>,
        rows: &[&'t Row],
    ) -> Result<Vec<(String, Value)>, Failure> {
        let values = self.values(wanted.field);
        let mut buckets = Vec::new();
        for range in wanted.ranges {
            let (mut out, low, high) = wanted.head(self, range)?;
            let holds = |item: &Item| {
                item.number().is_some_and(|number| {
                    low.is_none_or(|low| number >= low) && high.is_none_or(|high| number < high)
                })
            };
            let rows: Vec<&Row> =
                rows.iter().copied().filter(|row| values(row).iter().any(holds)).collect();
            let key = out.get("key").and_then(Value::as_str).unwrap_or_default().to_owned();
            out.insert("key".to_owned(), json!(key));
            buckets.push((low, high, key, self.bucket(aggregation, out, &rows)?));
        }
        let order = |value: Option<f64>, open: f64| value.unwrap_or(open);
        buckets.sort_by(|a, b| {
            order(a.0, f64::NEG_INFINITY)
                .total_cmp(&order(b.0, f64::NEG_INFINITY))
                .then(order(a.1, f64::INFINITY).total_cmp(&order(b.1, f64::INFINITY)))
        });
        Ok(buckets.into_iter().map(|(_, _, key, bucket)| (key, bucket)).collect())
    }

    fn top_hits(&self, size: usize, source: &SourceFilter, rows: &[&'t Row]) -> Value {
        let hits: Vec<Value> = rows
            .iter()
            .take(size)
            .filter_map(|row| {
                let index = self.scopes.get(row.index)?.index;
                let entry = index.documents().at(row.slot);
                let mut hit = json!({ "_index": index.name, "_id": entry.id, "_score": 1.0 });
                let whole = serde_json::from_slice(entry.source).unwrap_or_default();
                if let Some(source) = source.apply(whole) {
                    hit["_source"] = source;
                }
                Some(hit)
            })
            .collect();
        let best = (!hits.is_empty()).then_some(1.0);
        let total = json!({ "value": rows.len(), "relation": "eq" });
        json!({ "hits": { "total": total, "max_score": best, "hits": hits } })
    }
}

/// Buckets by their names, or as a list without them.
fn listed(buckets: Vec<(String, Value)>, keyed: bool) -> Value {
    if !keyed {
        return Value::Array(buckets.into_iter().map(|(_, bucket)| bucket).collect());
    }
    let unnamed = |(name, mut bucket): (String, Value)| {
        if let Value::Object(members) = &mut bucket {
            members.remove("key");
        }
        (name, bucket)
    };
    Value::Object(buckets.into_iter().map(unnamed).collect())
}

/// The ranges of one aggregation.
struct Ranges<'a> {
    field: &'a str,
    ranges: &'a [Range],
    dates: bool,
    format: Option<&'a str>,
}

type Head = (Map<String, Value>, Option<f64>, Option<f64>);

impl Ranges<'_> {
    /// What stands at the head of a range's bucket, and its bounds.
    fn head(&self, table: &Table<'_>, range: &Range) -> Result<Head, Failure> {
        let mut out = Map::new();
        let own;
        let format: Option<&DateFormat> = match (self.dates, self.format, table.kind(self.field)) {
            (false, _, _) => None,
            (true, None, Kind::Date(format)) => Some(format),
            (true, format, _) => {
                let text = format.unwrap_or("strict_date_optional_time||epoch_millis");
                own = DateFormat::compile(text)?;
                Some(&own)
            }
        };
        let mut bound = |name: &str, value: Option<&Value>| -> Result<Option<f64>, Failure> {
            let Some(value) = value else { return Ok(None) };
            let number = match (format, value) {
                (Some(format), Value::String(text)) => {
                    let now = table.scopes.first().map(|scope| scope.now);
                    let now = now.unwrap_or(tributary_vocabulary::Timestamp::from_ms(0));
                    evaluate(text, format, now, Rounding::Down, 0)? as f64
                }
                (_, Value::String(text)) => {
                    text.parse().map_err(|_| Failure::number_format(text))?
                }
                (_, value) => value.as_f64().unwrap_or(0.0),
            };
            out.insert(name.to_owned(), json!(number));
            if let Some(format) = format {
                let text = format.print(milliseconds(number), 0);
                out.insert(format!("{name}_as_string"), json!(text));
            }
            Ok(Some(number))
        };
        let low = bound("from", range.from.as_ref())?;
        let high = bound("to", range.to.as_ref())?;
        let shown = |name: &str, value: Option<f64>| match (value, out.get(name)) {
            (_, Some(Value::String(text))) => text.clone(),
            (Some(value), _) => format!("{value:?}"),
            (None, _) => "*".to_owned(),
        };
        let key = range.key.clone().unwrap_or_else(|| {
            format!("{}-{}", shown("from_as_string", low), shown("to_as_string", high))
        });
        out.insert("key".to_owned(), json!(key));
        Ok((out, low, high))
    }
}
