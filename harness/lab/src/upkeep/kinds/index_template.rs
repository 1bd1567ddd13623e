//! Index templates of OpenSearch.

use http::Method;

use crate::upkeep::Thing;
use crate::upkeep::desk::Desk;
use crate::upkeep::piece::Piece;
use crate::upkeep::refusal::{Refusal, or_absent};

pub(super) async fn look(desk: &Desk, thing: &Thing) -> Result<Option<Piece>, Refusal> {
    let path = format!("/_index_template/{}", thing.name);
    let answer = match desk.search(Method::GET, path).await {
        Err(refusal) if refusal.code() == "resource_not_found_exception" => return Ok(None),
        answer => or_absent(answer)?.flatten().unwrap_or_default(),
    };
    let mut all = answer["index_templates"].as_array().into_iter().flatten();
    let found = all.find(|it| it["name"] == thing.name.as_str());
    let mappings = |it: &serde_json::Value| it["index_template"]["template"]["mappings"].clone();
    Ok(found.map(|it| Piece::whole(thing, &mappings(it)["_meta"])))
}

pub(super) async fn remove(desk: &Desk, name: &str) -> Result<(), Refusal> {
    desk.search(Method::DELETE, format!("/_index_template/{name}")).await.map(|_| ())
}
