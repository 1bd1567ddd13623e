//! One line of a `Condition` block: an operator, a key and the values it is compared with.

mod date;
mod ip;
mod number;
mod operator;

use std::borrow::Cow;

pub(super) use operator::{Comparison, Operator, Quantifier};

use self::ip::{Address, Network};
use self::number::Decimal;
use super::document::Effect;
use super::facts::{Fact, Facts};
use super::pattern::{Style, Wildcard};
use super::variables::Template;

/// One line of a `Condition` block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    pub(super) operator_name: String,
    pub(super) operator: Operator,
    pub(super) key: String,
    /// The key in lower case, as requests are asked for it.
    pub(super) lookup: String,
    pub(super) values: Vec<Operand>,
}

/// A value of a policy, read once for its operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Operand {
    text: Template,
    reading: Reading,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Reading {
    Text,
    Lowered(String),
    Pattern(Wildcard),
    /// A text with variables: a pattern of its own for every request.
    Varying,
    Number(Option<Decimal>),
    Date(Option<i64>),
    Flag(bool),
    Network(Option<Network>),
    /// The six parts of an ARN; `None` when it is none.
    Arn(Option<Box<[Wildcard; 6]>>),
}

impl Condition {
    /// The operator as the policy writes it, such as `ArnLike`.
    #[must_use]
    pub fn operator(&self) -> &str {
        &self.operator_name
    }

    /// The condition key as the policy writes it, such as `aws:SourceArn`.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The values as the policy writes them.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(|operand| operand.text.source())
    }

    /// The keys this condition asks a request for, as written.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        let variables = self.values.iter().flat_map(|operand| operand.text.keys());
        std::iter::once(self.key.as_str()).chain(variables)
    }

    /// Whether a request meets the condition. An ARN operand that is no ARN once its variables
    /// are replaced never helps an Allow and never hinders a Deny, hence the effect.
    pub(super) fn holds(&self, facts: &Facts<'_>, effect: Effect) -> bool {
        let operator = self.operator;
        let fact = facts.lookup(&self.lookup);
        if operator.comparison == Comparison::Null {
            let absent = matches!(fact, Fact::Absent);
            return self.values.iter().any(|value| value.reading == Reading::Flag(absent));
        }
        match fact {
            Fact::Absent => match operator.quantifier {
                Some(Quantifier::All) => true,
                Some(Quantifier::Any) => operator.if_exists,
                None => operator.if_exists || operator.negated,
            },
            Fact::One(value) => self.value_holds(&value, facts, effect),
            Fact::Many(values) => match operator.quantifier {
                Some(Quantifier::All) => values.iter().all(|v| self.value_holds(v, facts, effect)),
                Some(Quantifier::Any) => values.iter().any(|v| self.value_holds(v, facts, effect)),
                None => false,
            },
        }
    }

    fn value_holds(&self, value: &str, facts: &Facts<'_>, effect: Effect) -> bool {
        let negated = self.operator.negated;
        let any = |matches: &dyn Fn(&Operand) -> bool| self.values.iter().any(matches) != negated;
        match self.operator.comparison {
            Comparison::StringEquals | Comparison::Binary => any(&|operand| {
                operand.text.expand(facts).is_some_and(|expected| expected == value)
            }),
            Comparison::StringEqualsIgnoreCase => {
                let lowered = value.to_lowercase();
                any(&|operand| operand.lowered(facts).is_some_and(|expected| expected == lowered))
            }
            Comparison::StringLike => any(&|operand| match &operand.reading {
                Reading::Pattern(pattern) => pattern.matches(value),
                _ => operand
                    .text
                    .wildcard(Style::Plain, facts)
                    .is_some_and(|pattern| pattern.matches(value)),
            }),
            Comparison::Numeric(order) => {
                let number = Decimal::parse(value);
                any(&|operand| match (&number, &operand.reading) {
                    (Some(found), Reading::Number(Some(wanted))) => order.admits(found.cmp(wanted)),
                    _ => false,
                })
            }
            Comparison::Date(order) => {
                let moment = date::parse(value);
                any(&|operand| match (moment, &operand.reading) {
                    (Some(found), Reading::Date(Some(wanted))) => order.admits(found.cmp(wanted)),
                    _ => false,
                })
            }
            Comparison::Bool => {
                let flag = is_true(value);
                any(&|operand| operand.reading == Reading::Flag(flag))
            }
            Comparison::Ip => Address::of_request(value).is_some_and(|address| {
                any(&|operand| {
                    matches!(operand.reading, Reading::Network(Some(net)) if net.contains(address))
                })
            }),
            Comparison::Arn => self.arn_holds(value, facts, effect),
            Comparison::Null => false,
        }
    }

    /// The operands are tried in their order: one that is no ARN ends the search.
    fn arn_holds(&self, value: &str, facts: &Facts<'_>, effect: Effect) -> bool {
        let Some(parts) = arn_parts(value) else {
            return false;
        };
        for operand in &self.values {
            let varying;
            let patterns = match &operand.reading {
                Reading::Arn(patterns) => patterns.as_ref(),
                _ => {
                    let Some(patterns) = operand.text.arn(facts) else { continue };
                    varying = patterns;
                    varying.as_ref()
                }
            };
            let Some(patterns) = patterns else {
                return effect == Effect::Deny;
            };
            if patterns.iter().zip(parts).all(|(pattern, part)| pattern.matches(part)) {
                return !self.operator.negated;
            }
        }
        self.operator.negated
    }
}

