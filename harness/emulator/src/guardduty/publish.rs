//! Findings come in, are stored, and go out as events (guardduty reference, §5 and §6).

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use tributary_vocabulary::{AccountId, EventRecord, Region, Source, Timestamp};

use super::detector::administrator;
use super::filter::suppressing;
use super::findings::Stored;
use super::member::Relationship;
use crate::events::{Arriving, BusKey, Failure, Routing, route, why};
use crate::kernel::{Observation, World};

/// Findings of `account`, each message the EventBridge envelope of the finding exactly as it appears
/// on the bus of the account that aggregates findings.
///
/// They enter the account's own detector and, when the account is an enabled member, that of its
/// administrator; each of the two emits to its own default bus at once: whoever calls has paced
/// them. On the aggregating account's bus the message stays as it is, byte for byte; on the member's
/// own it names the member as `account`. Findings that no rule carries into any log group are told
/// as [`Observation::Unpublished`].
pub fn publish(world: &mut World, account: AccountId, region: &Region, events: &[EventRecord]) {
    let mut untold: BTreeMap<Failure, Vec<EventRecord>> = BTreeMap::new();
    for event in events {
        if let Err(failure) = one(world, account, region, event) {
            untold.entry(failure).or_default().push(event.clone());
        }
    }
    for (failure, events) in untold {
        world.trace("guardduty.unpublished", &failure.rule_arn, failure.message.as_bytes());
        world.observe(&Observation::Unpublished {
            account,
            source: Source::GuardDuty,
            resource: &failure.rule_arn,
            code: &failure.code,
            message: &failure.message,
            events: &events,
        });
    }
}

fn failure(resource: String, code: &str, message: String) -> Failure {
    Failure { rule_arn: resource, code: code.to_owned(), message }
}

/// Publishes one finding; the error says why no log group has it.
fn one(
    world: &mut World,
    account: AccountId,
    region: &Region,
    record: &EventRecord,
) -> Result<(), Failure> {
    let arn = own_detector(world, account, region)?;
    let invalid = |what: &str| {
        let message = format!("the message is no event of a finding: {what}");
        failure(arn.clone(), "InvalidFinding", message)
    };
    let event: Value =
        serde_json::from_str(&record.message).map_err(|error| invalid(&error.to_string()))?;
    let detail = event.get("detail").ok_or_else(|| invalid("it has no detail"))?;
    let text = |name: &str| detail.get(name).and_then(Value::as_str);
    let id: Arc<str> = text("id").ok_or_else(|| invalid("detail has no id"))?.into();
    let updated = text("updatedAt").and_then(|at| at.parse().ok()).unwrap_or(record.timestamp);
    let over = administrator(world, account, region);
    let aggregating = over.unwrap_or(account);
    let by_aggregating = suppressed(world, aggregating, region, detail);
    let by_own = suppressed(world, account, region, detail);
    let envelope: Arc<str> = record.message.as_str().into();
    let archived = by_aggregating.is_some();
    store(world, aggregating, region, &id, &envelope, updated, archived);
    if over.is_some() {
        store(world, account, region, &id, &envelope, updated, archived || by_own.is_some());
    }
    if let Some(filter) = by_aggregating {
        let message = format!(
            "filter {filter} of {aggregating} archives the finding, so no event tells of it"
        );
        return Err(failure(arn, "Suppressed", message));
    }
    let bus = BusKey::default_of(aggregating, region);
    let arriving = Arriving { text: &record.message, event: &event, at: record.timestamp, hops: 0 };
    let there = route(world, &bus, &arriving);
    let own = match over {
        Some(_) if by_own.is_none() => to_member(world, account, region, record, event),
        _ => Routing::default(),
    };
    if there.is_logged || own.is_logged {
        return Ok(());
    }
    Err(explain(world, account, region, &bus, &there, over))
}

/// The ARN of the account's own detector, when it makes findings.
fn own_detector(world: &World, account: AccountId, region: &Region) -> Result<String, Failure> {
    let Some(detector) = world.guardduty.detector(account, region) else {
        return Err(failure(
            crate::kernel::arn("guardduty", region, account, "detector"),
            "NoDetector",
            format!(
                "account {account} has no GuardDuty detector in {region}: nothing is looked for there, \
                 and there are no findings"
            ),
        ));
    };
    let arn = detector.arn(account, region);
    if detector.is_enabled {
        return Ok(arn);
    }
    let message = format!(
        "the GuardDuty detector of {account} in {region} is suspended: it makes no findings"
    );
    Err(failure(arn, "DetectorSuspended", message))
}

