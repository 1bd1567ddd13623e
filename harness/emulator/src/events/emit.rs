//! The typed door: AWS's services put their events on default buses.

use serde_json::Value;
use tributary_vocabulary::{AccountId, EventRecord, Region, Source};

use super::bus::BusKey;
use super::route::{Arriving, Failure, Routing, route};
use crate::kernel::{Observation, World};

/// An AWS service puts an event (the whole EventBridge envelope as JSON text) on the default bus of
/// `account`. A GuardDuty event that reaches no log group is told as [`Observation::Unpublished`].
pub fn emit(world: &mut World, account: AccountId, region: &Region, event: &EventRecord) {
    let bus = BusKey::default_of(account, region);
    let Ok(value) = serde_json::from_str::<Value>(&event.message) else {
        let message = "the event is no JSON, so that no rule can be asked about it";
        unpublished(world, account, &bus.arn(), "InvalidEvent", message, event);
        return;
    };
    let routing = route(
        world,
        &bus,
        &Arriving { text: &event.message, event: &value, at: event.timestamp, hops: 0 },
    );
    if routing.is_logged || value.get("source").and_then(Value::as_str) != Some("aws.guardduty") {
        return;
    }
    let Failure { rule_arn, code, message } = why(&bus, &routing);
    unpublished(world, account, &rule_arn, &code, &message, event);
}

fn unpublished(
    world: &mut World,
    account: AccountId,
    resource: &str,
    code: &str,
    message: &str,
    event: &EventRecord,
) {
    world.observe(&Observation::Unpublished {
        account,
        source: Source::GuardDuty,
        resource,
        code,
        message,
        events: std::slice::from_ref(event),
    });
}

/// Why an event that was routed so reached no log group.
pub(crate) fn why(bus: &BusKey, routing: &Routing) -> Failure {
    let place = format!("the default event bus of {} in {}", bus.account, bus.region);
    match (&routing.failure, &routing.elsewhere) {
        (Some(failure), _) => failure.clone(),
        (None, Some(target)) => Failure {
            rule_arn: bus.arn(),
            code: "NoLogGroup".to_owned(),
            message: format!(
                "the rules on {place} that match the event have no log group as target; it went to \
                 {target}"
            ),
        },
        (None, None) if routing.matched > 0 => Failure {
            rule_arn: bus.arn(),
            code: "NoTarget".to_owned(),
            message: format!("the rules on {place} that match the event have no targets"),
        },
        (None, None) => Failure {
            rule_arn: bus.arn(),
            code: "NoMatchingRule".to_owned(),
            message: format!("no enabled rule on {place} matches the event"),
        },
    }
}