impl Operand {
    /// Reads a value for its operator.
    pub(super) fn new(text: Template, comparison: Comparison) -> Self {
        let source = text.source();
        let reading = match comparison {
            Comparison::StringEquals | Comparison::Binary => Reading::Text,
            Comparison::StringEqualsIgnoreCase if text.is_fixed() => {
                Reading::Lowered(source.to_lowercase())
            }
            Comparison::StringEqualsIgnoreCase => Reading::Varying,
            Comparison::StringLike => {
                text.fixed_wildcard(Style::Plain).map_or(Reading::Varying, Reading::Pattern)
            }
            Comparison::Numeric(_) => Reading::Number(Decimal::parse(source)),
            Comparison::Date(_) => Reading::Date(date::parse(source)),
            Comparison::Bool | Comparison::Null => Reading::Flag(is_true(source)),
            Comparison::Ip => Reading::Network(Network::parse(source)),
            Comparison::Arn if text.is_fixed() => Reading::Arn(arn_patterns(source)),
            Comparison::Arn => Reading::Varying,
        };
        Self { text, reading }
    }

    /// Whether IAM stores the value with its operator; STS is laxer with session policies.
    pub(super) fn is_storable(&self, comparison: Comparison) -> bool {
        match (&self.reading, comparison) {
            (Reading::Number(number), _) => number.is_some(),
            (Reading::Date(moment), _) => moment.is_some(),
            (Reading::Network(network), _) => network.is_some_and(Network::is_storable),
            (Reading::Arn(patterns), _) => patterns.is_some(),
            (_, Comparison::Binary) => is_base64(self.text.source()),
            _ => true,
        }
    }

    fn lowered(&self, facts: &Facts<'_>) -> Option<Cow<'_, str>> {
        match &self.reading {
            Reading::Lowered(text) => Some(Cow::Borrowed(text)),
            _ => self.text.expand(facts).map(|text| Cow::Owned(text.to_lowercase())),
        }
    }
}

/// `true` in any case; everything else is false (iam reference, condition operators).
fn is_true(text: &str) -> bool {
    text.eq_ignore_ascii_case("true")
}

fn is_base64(text: &str) -> bool {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.decode(text).is_ok()
}

/// The six parts of an ARN; `None` for a text that is none.
fn arn_parts(text: &str) -> Option<[&str; 6]> {
    let mut parts = text.splitn(6, ':');
    let mut next = || parts.next();
    let arn = [next()?, next()?, next()?, next()?, next()?, next()?];
    (arn[0] == "arn").then_some(arn)
}

/// The patterns of an ARN's parts. A lone `*` stands for every ARN (the reference leaves it open).
fn arn_patterns(text: &str) -> Option<Box<[Wildcard; 6]>> {
    let parts = if text == "*" { ["*"; 6] } else { arn_parts(text)? };
    Some(Box::new(parts.map(|part| Wildcard::compile(part, Style::Plain))))
}
