//! Destinations of CloudWatch Logs.

use serde_json::json;

use super::role;
use crate::upkeep::Thing;
use crate::upkeep::desk::Desk;
use crate::upkeep::piece::Piece;
use crate::upkeep::refusal::{Refusal, or_absent, or_unknown};

pub(super) async fn look(desk: &Desk, thing: &Thing) -> Result<Option<Piece>, Refusal> {
    let body = json!({ "DestinationNamePrefix": thing.name });
    let asked = desk.json("logs", "Logs_20140328.DescribeDestinations", body).await;
    let told = or_absent(asked)?.unwrap_or_default();
    let mut all = told["destinations"].as_array().into_iter().flatten();
    let Some(found) = all.find(|it| it["destinationName"] == thing.name.as_str()) else {
        return Ok(None);
    };
    let body = json!({ "resourceArn": found["arn"] });
    let asked = desk.json("logs", "Logs_20140328.ListTagsForResource", body).await;
    let tags = or_unknown(asked.map(|told| told["tags"].clone()))?;
    let mut piece = Piece::whole(thing, &tags);
    // LocalStack keeps no tags of destinations. One without any is ours where the role that it
    // works with is: nobody else has given it to a destination of the lab's name.
    if piece.run.is_none() && tags.as_object().is_none_or(serde_json::Map::is_empty) {
        let role = found["roleArn"].as_str().unwrap_or_default();
        piece.run = role::run_of(desk, role.rsplit('/').next().unwrap_or_default()).await?;
    }
    Ok(Some(piece))
}

pub(super) async fn remove(desk: &Desk, name: &str) -> Result<(), Refusal> {
    let body = json!({ "destinationName": name });
    desk.json("logs", "Logs_20140328.DeleteDestination", body).await.map(|_| ())
}