fn suppressed(
    world: &World,
    account: AccountId,
    region: &Region,
    detail: &Value,
) -> Option<String> {
    let detector = world.guardduty.detector(account, region)?;
    suppressing(&detector.filters, detail).map(str::to_owned)
}

fn store(
    world: &mut World,
    account: AccountId,
    region: &Region,
    id: &Arc<str>,
    envelope: &Arc<str>,
    updated: Timestamp,
    archive: bool,
) {
    let settings = &world.settings.guardduty;
    let (unarchives, oldest) =
        (settings.update_unarchives, world.now.plus_ms(-settings.retention_ms));
    let Some(detector) = world.guardduty.detector_mut(account, region) else { return };
    let old = detector.findings.get(id);
    let stays = old.is_some_and(|old| old.is_archived && !unarchives);
    let feedback = old.and_then(|old| old.feedback);
    let is_archived = archive || stays;
    let envelope = Arc::clone(envelope);
    detector.findings.put(id, Stored { envelope, updated, is_archived, feedback });
    detector.findings.expire(oldest);
}

/// The same event on the member's own bus, where `account` is the member.
fn to_member(
    world: &mut World,
    account: AccountId,
    region: &Region,
    record: &EventRecord,
    mut event: Value,
) -> Routing {
    let Some(text) = with_account(&record.message, account) else { return Routing::default() };
    if let Some(value) = event.get_mut("account") {
        *value = account.as_str().into();
    }
    let bus = BusKey::default_of(account, region);
    let arriving = Arriving { text: &text, event: &event, at: record.timestamp, hops: 0 };
    route(world, &bus, &arriving)
}

/// The envelope with another account, and otherwise byte for byte.
fn with_account(message: &str, account: AccountId) -> Option<String> {
    #[derive(Deserialize)]
    struct Head<'a> {
        #[serde(borrow)]
        account: &'a RawValue,
    }
    let head: Head<'_> = serde_json::from_str(message).ok()?;
    let raw = head.account.get();
    // The raw value is a piece of the message.
    let start = (raw.as_ptr() as usize).checked_sub(message.as_ptr() as usize)?;
    let (before, after) = (message.get(..start)?, message.get(start + raw.len()..)?);
    Some(format!("{before}\"{account}\"{after}"))
}

/// Why no log group has the finding.
fn explain(
    world: &World,
    account: AccountId,
    region: &Region,
    bus: &BusKey,
    routing: &Routing,
    over: Option<AccountId>,
) -> Failure {
    let reason = why(bus, routing);
    let own = world.guardduty.detector(account, region);
    let administers = own.is_some_and(|detector| detector.has_enabled_members());
    if over.is_some() || administers || reason.code != "NoMatchingRule" {
        return reason;
    }
    let Some((administrator, sentence)) = standing(world, account, region) else { return reason };
    Failure {
        code: "NotAssociated".to_owned(),
        message: format!(
            "{sentence}, so its findings stay in its own account and do not reach {administrator}; and \
             {}",
            reason.message
        ),
        ..reason
    }
}

/// How an account without an administrator stands to the one that wanted to be it.
fn standing(world: &World, account: AccountId, region: &Region) -> Option<(AccountId, String)> {
    let wanting = world.guardduty.detectors.iter().find_map(|((by, place), detector)| {
        let member = detector.members.get(&account).filter(|_| place == region)?;
        Some((*by, member, detector.is_enabled))
    });
    let (by, member, is_enabled) = wanting?;
    let sentence = match member.relationship {
        Relationship::Created => {
            format!("{by} has made account {account} a member and not invited it")
        }
        Relationship::Invited => {
            format!("account {account} has not accepted the invitation of {by}")
        }
        Relationship::EmailVerificationFailed => format!(
            "the invitation of {by} never reached account {account}: '{}' is not its e-mail address",
            member.email
        ),
        Relationship::Removed => format!("{by} has disassociated account {account}"),
        Relationship::Resigned => format!("account {account} has disassociated itself from {by}"),
        Relationship::Disabled => format!("{by} has stopped monitoring account {account}"),
        Relationship::Enabled if !is_enabled => {
            format!("the detector of {by}, which administers account {account}, is suspended")
        }
        Relationship::Enabled => return None,
    };
    Some((by, sentence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_envelopes_account_changes() {
        let message = r#"{ "id":"a","account" : "111111111111", "detail":{"accountId":"111111111111","account":"x"}}"#;
        assert_eq!(
            with_account(message, AccountId::repeated(2)).as_deref(),
            Some(
                r#"{ "id":"a","account" : "222222222222", "detail":{"accountId":"111111111111","account":"x"}}"#
            )
        );
        assert_eq!(with_account("{}", AccountId::repeated(2)), None);
    }
}
