//! Values of a query against the type of the field they are for.

use serde_json::Value;
use tributary_vocabulary::Timestamp;

use super::field::{FieldRef, Item};
use super::parse::Bound;
use crate::opensearch::dates::{DateFormat, Rounding, evaluate, parse_zone};
use crate::opensearch::error::Failure;
use crate::opensearch::mapping::{FieldType, parse_ip};

/// A range over the values of a field, both ends included; `None` is open.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Span {
    pub(super) low: Option<Item>,
    pub(super) high: Option<Item>,
    pub(super) low_inclusive: bool,
    pub(super) high_inclusive: bool,
}

impl Span {
    pub(super) fn holds(&self, item: &Item) -> bool {
        let above = self.low.as_ref().is_none_or(|low| match item.order(low) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => self.low_inclusive,
            std::cmp::Ordering::Greater => true,
        });
        above
            && self.high.as_ref().is_none_or(|high| match item.order(high) {
                std::cmp::Ordering::Less => true,
                std::cmp::Ordering::Equal => self.high_inclusive,
                std::cmp::Ordering::Greater => false,
            })
    }

    fn between(low: Item, high: Item) -> Self {
        Self { low: Some(low), high: Some(high), low_inclusive: true, high_inclusive: true }
    }
}

/// What a `term` looks for.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) enum Wanted {
    /// This value.
    Exactly(Item),
    /// A value of this range: a date that is not given to the millisecond, a network.
    Within(Span),
    /// Nothing can be it.
    Nothing,
}

impl Wanted {
    pub(super) fn is(&self, item: &Item, fold: bool) -> bool {
        match (self, item) {
            (Self::Exactly(Item::Text(wanted)), Item::Text(text)) if fold => {
                wanted.to_lowercase() == text.to_lowercase()
            }
            (Self::Exactly(wanted), item) => wanted.order(item).is_eq(),
            (Self::Within(span), item) => span.holds(item),
            (Self::Nothing, _) => false,
        }
    }
}

/// A value as text.
pub(super) fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What a value of a `term` looks for in a field.
///
/// # Errors
/// `query_shard_exception` when the field cannot hold it.
pub(super) fn wanted(
    field: FieldRef<'_>,
    value: &Value,
    now: Timestamp,
) -> Result<Wanted, Failure> {
    let text = text_of(value);
    Ok(match &field.field.kind {
        FieldType::Text { .. } => Wanted::Exactly(Item::Text(text)),
        FieldType::Keyword { lowercase, .. } => {
            Wanted::Exactly(Item::Text(if *lowercase { text.to_lowercase() } else { text }))
        }
        FieldType::Whole { .. } => {
            let number = numeric(&text)?;
            if number.fract() != 0.0 {
                return Ok(Wanted::Nothing);
            }
            Wanted::Exactly(whole(&text, number))
        }
        FieldType::Fraction { single, .. } => {
            let number = numeric(&text)?;
            Wanted::Exactly(Item::Fraction(narrowed(number, *single)))
        }
        FieldType::Boolean => match text.as_str() {
            "true" => Wanted::Exactly(Item::Whole(1)),
            "false" | "" => Wanted::Exactly(Item::Whole(0)),
            other => {
                return Err(not_created(Failure::illegal_argument(format!(
                    "Can't parse boolean value [{other}], expected [true] or [false]"
                ))));
            }
        },
        FieldType::Date { format } => {
            let down = evaluate(&text, format, now, Rounding::Down, 0)?;
            let up = evaluate(&text, format, now, Rounding::Up, 0)?;
            Wanted::Within(Span::between(Item::Whole(down), Item::Whole(up)))
        }
        FieldType::Ip => network(&text)?,
        FieldType::Binary => {
            return Err(Failure::new(
                400,
                "query_shard_exception",
                "Binary fields do not support searching",
            ));
        }
    })
}

#[expect(clippy::cast_possible_truncation, reason = "what is no i64 is compared as a fraction")]
fn whole(text: &str, number: f64) -> Item {
    match text.parse::<i64>() {
        Ok(whole) => Item::Whole(whole),
        Err(_) if number.abs() < 9.0e15 => Item::Whole(number as i64),
        Err(_) => Item::Fraction(number),
    }
}

