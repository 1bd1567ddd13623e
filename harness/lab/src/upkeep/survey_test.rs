//! The sentences of a survey.

use tributary_vocabulary::AccountId;

use super::*;
use crate::upkeep::Kind;

fn piece(kind: Kind, name: &str, run: Option<&str>) -> Piece {
    Piece {
        thing: Thing::new(kind, AccountId::repeated(1), name),
        id: name.to_owned(),
        run: run.map(str::to_owned),
    }
}

fn sentence(found: Vec<Piece>) -> String {
    Survey { found }.must_be_free().unwrap_err().to_string()
}

#[test]
fn a_free_endpoint_is_free() {
    assert!(Survey::default().must_be_free().is_ok());
    assert!(Survey::default().leftovers().is_empty());
}

#[test]
fn what_a_run_left_is_named_with_the_way_to_remove_it() {
    let run = Some("20261127-113501-4f2a");
    let found = vec![
        piece(Kind::Stream, "Demo_Kinesis_Stream", run),
        piece(Kind::Role, "cwrole", run),
        piece(Kind::Indices, "logs-2026-11-27", run),
        piece(Kind::Bucket, "demo-logs-s3", run),
        piece(Kind::Domain, "demo-logs", run),
    ];
    let survey = Survey { found: found.clone() };
    assert_eq!(survey.leftovers().len(), 5);
    assert_eq!(
        sentence(found),
        "an earlier run left what it made: \
         stream Demo_Kinesis_Stream of account 111111111111 (of run 20261127-113501-4f2a), \
         role cwrole of account 111111111111 (of run 20261127-113501-4f2a), \
         index logs-2026-11-27 of OpenSearch (of run 20261127-113501-4f2a) and 2 more. \
         If it was killed, or told to keep it, run `tributary run … --replace` to remove what run \
         20261127-113501-4f2a left, or remove it by tag tributary:run=20261127-113501-4f2a; \
         if it still works, wait for the end"
    );
}

#[test]
fn what_is_somebody_elses_is_not_ours_to_remove() {
    let one = vec![piece(Kind::Bucket, "demo-logs-s3", None)];
    assert!(Survey { found: one.clone() }.leftovers().is_empty());
    assert_eq!(
        sentence(one),
        "what the lab would make is there already: bucket demo-logs-s3 of account 111111111111 \
         (somebody else's); it carries no tag of Tributary and is not touched: choose another \
         endpoint or account, or remove it yourself"
    );
}

#[test]
fn both_are_told_when_there_are_both() {
    let found = vec![
        piece(Kind::Stream, "a", Some("r1")),
        piece(Kind::Stream, "b", Some("r2")),
        piece(Kind::Role, "c", None),
        piece(Kind::Role, "d", None),
    ];
    let told = sentence(found);
    for part in [
        "role c of account 111111111111 (somebody else's) and role d of account 111111111111",
        "they carry no tag of Tributary and are not touched",
        "If they were killed",
        "what runs r1 and r2 left, or remove it by tag tributary:run=r1 or tributary:run=r2",
    ] {
        assert!(told.contains(part), "{told}");
    }
}
