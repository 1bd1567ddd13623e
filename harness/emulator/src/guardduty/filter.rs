//! Filters: saved criteria, of which those that archive suppress findings.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::criteria::Criteria;

/// A filter.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    /// What it is for.
    pub(super) description: String,
    /// Whether findings that match are archived as they come, and no event tells of them.
    pub(super) archives: bool,
    /// Its place among the filters, from 1.
    pub(super) rank: usize,
    /// As they were given.
    pub(super) given: Value,
    /// Which findings match.
    pub(super) criteria: Criteria,
    /// Its tags.
    pub(super) tags: BTreeMap<String, String>,
}

impl Filter {
    /// The name of what it does.
    pub(super) fn action(&self) -> &'static str {
        if self.archives { "ARCHIVE" } else { "NOOP" }
    }

    /// As it is told of.
    pub(super) fn json(&self, name: &str) -> Value {
        json!({
            "name": name,
            "description": self.description,
            "action": self.action(),
            "rank": self.rank,
            "findingCriteria": self.given,
            "tags": self.tags,
        })
    }
}

/// The first filter that archives this finding.
pub(super) fn suppressing<'f>(
    filters: &'f BTreeMap<String, Filter>,
    finding: &Value,
) -> Option<&'f str> {
    let mut archiving: Vec<_> = filters.iter().filter(|(_, filter)| filter.archives).collect();
    archiving.sort_by_key(|(_, filter)| filter.rank);
    archiving
        .into_iter()
        .find(|(_, filter)| filter.criteria.matches(finding))
        .map(|(name, _)| name.as_str())
}
