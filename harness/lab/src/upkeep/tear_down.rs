//! Removes what a run made, in an order that works, and nothing else.

use super::at_once::{MOST, at_once};
use super::desk::Desk;
use super::piece::Piece;
use super::{Doors, Kind, Mark, Thing, kinds};

/// Whose things are removed.
#[derive(Debug, Clone)]
pub(crate) enum Whose {
    /// Those of this run: its end.
    Run(Mark),
    /// Those of any run of ours: `--replace`.
    AnyRun,
}

impl Whose {
    fn includes(&self, piece: &Piece) -> bool {
        match (self, &piece.run) {
            (_, None) => false,
            (Self::AnyRun, Some(_)) => true,
            (Self::Run(mark), Some(run)) => mark.run() == run,
        }
    }
}

/// Removes the things whose tags say so. Each is looked up again right before it is removed, so
/// that what somebody else made meanwhile under the same name stays. Gives what could not be
/// removed, as sentences.
pub(crate) async fn tear_down(doors: &Doors, things: &[Thing], whose: Whose) -> Vec<String> {
    let mut stays = Vec::new();
    for (kind, things) in in_order(things) {
        // The master's detector lets its members go before theirs are deleted.
        let most = if kind == Kind::Detector { 1 } else { MOST };
        let told = at_once(things, most, |thing| {
            let (desk, whose) = (Desk::new(doors, thing.account), whose.clone());
            async move { remove(&desk, &thing, &whose).await }
        })
        .await;
        stays.extend(told.into_iter().flatten());
    }
    stays
}

/// The things of a kind together, the kinds in the order in which they are removed.
fn in_order(things: &[Thing]) -> Vec<(Kind, Vec<Thing>)> {
    let mut groups: Vec<(Kind, Vec<Thing>)> = Vec::new();
    let mut things = things.to_vec();
    // Stable: within a kind, things keep their order.
    things.sort_by_key(|thing| thing.kind);
    for thing in things {
        match groups.last_mut() {
            Some((kind, group)) if *kind == thing.kind => group.push(thing),
            _ => groups.push((thing.kind, vec![thing])),
        }
    }
    groups
}

async fn remove(desk: &Desk, thing: &Thing, whose: &Whose) -> Vec<String> {
    let found = match kinds::look(desk, thing).await {
        Ok(found) => found,
        Err(refusal) => {
            return vec![format!("{thing} could not be looked up: {}", refusal.sentence())];
        }
    };
    let mut stays = Vec::new();
    for piece in found.iter().filter(|piece| whose.includes(piece)) {
        if let Err(refusal) = kinds::remove(desk, piece).await {
            let run = piece.run.as_deref().unwrap_or_default();
            stays.push(format!(
                "{piece} could not be removed: {}; remove it by tag {}={run}",
                refusal.sentence(),
                Mark::KEY
            ));
        }
    }
    stays
}

#[cfg(test)]
mod tests {
    use super::*;
    use tributary_vocabulary::AccountId;

    #[test]
    fn what_writes_goes_before_what_is_written_to() {
        let group = "g";
        for (first, then) in [
            (Kind::FlowLogs, Kind::LogGroup),
            (Kind::Trail, Kind::LogGroup),
            (Kind::Trail, Kind::Bucket),
            (Kind::Rule, Kind::LogGroup),
            (Kind::ResourcePolicy { group }, Kind::LogGroup),
            (Kind::LogGroup, Kind::Stream),
            (Kind::LogGroup, Kind::Role),
            (Kind::Destination, Kind::Role),
            (Kind::Destination, Kind::Stream),
            (Kind::DeliveryStream, Kind::Stream),
            (Kind::DeliveryStream, Kind::Function),
            (Kind::DeliveryStream, Kind::Bucket),
            (Kind::DeliveryStream, Kind::Indices),
            (Kind::Function, Kind::Role),
            (Kind::Bucket, Kind::Role),
            (Kind::Indices, Kind::IndexTemplate),
        ] {
            let account = AccountId::repeated(1);
            let things = [Thing::new(then, account, "b"), Thing::new(first, account, "a")];
            let kinds: Vec<Kind> = in_order(&things).into_iter().map(|(kind, _)| kind).collect();
            assert_eq!(kinds, [first, then]);
        }
    }

    #[test]
    fn the_masters_detector_comes_first_and_kinds_stay_together() {
        let detector = |digit| Thing::new(Kind::Detector, AccountId::repeated(digit), "detector");
        let role = Thing::new(Kind::Role, AccountId::repeated(1), "r");
        let things = [role.clone(), detector(1), role.clone(), detector(2), detector(3)];
        let expected = vec![
            (Kind::Detector, vec![detector(1), detector(2), detector(3)]),
            (Kind::Role, vec![role.clone(), role]),
        ];
        assert_eq!(in_order(&things), expected);
    }

    #[test]
    fn only_a_tag_makes_a_thing_ours() {
        let thing = Thing::new(Kind::Role, AccountId::repeated(1), "r");
        let piece = |run: Option<&str>| Piece {
            thing: thing.clone(),
            id: "r".to_owned(),
            run: run.map(str::to_owned),
        };
        let this = Whose::Run(Mark::new("this"));
        for (run, of_this, of_any) in
            [(None, false, false), (Some("this"), true, true), (Some("other"), false, true)]
        {
            assert_eq!(this.includes(&piece(run)), of_this, "{run:?}");
            assert_eq!(Whose::AnyRun.includes(&piece(run)), of_any, "{run:?}");
        }
    }
}
