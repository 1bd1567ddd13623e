//! Roles, with their policies.

use serde_json::{Value, json};

use crate::door::elements;
use crate::upkeep::desk::{Desk, element};
use crate::upkeep::piece::Piece;
use crate::upkeep::refusal::{Refusal, or_absent, or_unknown};
use crate::upkeep::{Mark, Thing};

pub(super) async fn look(desk: &Desk, thing: &Thing) -> Result<Option<Piece>, Refusal> {
    let asked = desk.iam("GetRole", &[("RoleName", &thing.name)]).await;
    if or_absent(asked)?.is_none() {
        return Ok(None);
    }
    Ok(Some(Piece::whole(thing, &tags(desk, &thing.name).await?)))
}

/// The run that a role's tag names.
pub(super) async fn run_of(desk: &Desk, name: &str) -> Result<Option<String>, Refusal> {
    Ok(Mark::run_of(&tags(desk, name).await?))
}

async fn tags(desk: &Desk, name: &str) -> Result<Value, Refusal> {
    let asked = desk.iam("ListRoleTags", &[("RoleName", name)]).await;
    or_unknown(asked.map(|told| {
        let pair = |tag| json!({ "Key": element(tag, "Key"), "Value": element(tag, "Value") });
        elements(&told, "member").map(pair).collect()
    }))
}

pub(super) async fn remove(desk: &Desk, name: &str) -> Result<(), Refusal> {
    let role = ("RoleName", name);
    let inline = or_absent(desk.iam("ListRolePolicies", &[role]).await)?.unwrap_or_default();
    for policy in elements(&inline, "member") {
        desk.iam("DeleteRolePolicy", &[role, ("PolicyName", policy)]).await?;
    }
    let asked = desk.iam("ListAttachedRolePolicies", &[role]).await;
    for policy in elements(&or_absent(asked)?.unwrap_or_default(), "PolicyArn") {
        desk.iam("DetachRolePolicy", &[role, ("PolicyArn", policy)]).await?;
    }
    desk.iam("DeleteRole", &[role]).await.map(|_| ())
}
