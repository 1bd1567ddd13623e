//! Numbers made of the values of all rows.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::collect::{Row, Table};
use super::kind::Kind;
use super::parse::Metric;
use crate::opensearch::query::Item;

/// Makes a metric.
pub(super) fn metric(
    table: &Table<'_>,
    kind: Metric,
    field: &str,
    missing: Option<&Value>,
    rows: &[&Row],
) -> Value {
    let values = table.values(field);
    let of = table.kind(field);
    // Rows live as long as the table, which the borrow of this list does not say.
    let items = || rows.iter().map(|row| values_of(&values, row));
    match kind {
        Metric::ValueCount => {
            let count: usize = items().map(|items| items.len()).sum();
            let stand_ins = missing.map_or(0, |_| items().filter(|items| items.is_empty()).count());
            json!({ "value": count + stand_ins })
        }
        Metric::Cardinality => {
            let mut seen: BTreeSet<String> = BTreeSet::new();
            for items in items() {
                seen.extend(items.iter().map(|item| of.text(item)));
                if let (true, Some(missing)) = (items.is_empty(), missing) {
                    seen.insert(
                        missing.as_str().map_or_else(|| missing.to_string(), str::to_owned),
                    );
                }
            }
            json!({ "value": seen.len() })
        }
        _ => {
            let mut numbers = Vec::new();
            for items in items() {
                numbers.extend(items.iter().filter_map(Item::number));
                if items.is_empty() {
                    numbers.extend(missing.and_then(Value::as_f64));
                }
            }
            of_numbers(kind, of, &numbers)
        }
    }
}

fn values_of<'r>(values: &impl Fn(&'r Row) -> &'r [Item], row: &'r Row) -> &'r [Item] {
    values(row)
}

fn of_numbers(kind: Metric, of: &Kind, numbers: &[f64]) -> Value {
    let stats = Stats::of(numbers);
    match kind {
        Metric::Min => of.metric(stats.min),
        Metric::Max => of.metric(stats.max),
        Metric::Avg => of.metric(stats.avg()),
        Metric::Sum => json!({ "value": stats.sum }),
        Metric::ExtendedStats => stats.extended(),
        _ => of.texts(stats.plain()),
    }
}

/// What there is to say of numbers.
struct Stats {
    count: usize,
    min: Option<f64>,
    max: Option<f64>,
    sum: f64,
    squares: f64,
}

impl Stats {
    fn of(numbers: &[f64]) -> Self {
        Self {
            count: numbers.len(),
            min: numbers.iter().copied().reduce(f64::min),
            max: numbers.iter().copied().reduce(f64::max),
            sum: numbers.iter().sum(),
            squares: numbers.iter().map(|number| number * number).sum(),
        }
    }

    fn avg(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / self.count as f64)
    }

    fn plain(&self) -> Value {
        json!({
            "count": self.count,
            "min": self.min,
            "max": self.max,
            "avg": self.avg(),
            "sum": self.sum,
        })
    }

    fn extended(&self) -> Value {
        let mut out = self.plain();
        let count = self.count as f64;
        // In OpenSearch's own order of operations: the last digits are its as well.
        let spread = self.squares - self.sum * self.sum / count;
        let variance = self.avg().map(|_| (spread / count).max(0.0));
        let sampling = (self.count > 1).then(|| (spread / (count - 1.0)).max(0.0));
        let deviation = variance.map(f64::sqrt);
        let bound = |sign: f64, of: Option<f64>| Some(self.avg()? + sign * 2.0 * of?);
        let more = [
            ("sum_of_squares", self.avg().map(|_| self.squares)),
            ("variance", variance),
            ("variance_population", variance),
            ("variance_sampling", sampling),
            ("std_deviation", deviation),
            ("std_deviation_population", deviation),
            ("std_deviation_sampling", sampling.map(f64::sqrt)),
        ];
        for (name, value) in more {
            out[name] = json!(value);
        }
        let sampled = sampling.map(f64::sqrt);
        out["std_deviation_bounds"] = json!({
            "upper": bound(1.0, deviation),
            "lower": bound(-1.0, deviation),
            "upper_population": bound(1.0, deviation),
            "lower_population": bound(-1.0, deviation),
            "upper_sampling": bound(1.0, sampled),
            "lower_sampling": bound(-1.0, sampled),
        });
        out
    }
}

/// Percentiles, exact: between two values by a straight line. OpenSearch's own are estimates.
pub(super) fn percentiles(
    table: &Table<'_>,
    field: &str,
    percents: &[f64],
    rows: &[&Row],
) -> Value {
    let values = table.values(field);
    let mut numbers: Vec<f64> = Vec::new();
    for row in rows {
        numbers.extend(values_of(&values, row).iter().filter_map(Item::number));
    }
    numbers.sort_by(f64::total_cmp);
    let mut out = serde_json::Map::new();
    for percent in percents {
        let name =
            if percent.fract() == 0.0 { format!("{percent:.1}") } else { percent.to_string() };
        out.insert(name, json!(at(&numbers, *percent)));
    }
    json!({ "values": out })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in a list, between 0 and its length"
)]
fn at(sorted: &[f64], percent: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = (percent / 100.0).clamp(0.0, 1.0) * last as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(last);
    Some(sorted[below] + (sorted[above] - sorted[below]) * place.fract())
}
