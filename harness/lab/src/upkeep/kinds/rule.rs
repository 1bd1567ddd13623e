//! EventBridge rules, with their targets.

use serde_json::{Value, json};

use crate::upkeep::Thing;
use crate::upkeep::desk::Desk;
use crate::upkeep::piece::Piece;
use crate::upkeep::refusal::{Refusal, or_absent, or_unknown};

pub(super) async fn look(desk: &Desk, thing: &Thing) -> Result<Option<Piece>, Refusal> {
    let asked = desk.json("events", "AWSEvents.DescribeRule", json!({ "Name": thing.name })).await;
    let Some(told) = or_absent(asked)? else { return Ok(None) };
    let body = json!({ "ResourceARN": told["Arn"] });
    let asked = desk.json("events", "AWSEvents.ListTagsForResource", body).await;
    let tags = or_unknown(asked.map(|told| told["Tags"].clone()))?;
    Ok(Some(Piece::whole(thing, &tags)))
}

pub(super) async fn remove(desk: &Desk, name: &str) -> Result<(), Refusal> {
    let asked = desk.json("events", "AWSEvents.ListTargetsByRule", json!({ "Rule": name })).await;
    let told = or_absent(asked)?.unwrap_or_default();
    let targets = told["Targets"].as_array().into_iter().flatten();
    let ids: Vec<Value> = targets.map(|target| target["Id"].clone()).collect();
    if !ids.is_empty() {
        let body = json!({ "Rule": name, "Ids": ids });
        desk.json("events", "AWSEvents.RemoveTargets", body).await?;
    }
    desk.json("events", "AWSEvents.DeleteRule", json!({ "Name": name })).await.map(|_| ())
}
