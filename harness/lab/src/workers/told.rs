//! What a worker was told to send.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tributary_generators::{Incident, Load};

/// What a worker was told to send, part by part: everything that the traffic is a function of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Told {
    parts: Vec<(String, String)>,
    /// What nobody wants to read, and has to be the same all the same.
    rest: String,
}

impl Told {
    /// A part, such as the seed.
    pub(crate) fn with(mut self, part: &str, value: impl ToString) -> Self {
        self.parts.push((part.to_owned(), value.to_string()));
        self
    }

    /// The loads and the incidents.
    pub(crate) fn sending(mut self, loads: &[Load], incidents: &[Incident]) -> Self {
        self.rest = format!("{loads:?} {incidents:?}");
        let mut events: BTreeMap<&str, u64> = BTreeMap::new();
        for load in loads {
            *events.entry(load.source.name()).or_default() += load.count.unwrap_or_default();
        }
        let events: Vec<String> =
            events.iter().map(|(source, events)| format!("{events} of {source}")).collect();
        let lasting = loads.iter().map(|load| load.duration_ms / 1_000).max().unwrap_or_default();
        let names: Vec<String> = incidents.iter().map(ToString::to_string).collect();
        self.with("events", events.join(", "))
            .with("duration", format!("{lasting} s"))
            .with("incidents", if names.is_empty() { "none".to_owned() } else { names.join(", ") })
    }

    /// The first part in which two differ, as `seed 8 and seed 7`.
    pub(super) fn difference(&self, other: &Self) -> Option<String> {
        let differs = self.parts.iter().zip(&other.parts).find(|(mine, theirs)| mine != theirs);
        match differs {
            Some(((part, mine), (other, theirs))) => {
                Some(format!("{part} {mine} and {other} {theirs}"))
            }
            None if self == other => None,
            None => Some("loads of another shape".to_owned()),
        }
    }
}
