//! Log groups, with their subscription filters.

use serde_json::{Value, json};

use crate::upkeep::desk::Desk;
use crate::upkeep::piece::Piece;
use crate::upkeep::refusal::{Refusal, or_absent, or_unknown};
use crate::upkeep::{Mark, Thing};

pub(super) async fn look(desk: &Desk, thing: &Thing) -> Result<Option<Piece>, Refusal> {
    let Some(group) = find(desk, &thing.name).await? else { return Ok(None) };
    Ok(Some(Piece::whole(thing, &tags(desk, &thing.name, &group).await?)))
}

/// The group of exactly this name; others may begin with it.
async fn find(desk: &Desk, name: &str) -> Result<Option<Value>, Refusal> {
    let mut next = Value::Null;
    loop {
        let mut body = json!({ "logGroupNamePrefix": name });
        if next.is_string() {
            body["nextToken"] = next;
        }
        let asked = desk.json("logs", "Logs_20140328.DescribeLogGroups", body).await;
        let Some(mut told) = or_absent(asked)? else { return Ok(None) };
        let mut groups = told["logGroups"].as_array().into_iter().flatten();
        if let Some(group) = groups.find(|group| group["logGroupName"] == name) {
            return Ok(Some(group.clone()));
        }
        next = told["nextToken"].take();
        if !next.is_string() {
            return Ok(None);
        }
    }
}

/// Its tags. AWS and LocalStack know them by ARN; older emulators by name only, and answer the
/// question by ARN with an error or with nothing.
async fn tags(desk: &Desk, name: &str, group: &Value) -> Result<Value, Refusal> {
    let arn = group["arn"].as_str().unwrap_or_default().trim_end_matches(":*");
    let body = json!({ "resourceArn": arn });
    let asked = desk.json("logs", "Logs_20140328.ListTagsForResource", body).await;
    let by_arn = or_unknown(asked.map(|told| told["tags"].clone()))?;
    if Mark::run_of(&by_arn).is_some() {
        return Ok(by_arn);
    }
    let body = json!({ "logGroupName": name });
    let asked = desk.json("logs", "Logs_20140328.ListTagsLogGroup", body).await;
    or_unknown(asked.map(|told| told["tags"].clone()))
}

pub(super) async fn remove(desk: &Desk, name: &str) -> Result<(), Refusal> {
    let body = json!({ "logGroupName": name });
    let asked = desk.json("logs", "Logs_20140328.DescribeSubscriptionFilters", body).await;
    let told = or_absent(asked)?.unwrap_or_default();
    for filter in told["subscriptionFilters"].as_array().into_iter().flatten() {
        let body = json!({ "logGroupName": name, "filterName": filter["filterName"] });
        desk.json("logs", "Logs_20140328.DeleteSubscriptionFilter", body).await?;
    }
    let body = json!({ "logGroupName": name });
    desk.json("logs", "Logs_20140328.DeleteLogGroup", body).await.map(|_| ())
}
