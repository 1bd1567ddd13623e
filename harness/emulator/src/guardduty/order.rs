//! The order of findings in a list.

use std::cmp::Ordering;

use serde_json::Value;

use super::criteria::{number, values};
use super::error::invalid;
use crate::kernel::ServiceError;

/// By which attribute, and which way; by the time of the last update, the latest first, when a
/// request does not say (not documented).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Order {
    attribute: String,
    descending: bool,
}

impl Order {
    /// Reads `sortCriteria`.
    ///
    /// # Errors
    /// `BadRequestException`.
    pub(super) fn read(given: Option<&Value>) -> Result<Self, ServiceError> {
        let member = |name: &str| given.and_then(|given| given.get(name)).filter(|v| !v.is_null());
        let attribute = match member("attributeName") {
            None => "updatedAt",
            Some(Value::String(name)) => name,
            Some(_) => return Err(invalid("sortCriteria")),
        };
        let descending = match member("orderBy").map(Value::as_str) {
            None => given.is_none_or(|given| given.get("attributeName").is_none()),
            Some(Some("ASC")) => false,
            Some(Some("DESC")) => true,
            Some(_) => return Err(invalid("sortCriteria")),
        };
        Ok(Self { attribute: attribute.to_owned(), descending })
    }

    /// Whether it is the order of the last updates.
    pub(super) fn is_by_update(&self) -> bool {
        self.attribute == "updatedAt"
    }

    /// Whether the largest comes first.
    pub(super) fn is_descending(&self) -> bool {
        self.descending
    }

    /// The ids of findings in this order.
    pub(super) fn sorted(&self, mut findings: Vec<(String, Value)>) -> Vec<String> {
        findings.sort_by(|(_, one), (_, other)| self.compare(one, other));
        findings.into_iter().map(|(id, _)| id).collect()
    }

    /// Brings findings into this order.
    pub(super) fn sort(&self, findings: &mut [Value]) {
        findings.sort_by(|one, other| self.compare(one, other));
    }

    fn compare(&self, one: &Value, other: &Value) -> Ordering {
        let path: Vec<String> = self.attribute.split('.').map(str::to_owned).collect();
        let first = |finding| values(finding, &path).into_iter().next();
        let order = match (first(one), first(other)) {
            (Some(one), Some(other)) => match (number(one), number(other)) {
                (Some(one), Some(other)) => one.total_cmp(&other),
                _ => one.to_string().cmp(&other.to_string()),
            },
            (one, other) => one.is_some().cmp(&other.is_some()),
        };
        if self.descending { order.reverse() } else { order }
    }
}
