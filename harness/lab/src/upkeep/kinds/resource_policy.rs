//! Resource policies of CloudWatch Logs, which carry no tags.

use serde_json::{Value, json};
use tributary_vocabulary::AccountId;

use super::log_group;
use crate::upkeep::desk::Desk;
use crate::upkeep::piece::Piece;
use crate::upkeep::refusal::{Refusal, or_absent};
use crate::upkeep::{Kind, Thing};

pub(super) async fn look(
    desk: &Desk,
    thing: &Thing,
    group: &str,
) -> Result<Option<Piece>, Refusal> {
    if !is_there(desk, &thing.name).await? {
        return Ok(None);
    }
    let run = run_of(desk, thing.account, group).await?;
    Ok(Some(Piece { run, ..Piece::whole(thing, &Value::Null) }))
}

async fn is_there(desk: &Desk, name: &str) -> Result<bool, Refusal> {
    let mut body = json!({});
    loop {
        let asked = desk.json("logs", "Logs_20140328.DescribeResourcePolicies", body).await;
        let Some(told) = or_absent(asked)? else { return Ok(false) };
        let mut all = told["resourcePolicies"].as_array().into_iter().flatten();
        if all.any(|policy| policy["policyName"] == name) {
            return Ok(true);
        }
        let Some(next) = told["nextToken"].as_str() else { return Ok(false) };
        body = json!({ "nextToken": next });
    }
}

/// The run of the log group that the policy is for.
async fn run_of(desk: &Desk, account: AccountId, group: &str) -> Result<Option<String>, Refusal> {
    let group = Thing::new(Kind::LogGroup, account, group);
    Ok(log_group::look(desk, &group).await?.and_then(|group| group.run))
}

pub(super) async fn remove(desk: &Desk, name: &str) -> Result<(), Refusal> {
    let body = json!({ "policyName": name });
    desk.json("logs", "Logs_20140328.DeleteResourcePolicy", body).await.map(|_| ())
}
