//! Kinesis data streams.

use serde_json::{Value, json};

use super::gone::{PATIENCE, settled, until_gone};
use crate::upkeep::Thing;
use crate::upkeep::desk::Desk;
use crate::upkeep::piece::Piece;
use crate::upkeep::refusal::{Refusal, or_absent, or_unknown};

async fn status(desk: &Desk, name: &str) -> Result<Option<String>, Refusal> {
    let body = json!({ "StreamName": name });
    let asked = desk.json("kinesis", "Kinesis_20131202.DescribeStreamSummary", body).await;
    let told = |found: Value| {
        let status = &found["StreamDescriptionSummary"]["StreamStatus"];
        status.as_str().unwrap_or_default().to_owned()
    };
    Ok(or_absent(asked)?.map(told))
}

pub(super) async fn look(desk: &Desk, thing: &Thing) -> Result<Option<Piece>, Refusal> {
    if settled(PATIENCE, || status(desk, &thing.name)).await?.is_none() {
        return Ok(None);
    }
    let body = json!({ "StreamName": thing.name });
    let tags = desk.json("kinesis", "Kinesis_20131202.ListTagsForStream", body).await;
    let tags = or_unknown(tags.map(|told| told["Tags"].clone()))?;
    Ok(Some(Piece::whole(thing, &tags)))
}

pub(super) async fn remove(desk: &Desk, name: &str) -> Result<(), Refusal> {
    let delete = || async {
        let body = json!({ "StreamName": name, "EnforceConsumerDeletion": true });
        desk.json("kinesis", "Kinesis_20131202.DeleteStream", body).await.map(|_| ())
    };
    until_gone(PATIENCE, &format!("stream {name}"), || status(desk, name), delete).await
}
