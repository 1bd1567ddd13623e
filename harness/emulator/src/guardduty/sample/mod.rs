//! Sample findings, with AWS's placeholders in them (guardduty reference, §7, sample findings).

mod action;
mod resource;
mod sentence;

use serde_json::{Map, Value, json};
use tributary_vocabulary::{AccountId, EventRecord, Timestamp};

use super::detector::administrator;
use super::kinds::Kind;
use super::state::{Place, hex};
use crate::kernel::{Ids, World};

/// The types of these names, or all; `None` when one of them is no type.
pub(super) fn kinds(names: &[String]) -> Option<Vec<Kind>> {
    if names.is_empty() {
        return Some(Kind::all().collect());
    }
    names.iter().map(|name| Kind::all().find(|kind| kind.name == name)).collect()
}

/// The events of samples of these types, as the aggregating account sees them.
///
/// A sample that is made again is an update of the one before, as any repeated finding is.
pub(super) fn events(world: &mut World, place: &Place, kinds: &[Kind]) -> Vec<EventRecord> {
    let now = world.now;
    let (account, region) = (place.0, place.1.clone());
    let seen_by = administrator(world, account, &region).unwrap_or(account);
    let Some(detector) = world.guardduty.detectors.get(place) else { return Vec::new() };
    let detector_id = detector.id.clone();
    let mut events = Vec::with_capacity(kinds.len());
    for kind in kinds {
        let seed = world.guardduty.seed.child("sample").child(&detector_id).child(kind.name);
        let id = hex(&mut Ids::new(seed));
        let before = world.guardduty.detectors.get(place).and_then(|d| d.findings.get(&id));
        let before = before.map(super::findings::Stored::json);
        let facts =
            Facts { account, region: region.as_str(), detector_id: &detector_id, id: &id, now };
        let envelope = json!({
            "version": "0",
            "id": world.guardduty.uuid(),
            "detail-type": "GuardDuty Finding",
            "source": "aws.guardduty",
            "account": seen_by.as_str(),
            "time": now.format("%Y-%m-%dT%H:%M:%SZ"),
            "region": region.as_str(),
            "resources": [],
            "detail": detail(*kind, &facts, before.as_ref()),
        });
        events.push(EventRecord { timestamp: now, message: envelope.to_string() });
    }
    events
}

/// What a sample is about.
struct Facts<'a> {
    account: AccountId,
    region: &'a str,
    detector_id: &'a str,
    id: &'a str,
    now: Timestamp,
}

/// The finding, its keys in the order of events.
fn detail(kind: Kind, facts: &Facts<'_>, before: Option<&Value>) -> Value {
    let now = facts.now.to_string();
    let created = before.and_then(|before| before.get("createdAt")?.as_str());
    let first = before.and_then(|before| before.pointer("/service/eventFirstSeen")?.as_str());
    let count = before.and_then(|before| before.pointer("/service/count")?.as_i64()).unwrap_or(0);
    let second = facts.now.format("%Y-%m-%dT%H:%M:%S.000Z");
    let mut service = Map::new();
    let mut set = |name: &str, value: Value| {
        service.insert(name.to_owned(), value);
    };
    set("serviceName", "guardduty".into());
    set("detectorId", facts.detector_id.into());
    for (name, value) in action::of(kind) {
        set(name, value);
    }
    set("resourceRole", action::role(kind).into());
    set(
        "additionalInfo",
        json!({ "sample": true, "value": "{\"sample\":true}", "type": "default" }),
    );
    set("evidence", action::evidence(kind));
    set("eventFirstSeen", first.unwrap_or(&second).into());
    set("eventLastSeen", second.as_str().into());
    set("archived", false.into());
    set("count", (count + 1).into());
    let (title, description) = sentence::of(kind);
    json!({
        "schemaVersion": "2.0",
        "accountId": facts.account.as_str(),
        "region": facts.region,
        "partition": "aws",
        "id": facts.id,
        "arn": format!(
            "arn:aws:guardduty:{}:{}:detector/{}/finding/{}",
            facts.region, facts.account, facts.detector_id, facts.id
        ),
        "type": kind.name,
        "resource": resource::of(kind, facts.account, facts.region),
        "service": service,
        "severity": severity(kind.severity),
        "createdAt": created.unwrap_or(&now),
        "updatedAt": now,
        "title": title,
        "description": description,
    })
}

/// 8 and not 8.0, as events show it.
fn severity(severity: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "one of 2, 5, 6, 8, 9")]
    Value::from(severity as i64)
}
