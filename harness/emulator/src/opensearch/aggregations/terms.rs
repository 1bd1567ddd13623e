//! `terms`: a bucket for each value.

use std::cmp::Ordering;

use serde_json::{Map, Value, json};

use super::collect::{Row, Table};
use super::parse::{Aggregation, What};
use crate::opensearch::error::Failure;
use crate::opensearch::query::Item;

/// A bucket: its value and its rows.
struct Bucket<'t> {
    item: Item,
    rows: Vec<&'t Row>,
    below: Option<Value>,
}

/// Makes the buckets; the order of the answer is that of OpenSearch: by count, then by key.
pub(super) fn terms<'t>(
    table: &Table<'t>,
    aggregation: &Aggregation,
    rows: &[&'t Row],
) -> Result<Value, Failure> {
    let What::Terms { field, size, order, least, missing, include, exclude } = &aggregation.what
    else {
        return Ok(Value::Null);
    };
    let kind = table.kind(field);
    let values = table.values(field);
    let mut pairs: Vec<(Item, &Row)> = Vec::new();
    let stand_in = missing.as_ref().map(stand_in);
    for row in rows {
        let mut own: Vec<Item> = values(row).to_vec();
        if own.is_empty() {
            own.extend(stand_in.clone());
        }
        own.sort_by(Item::order);
        own.dedup_by(|a, b| a.order(b) == Ordering::Equal);
        pairs.extend(own.into_iter().map(|item| (item, *row)));
    }
    // Stable: the rows of a bucket stay in the order in which they were written.
    pairs.sort_by(|a, b| a.0.order(&b.0));
    let mut buckets: Vec<Bucket<'t>> = Vec::new();
    for (item, row) in pairs {
        match buckets.last_mut().filter(|bucket| bucket.item.order(&item).is_eq()) {
            Some(bucket) => bucket.rows.push(row),
            None => buckets.push(Bucket { item, rows: vec![row], below: None }),
        }
    }
    buckets.retain(|bucket| {
        let text = kind.text(&bucket.item);
        bucket.rows.len() as u64 >= *least
            && include.as_ref().is_none_or(|choice| choice.holds(&text))
            && exclude.as_ref().is_none_or(|choice| !choice.holds(&text))
    });
    if order.iter().any(|(path, _)| !path.starts_with('_')) {
        for bucket in &mut buckets {
            bucket.below = Some(table.make(&aggregation.below, &bucket.rows)?);
        }
    }
    sort(&mut buckets, order)?;
    let others: usize = buckets.iter().skip(*size).map(|bucket| bucket.rows.len()).sum();
    buckets.truncate(*size);
    let mut list = Vec::new();
    for bucket in buckets {
        let mut out = Map::new();
        kind.key(&bucket.item, &mut out);
        out.insert("doc_count".to_owned(), json!(bucket.rows.len()));
        let below = match bucket.below {
            Some(below) => below,
            None => table.make(&aggregation.below, &bucket.rows)?,
        };
        if let Value::Object(below) = below {
            out.extend(below);
        }
        list.push(Value::Object(out));
    }
    Ok(json!({
        "doc_count_error_upper_bound": 0,
        "sum_other_doc_count": others,
        "buckets": list,
    }))
}

fn stand_in(value: &Value) -> Item {
    match value {
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Item::Whole(whole),
            None => Item::Fraction(number.as_f64().unwrap_or(0.0)),
        },
        Value::Bool(flag) => Item::Whole(i64::from(*flag)),
        other => Item::Text(other.as_str().map_or_else(|| other.to_string(), str::to_owned)),
    }
}

fn sort(buckets: &mut [Bucket<'_>], order: &[(String, bool)]) -> Result<(), Failure> {
    let by_count = |a: &Bucket<'_>, b: &Bucket<'_>| a.rows.len().cmp(&b.rows.len());
    for (path, _) in order.iter().filter(|(path, _)| !path.starts_with('_')) {
        let unknown = buckets.iter().any(|bucket| metric(bucket, path).is_none());
        if unknown {
            return Err(Failure::new(
                500,
                "aggregation_execution_exception",
                format!(
                    "Invalid aggregator order path [{path}]. The provided aggregation is not a single value"
                ),
            ));
        }
    }
    buckets.sort_by(|a, b| {
        if order.is_empty() {
            return by_count(b, a).then_with(|| a.item.order(&b.item));
        }
        for (path, descending) in order {
            let compared = match path.as_str() {
                "_count" => by_count(a, b),
                "_key" | "_term" => a.item.order(&b.item),
                path => {
                    let value = |bucket| metric(bucket, path).unwrap_or(f64::NAN);
                    value(a).total_cmp(&value(b))
                }
            };
            let compared = if *descending { compared.reverse() } else { compared };
            if compared.is_ne() {
                return compared;
            }
        }
        a.item.order(&b.item)
    });
    Ok(())
}

/// The value of a metric below a bucket: `name`, or `name.member`.
fn metric(bucket: &Bucket<'_>, path: &str) -> Option<f64> {
    let below = bucket.below.as_ref()?;
    let (name, member) = path.split_once('.').unwrap_or((path, "value"));
    let value = below.get(name)?.get(member)?;
    Some(value.as_f64().unwrap_or(f64::NAN))
}
