//! GuardDuty detectors, with the members that were added to them.

use http::Method;
use serde_json::{Value, json};

use crate::upkeep::Thing;
use crate::upkeep::desk::Desk;
use crate::upkeep::piece::Piece;
use crate::upkeep::refusal::{Refusal, or_absent, or_unknown};

/// The most accounts of one call (guardduty reference, API).
const ACCOUNTS_MAX: usize = 50;

/// An account has one detector in a Region, whose id the service chooses.
pub(super) async fn look(desk: &Desk, thing: &Thing) -> Result<Option<Piece>, Refusal> {
    let asked = desk.rest("guardduty", Method::GET, "/detector", None).await;
    let told = or_absent(asked)?.unwrap_or_default();
    let Some(id) = told["detectorIds"][0].as_str() else { return Ok(None) };
    let asked = desk.rest("guardduty", Method::GET, &format!("/detector/{id}"), None).await;
    let tags = or_unknown(asked.map(|told| told["tags"].clone()))?;
    Ok(Some(Piece { id: id.to_owned(), ..Piece::whole(thing, &tags) }))
}

pub(super) async fn remove(desk: &Desk, id: &str) -> Result<(), Refusal> {
    let detector = format!("/detector/{id}");
    // A detector that has members, or an administrator, is not deleted.
    for some in members(desk, &detector).await?.chunks(ACCOUNTS_MAX) {
        for what in ["disassociate", "delete"] {
            let (path, body) = (format!("{detector}/member/{what}"), json!({ "accountIds": some }));
            or_absent(desk.rest("guardduty", Method::POST, &path, Some(body)).await)?;
        }
    }
    let path = format!("{detector}/administrator");
    let asked = desk.rest("guardduty", Method::GET, &path, None).await;
    let told = or_absent(asked)?.unwrap_or_default();
    if told["administrator"]["accountId"].is_string() {
        let path = format!("{path}/disassociate");
        desk.rest("guardduty", Method::POST, &path, Some(json!({}))).await?;
    }
    desk.rest("guardduty", Method::DELETE, &detector, None).await.map(|_| ())
}

async fn members(desk: &Desk, detector: &str) -> Result<Vec<Value>, Refusal> {
    let (mut all, mut next) = (Vec::new(), String::new());
    loop {
        let path = format!("{detector}/member?onlyAssociated=false{next}");
        let asked = desk.rest("guardduty", Method::GET, &path, None).await;
        let Some(told) = or_absent(asked)? else { return Ok(all) };
        let some = told["members"].as_array().into_iter().flatten();
        all.extend(some.map(|member| member["accountId"].clone()));
        match told["nextToken"].as_str() {
            Some(token) if !token.is_empty() => next = format!("&nextToken={token}"),
            _ => return Ok(all),
        }
    }
}
