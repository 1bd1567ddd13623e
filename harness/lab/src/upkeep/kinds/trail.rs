//! Trails.

use serde_json::{Value, json};

use crate::upkeep::Thing;
use crate::upkeep::desk::Desk;
use crate::upkeep::piece::Piece;
use crate::upkeep::refusal::{Refusal, or_absent, or_unknown};

const GET: &str = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.GetTrail";
const LIST_TAGS: &str = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.ListTags";
const DELETE: &str = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DeleteTrail";

pub(super) async fn look(desk: &Desk, thing: &Thing) -> Result<Option<Piece>, Refusal> {
    let asked = desk.json("cloudtrail", GET, json!({ "Name": thing.name })).await;
    let Some(told) = or_absent(asked)? else { return Ok(None) };
    let body = json!({ "ResourceIdList": [told["Trail"]["TrailARN"]] });
    let asked = desk.json("cloudtrail", LIST_TAGS, body).await;
    let first = |told: Value| told["ResourceTagList"][0]["TagsList"].clone();
    Ok(Some(Piece::whole(thing, &or_unknown(asked.map(first))?)))
}

pub(super) async fn remove(desk: &Desk, name: &str) -> Result<(), Refusal> {
    desk.json("cloudtrail", DELETE, json!({ "Name": name })).await.map(|_| ())
}
