//! Firehose delivery streams.

use serde_json::{Value, json};

use super::gone::{PATIENCE, settled, until_gone};
use super::positions;
use crate::upkeep::Thing;
use crate::upkeep::desk::Desk;
use crate::upkeep::piece::Piece;
use crate::upkeep::refusal::{Refusal, or_absent, or_unknown};

async fn status(desk: &Desk, name: &str) -> Result<Option<String>, Refusal> {
    let body = json!({ "DeliveryStreamName": name });
    let asked = desk.json("firehose", "Firehose_20150804.DescribeDeliveryStream", body).await;
    let told = |found: Value| {
        let status = &found["DeliveryStreamDescription"]["DeliveryStreamStatus"];
        status.as_str().unwrap_or_default().to_owned()
    };
    Ok(or_absent(asked)?.map(told))
}

pub(super) async fn look(desk: &Desk, thing: &Thing) -> Result<Option<Piece>, Refusal> {
    if settled(PATIENCE, || status(desk, &thing.name)).await?.is_none() {
        return Ok(None);
    }
    let body = json!({ "DeliveryStreamName": thing.name });
    let tags = desk.json("firehose", "Firehose_20150804.ListTagsForDeliveryStream", body).await;
    let tags = or_unknown(tags.map(|told| told["Tags"].clone()))?;
    Ok(Some(Piece::whole(thing, &tags)))
}

pub(super) async fn remove(desk: &Desk, name: &str) -> Result<(), Refusal> {
    let delete = || async {
        let body = json!({ "DeliveryStreamName": name });
        desk.json("firehose", "Firehose_20150804.DeleteDeliveryStream", body).await.map(|_| ())
    };
    until_gone(PATIENCE, &format!("delivery stream {name}"), || status(desk, name), delete).await?;
    positions::forget(desk, name).await
}
