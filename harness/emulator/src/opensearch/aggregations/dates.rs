//! `date_histogram`: a bucket for each stretch of time.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::collect::{Row, Table};
use super::kind::Kind;
use super::parse::{Aggregation, DateHistogram, Interval};
use crate::opensearch::dates::{DateFormat, Rounding, evaluate, parse_zone};
use crate::opensearch::error::Failure;
use crate::opensearch::query::Item;

/// The most buckets of an answer.
const BUCKETS_MAX: usize = 65_535;

/// Makes the buckets, those without rows between the first and the last as well.
pub(super) fn histogram<'t>(
    table: &Table<'t>,
    aggregation: &Aggregation,
    of: &DateHistogram,
    rows: &[&'t Row],
) -> Result<Value, Failure> {
    let zone_ms = match of.zone.as_deref() {
        None => 0,
        Some(zone) => parse_zone(zone).ok_or_else(|| {
            Failure::outside_subset(&format!("the time zone [{zone}], which is no offset,"))
        })?,
    };
    let steps = Steps { interval: of.interval, zone_ms, offset_ms: of.offset_ms };
    let values = table.values(&of.field);
    let mut buckets: BTreeMap<i64, Vec<&'t Row>> = BTreeMap::new();
    for row in rows {
        let mut starts: Vec<i64> = values(row)
            .iter()
            .filter_map(|item| match item {
                Item::Whole(ms) => Some(steps.floor(*ms)),
                _ => None,
            })
            .collect();
        starts.sort_unstable();
        starts.dedup();
        for start in starts {
            buckets.entry(start).or_default().push(*row);
        }
    }
    if of.least == 0 {
        fill(table, of, steps, &mut buckets)?;
    }
    let own;
    let format: &DateFormat = match (&of.format, table.kind(&of.field)) {
        (None, Kind::Date(format)) => format,
        (format, _) => {
            own = DateFormat::compile(format.as_deref().unwrap_or("strict_date_time"))?;
            &own
        }
    };
    let mut list = Vec::new();
    for (start, rows) in &buckets {
        if (rows.len() as u64) < of.least {
            continue;
        }
        let mut out = Map::new();
        out.insert("key_as_string".to_owned(), json!(format.print(*start, zone_ms)));
        out.insert("key".to_owned(), json!(start));
        out.insert("doc_count".to_owned(), json!(rows.len()));
        if let Value::Object(below) = table.make(&aggregation.below, rows)? {
            out.extend(below);
        }
        list.push(Value::Object(out));
    }
    if of.descending {
        list.reverse();
    }
    Ok(json!({ "buckets": list }))
}

/// Where buckets begin.
#[derive(Clone, Copy)]
struct Steps {
    interval: Interval,
    zone_ms: i64,
    offset_ms: i64,
}

impl Steps {
    fn floor(self, ms: i64) -> i64 {
        let ms = ms - self.offset_ms;
        let floor = match self.interval {
            Interval::Fixed(length) => {
                (ms + self.zone_ms).div_euclid(length) * length - self.zone_ms
            }
            Interval::Calendar(unit) => unit.floor(ms, self.zone_ms),
        };
        floor + self.offset_ms
    }

    fn next(self, start: i64) -> i64 {
        match self.interval {
            Interval::Fixed(length) => start + length,
            Interval::Calendar(unit) => {
                let local = start - self.offset_ms + self.zone_ms;
                unit.plus(local, 1) - self.zone_ms + self.offset_ms
            }
        }
    }
}

/// Adds the buckets without rows.
fn fill<'t>(
    table: &Table<'t>,
    of: &DateHistogram,
    steps: Steps,
    buckets: &mut BTreeMap<i64, Vec<&'t Row>>,
) -> Result<(), Failure> {
    let now = table.scopes.first().map(|scope| scope.now);
    let bound = |value: &Value| -> Result<i64, Failure> {
        if let Some(ms) = value.as_i64() {
            return Ok(steps.floor(ms));
        }
        let text = value.as_str().unwrap_or_default();
        let format = DateFormat::compile("strict_date_optional_time||epoch_millis")?;
        let now = now.unwrap_or(tributary_vocabulary::Timestamp::from_ms(0));
        evaluate(text, &format, now, Rounding::Down, steps.zone_ms).map(|ms| steps.floor(ms))
    };
    let (mut first, mut last) = (
        buckets.first_key_value().map(|(start, _)| *start),
        buckets.last_key_value().map(|(start, _)| *start),
    );
    if let Some((low, high)) = &of.bounds {
        let (low, high) = (bound(low)?, bound(high)?);
        first = Some(first.map_or(low, |first| first.min(low)));
        last = Some(last.map_or(high, |last| last.max(high)));
    }
    let (Some(first), Some(last)) = (first, last) else { return Ok(()) };
    let mut at = first;
    while at <= last {
        if buckets.len() > BUCKETS_MAX {
            return Err(Failure::new(
                503,
                "too_many_buckets_exception",
                format!(
                    "Trying to create too many buckets. Must be less than or equal to: [{BUCKETS_MAX}] but was [{}]. This limit can be set by changing the [search.max_buckets] cluster level setting.",
                    BUCKETS_MAX + 1
                ),
            ));
        }
        buckets.entry(at).or_default();
        at = steps.next(at);
    }
    Ok(())
}
