//! The findings of a detector.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Map, Value};
use tributary_vocabulary::Timestamp;

/// A finding. Its text is shared with the detector of the administrator, or of the member.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    /// The whole envelope in which it was last told of.
    pub(super) envelope: Arc<str>,
    /// When it was last updated.
    pub(super) updated: Timestamp,
    /// Whether it lies in the archive.
    pub(super) is_archived: bool,
    /// What was thought of it.
    pub(super) feedback: Option<&'static str>,
}

/// The findings of a detector, by id and by the time of their last update.
#[derive(Debug, Default)]
pub(super) struct Findings {
    by_id: BTreeMap<Arc<str>, Stored>,
    by_time: BTreeSet<(Timestamp, Arc<str>)>,
}

impl Findings {
    /// Takes a finding, in place of an earlier state of it.
    pub(super) fn put(&mut self, id: &Arc<str>, finding: Stored) {
        if let Some(old) = self.by_id.get(id) {
            self.by_time.remove(&(old.updated, Arc::clone(id)));
        }
        self.by_time.insert((finding.updated, Arc::clone(id)));
        self.by_id.insert(Arc::clone(id), finding);
    }

    /// Forgets what was last updated before `oldest`.
    pub(super) fn expire(&mut self, oldest: Timestamp) {
        while self.by_time.first().is_some_and(|(updated, _)| *updated < oldest) {
            if let Some((_, id)) = self.by_time.pop_first() {
                self.by_id.remove(&id);
            }
        }
    }

    /// The finding of this id.
    pub(super) fn get(&self, id: &str) -> Option<&Stored> {
        self.by_id.get(id)
    }

    /// The same, to change it.
    pub(super) fn get_mut(&mut self, id: &str) -> Option<&mut Stored> {
        self.by_id.get_mut(id)
    }

    /// All findings, in the order of their ids.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Stored)> {
        self.by_id.iter()
    }

    /// The ids, in the order of the last updates.
    pub(super) fn by_update(&self) -> impl DoubleEndedIterator<Item = &Arc<str>> {
        self.by_time.iter().map(|(_, id)| id)
    }
}

impl Stored {
    /// The finding as GetFindings answers it: keys in alphabetical order, and `additionalInfo` as a
    /// text of JSON (guardduty reference, §1 and §3).
    pub(super) fn json(&self) -> Value {
        let envelope: Value = serde_json::from_str(&self.envelope).unwrap_or_default();
        let Value::Object(mut detail) = envelope.get("detail").cloned().unwrap_or_default() else {
            return Value::Null;
        };
        if let Some(service) = detail.get_mut("service").and_then(Value::as_object_mut) {
            service.insert("archived".to_owned(), self.is_archived.into());
            if let Some(feedback) = self.feedback {
                service.insert("userFeedback".to_owned(), feedback.into());
            }
            if let Some(info) = service.get_mut("additionalInfo") {
                *info = api_form(info);
            }
        }
        let mut sorted: Vec<(String, Value)> = detail.into_iter().collect();
        sorted.sort_by(|(one, _), (other, _)| one.cmp(other));
        Value::Object(sorted.into_iter().collect())
    }
}

fn api_form(info: &Value) -> Value {
    let value = match info.get("value") {
        Some(Value::String(text)) => text.clone(),
        _ => info.to_string(),
    };
    let mut form = Map::new();
    form.insert("value".to_owned(), value.into());
    form.insert("type".to_owned(), "default".into());
    Value::Object(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(updated: i64) -> Stored {
        let envelope = r#"{"detail": {"type": "T", "id": "x", "service": {"archived": false, "additionalInfo": {"sample": true}}}}"#;
        Stored {
            envelope: Arc::from(envelope),
            updated: Timestamp::from_ms(updated),
            is_archived: true,
            feedback: Some("USEFUL"),
        }
    }

    #[test]
    fn an_update_replaces_and_age_forgets() {
        let (one, other) = (Arc::from("1"), Arc::from("2"));
        let mut findings = Findings::default();
        findings.put(&one, stored(10));
        findings.put(&other, stored(20));
        findings.put(&one, stored(30));
        assert_eq!(findings.by_update().map(AsRef::as_ref).collect::<Vec<&str>>(), ["2", "1"]);
        findings.expire(Timestamp::from_ms(25));
        assert_eq!(findings.iter().map(|(id, _)| id.as_ref()).collect::<Vec<&str>>(), ["1"]);
    }

    #[test]
    fn the_api_shows_a_finding_in_its_own_form() {
        assert_eq!(
            stored(1).json().to_string(),
            r#"{"id":"x","service":{"archived":true,"additionalInfo":{"value":"{\"sample\":true}","type":"default"},"userFeedback":"USEFUL"},"type":"T"}"#
        );
    }
}