fn numeric(text: &str) -> Result<f64, Failure> {
    let number: Option<f64> = text.trim().parse().ok().filter(|number: &f64| number.is_finite());
    number.ok_or_else(|| not_created(Failure::number_format(text)))
}

#[expect(clippy::cast_possible_truncation, reason = "float keeps 32 bits")]
fn narrowed(number: f64, single: bool) -> f64 {
    if single { f64::from(number as f32) } else { number }
}

/// The error of a query that cannot be made of its values.
fn not_created(cause: Failure) -> Failure {
    let reason = format!("failed to create query: {}", cause.reason());
    Failure::new(400, "query_shard_exception", reason).because(cause)
}

/// An address, or a network in CIDR notation.
fn network(text: &str) -> Result<Wanted, Failure> {
    let bad =
        || not_created(Failure::illegal_argument(format!("'{text}' is not an IP string literal.")));
    let Some((address, length)) = text.split_once('/') else {
        return Ok(Wanted::Exactly(Item::Ip(parse_ip(text).ok_or_else(bad)?)));
    };
    let octets = parse_ip(address).ok_or_else(bad)?;
    let length: u32 = length.parse().map_err(|_| bad())?;
    let bits = if address.contains(':') { length } else { length + 96 };
    if bits > 128 {
        return Err(bad());
    }
    let number = u128::from_be_bytes(octets);
    let mask = if bits == 0 { 0 } else { u128::MAX << (128 - bits) };
    let (low, high) = (number & mask, number | !mask);
    Ok(Wanted::Within(Span::between(Item::Ip(low.to_be_bytes()), Item::Ip(high.to_be_bytes()))))
}

/// The range of a field between two bounds.
///
/// # Errors
/// `query_shard_exception` and the date's own when a bound does not fit the field.
pub(super) fn span(
    field: FieldRef<'_>,
    (low, high): (Option<&Bound>, Option<&Bound>),
    (format, zone): (Option<&str>, Option<&str>),
    now: Timestamp,
) -> Result<Span, Failure> {
    let own;
    let format = match (&field.field.kind, format) {
        (FieldType::Date { format }, None) => Some(format.as_ref()),
        (FieldType::Date { .. }, Some(format)) => {
            own = DateFormat::compile(format)?;
            Some(&own)
        }
        _ => None,
    };
    let zone_ms = match zone {
        None => 0,
        Some(zone) => parse_zone(zone).ok_or_else(|| {
            Failure::outside_subset(&format!("the time zone [{zone}], which is no offset,"))
        })?,
    };
    let item = |bound: &Bound, is_low: bool| -> Result<Item, Failure> {
        let text = text_of(&bound.value);
        if let Some(format) = format {
            // An excluded lower bound and an included upper one reach to the end of what is named.
            let up = is_low != bound.inclusive;
            let rounding = if up { Rounding::Up } else { Rounding::Down };
            return Ok(Item::Whole(evaluate(&text, format, now, rounding, zone_ms)?));
        }
        Ok(match &field.field.kind {
            FieldType::Whole { .. } => whole(&text, numeric(&text)?),
            FieldType::Fraction { single, .. } => {
                Item::Fraction(narrowed(numeric(&text)?, *single))
            }
            FieldType::Ip => match network(&text)? {
                Wanted::Exactly(item) => item,
                _ => {
                    return Err(not_created(Failure::illegal_argument(format!(
                        "'{text}' is not an IP string literal."
                    ))));
                }
            },
            FieldType::Boolean => Item::Whole(i64::from(text == "true")),
            _ => Item::Text(text),
        })
    };
    Ok(Span {
        low: low.map(|bound| item(bound, true)).transpose()?,
        high: high.map(|bound| item(bound, false)).transpose()?,
        low_inclusive: low.is_none_or(|bound| bound.inclusive),
        high_inclusive: high.is_none_or(|bound| bound.inclusive),
    })
}
