//! Lambda functions.

use http::Method;

use crate::upkeep::desk::Desk;
use crate::upkeep::piece::Piece;
use crate::upkeep::refusal::{Refusal, or_absent, or_unknown};
use crate::upkeep::{Mark, Thing};

const FUNCTIONS: &str = "/2015-03-31/functions";

pub(super) async fn look(desk: &Desk, thing: &Thing) -> Result<Option<Piece>, Refusal> {
    let path = format!("{FUNCTIONS}/{}", thing.name);
    let asked = desk.rest("lambda", Method::GET, &path, None).await;
    let Some(told) = or_absent(asked)? else { return Ok(None) };
    // AWS leaves the tags out where the caller may not list them.
    if Mark::run_of(&told["Tags"]).is_some() {
        return Ok(Some(Piece::whole(thing, &told["Tags"])));
    }
    let arn = told["Configuration"]["FunctionArn"].as_str().unwrap_or_default();
    let path = format!("/2017-03-31/tags/{arn}");
    let asked = desk.rest("lambda", Method::GET, &path, None).await;
    let tags = or_unknown(asked.map(|told| told["Tags"].clone()))?;
    Ok(Some(Piece::whole(thing, &tags)))
}

pub(super) async fn remove(desk: &Desk, name: &str) -> Result<(), Refusal> {
    let path = format!("{FUNCTIONS}/{name}");
    desk.rest("lambda", Method::DELETE, &path, None).await.map(|_| ())
}
