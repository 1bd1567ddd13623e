//! Domains of OpenSearch Service.

use http::Method;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::upkeep::Thing;
use crate::upkeep::desk::Desk;
use crate::upkeep::piece::Piece;
use crate::upkeep::refusal::{Refusal, or_absent, or_unknown};

const DOMAIN: &str = "/2021-01-01/opensearch/domain";

pub(super) async fn look(desk: &Desk, thing: &Thing) -> Result<Option<Piece>, Refusal> {
    let path = format!("{DOMAIN}/{}", thing.name);
    let Some(told) = or_absent(desk.rest("es", Method::GET, &path, None).await)? else {
        return Ok(None);
    };
    let arn = told["DomainStatus"]["ARN"].as_str().unwrap_or_default();
    let path = format!("/2021-01-01/tags/?arn={}", utf8_percent_encode(arn, NON_ALPHANUMERIC));
    let asked = desk.rest("es", Method::GET, &path, None).await;
    let tags = or_unknown(asked.map(|told| told["TagList"].clone()))?;
    Ok(Some(Piece::whole(thing, &tags)))
}

/// Does not wait until it is gone: at AWS that takes a quarter of an hour.
pub(super) async fn remove(desk: &Desk, name: &str) -> Result<(), Refusal> {
    let path = format!("{DOMAIN}/{name}");
    desk.rest("es", Method::DELETE, &path, None).await.map(|_| ())
}
