//! Finding criteria: which findings a list, a statistic or a filter is about.

use serde_json::{Map, Value};
use tributary_vocabulary::Timestamp;

use super::error::invalid;
use crate::kernel::ServiceError;

/// Criteria, all of which a finding has to meet.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Criteria {
    fields: Vec<(Vec<String>, Vec<Condition>)>,
}

#[derive(Debug, Clone, PartialEq)]
enum Condition {
    /// Is one of these.
    Is(Vec<String>),
    /// Is none of these.
    IsNot(Vec<String>),
    /// Lies on this side of a number: at least, or more than; at most, or less than.
    Bound { below: bool, included: bool, number: f64 },
}

impl Criteria {
    /// Reads `findingCriteria`.
    ///
    /// # Errors
    /// `BadRequestException`.
    pub(super) fn read(given: Option<&Value>) -> Result<Self, ServiceError> {
        let wrong = || invalid("findingCriteria");
        let Some(given) = given.filter(|given| !given.is_null()) else {
            return Ok(Self::default());
        };
        let given = given.as_object().ok_or_else(wrong)?;
        let Some(criterion) = given.get("criterion") else { return Ok(Self::default()) };
        let criterion = criterion.as_object().ok_or_else(wrong)?;
        let fields = criterion.iter().map(|(name, conditions)| {
            let path = name.split('.').map(str::to_owned).collect();
            let conditions = conditions.as_object().ok_or_else(wrong)?;
            Ok((path, read_conditions(conditions)?))
        });
        Ok(Self { fields: fields.collect::<Result<_, ServiceError>>()? })
    }

    /// Whether every finding meets them.
    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Whether a finding meets them.
    pub(super) fn matches(&self, finding: &Value) -> bool {
        self.fields.iter().all(|(path, conditions)| {
            let values = values(finding, path);
            conditions.iter().all(|condition| condition.matches(&values))
        })
    }
}

fn read_conditions(given: &Map<String, Value>) -> Result<Vec<Condition>, ServiceError> {
    let wrong = || invalid("findingCriteria");
    let list = |value: &Value| -> Result<Vec<String>, ServiceError> {
        let list = value.as_array().ok_or_else(wrong)?;
        Ok(list.iter().map(text).collect())
    };
    let bound = |value: &Value, below: bool, included: bool| {
        let number = value.as_f64().or_else(|| value.as_str()?.parse().ok());
        number.map(|number| Condition::Bound { below, included, number }).ok_or_else(wrong)
    };
    given
        .iter()
        .map(|(operator, value)| match operator.as_str() {
            "eq" | "equals" => list(value).map(Condition::Is),
            "neq" | "notEquals" => list(value).map(Condition::IsNot),
            "gt" | "greaterThan" => bound(value, false, false),
            "gte" | "greaterThanOrEqual" => bound(value, false, true),
            "lt" | "lessThan" => bound(value, true, false),
            "lte" | "lessThanOrEqual" => bound(value, true, true),
            _ => Err(wrong()),
        })
        .collect()
}

/// The values at a path; every element of an array on the way is looked into.
pub(super) fn values<'v>(finding: &'v Value, path: &[String]) -> Vec<&'v Value> {
    let mut found = vec![finding];
    for name in path {
        found = found.into_iter().flat_map(elements).filter_map(|value| value.get(name)).collect();
    }
    found.into_iter().flat_map(elements).collect()
}

fn elements(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(list) => list.iter().collect(),
        one => vec![one],
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A value as a number: times are milliseconds.
pub(super) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => match text.parse::<f64>() {
            Ok(number) => Some(number),
            #[expect(clippy::cast_precision_loss, reason = "exact below 2^53 ms")]
            Err(_) => text.parse::<Timestamp>().ok().map(|at| at.ms() as f64),
        },
        _ => None,
    }
}

fn same(value: &Value, wanted: &str) -> bool {
    match value {
        Value::Number(number) => number.as_f64() == wanted.parse().ok(),
        other => text(other) == wanted,
    }
}

impl Condition {
    fn matches(&self, values: &[&Value]) -> bool {
        let any = |wanted: &[String]| {
            values.iter().any(|value| wanted.iter().any(|wanted| same(value, wanted)))
        };
        match self {
            Self::Is(wanted) => any(wanted),
            Self::IsNot(unwanted) => !any(unwanted),
            Self::Bound { below, included, number: bound } => values.iter().any(|value| {
                number(value).is_some_and(|number| {
                    let beyond = if *below { number < *bound } else { number > *bound };
                    beyond || (*included && number.total_cmp(bound).is_eq())
                })
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn all_criteria_have_to_be_met() {
        let finding = json!({
            "type": "Recon:EC2/Portscan", "severity": 5, "updatedAt": "2026-01-01T00:00:00.000Z",
            "service": {"archived": false},
            "resource": {"s3BucketDetails": [{"name": "a"}, {"name": "b"}]},
        });
        for (criterion, expected) in [
            (json!({}), true),
            (json!({"type": {"eq": ["x", "Recon:EC2/Portscan"]}}), true),
            (json!({"type": {"neq": ["Recon:EC2/Portscan"]}}), false),
            (json!({"severity": {"gte": 5}}), true),
            (json!({"severity": {"gt": 5}}), false),
            (json!({"severity": {"greaterThan": 4, "lessThan": 6}}), true),
            (json!({"severity": {"equals": ["5"]}}), true),
            (json!({"severity": {"eq": ["5.0"]}}), true),
            (json!({"service.archived": {"eq": ["false"]}}), true),
            (json!({"updatedAt": {"gte": 1_767_225_600_000_i64}}), true),
            (json!({"updatedAt": {"lt": 1_767_225_600_000_i64}}), false),
            (json!({"resource.s3BucketDetails.name": {"eq": ["b"]}}), true),
            (json!({"resource.nothing": {"eq": ["b"]}}), false),
            (json!({"type": {"neq": ["x"]}, "severity": {"lte": 4}}), false),
        ] {
            let given = json!({ "criterion": criterion });
            let criteria = Criteria::read(Some(&given)).expect("criteria");
            assert_eq!(criteria.matches(&finding), expected, "{given}");
        }
        for wrong in
            [json!([]), json!({"criterion": 1}), json!({"criterion": {"a": {"is": ["b"]}}})]
        {
            assert!(Criteria::read(Some(&wrong)).is_err(), "{wrong}");
        }
    }
}
