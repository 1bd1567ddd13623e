//! Flow logs that write to a log group, one for every network.

use serde_json::{Value, json};

use crate::door::elements;
use crate::upkeep::Thing;
use crate::upkeep::desk::{Desk, element};
use crate::upkeep::piece::Piece;
use crate::upkeep::refusal::{Refusal, or_absent};

pub(super) async fn look(desk: &Desk, thing: &Thing) -> Result<Vec<Piece>, Refusal> {
    let form = [("Filter.1.Name", "log-group-name"), ("Filter.1.Value.1", thing.name.as_str())];
    let told = or_absent(desk.ec2("DescribeFlowLogs", &form).await)?.unwrap_or_default();
    let piece = |item: &str| {
        // Not every backend filters.
        let here = element(item, "logGroupName") == Some(thing.name.as_str());
        let id = element(item, "flowLogId").filter(|_| here)?.to_owned();
        Some(Piece { id, ..Piece::whole(thing, &tags(item)) })
    };
    Ok(items(&told).into_iter().filter_map(piece).collect())
}

fn tags(item: &str) -> Value {
    let set = item.split_once("<tagSet>").map_or("", |(_, set)| set);
    let pair = |tag| json!({ "Key": element(tag, "key"), "Value": element(tag, "value") });
    elements(set, "item").map(pair).collect()
}

/// The outermost elements `item`; those within are the tags.
fn items(xml: &str) -> Vec<&str> {
    let (mut found, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (place, _) in xml.match_indices("item>") {
        let before = &xml[..place];
        if before.ends_with("</") {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                found.push(&xml[start..place]);
            }
        } else if before.ends_with('<') {
            if depth == 0 {
                start = place;
            }
            depth += 1;
        }
    }
    found
}

pub(super) async fn remove(desk: &Desk, id: &str) -> Result<(), Refusal> {
    desk.ec2("DeleteFlowLogs", &[("FlowLogId.1", id)]).await.and_then(|told| {
        // What fails is told in the answer of a call that succeeds.
        match element(&told, "message") {
            Some(message) => Err(Refusal::StaysOn(format!("DeleteFlowLogs: {message}"))),
            None => Ok(()),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upkeep::Mark;

    #[test]
    fn the_tags_of_each_stay_its_own() {
        let xml = "<flowLogSet><item><flowLogId>fl-1</flowLogId><tagSet><item><key>a</key>\
                   <value>b</value></item></tagSet></item><item><tagSet><item><key>tributary:run\
                   </key><value>r</value></item></tagSet><flowLogId>fl-2</flowLogId></item>\
                   <item><flowLogId>fl-3</flowLogId><tagSet/></item></flowLogSet>";
        let found: Vec<_> = items(xml)
            .into_iter()
            .map(|item| (element(item, "flowLogId").unwrap(), Mark::run_of(&tags(item))))
            .collect();
        assert_eq!(found, [("fl-1", None), ("fl-2", Some("r".to_owned())), ("fl-3", None)]);
    }
}
