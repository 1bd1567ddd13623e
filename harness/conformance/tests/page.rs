//! `docs/conformance.md` is made from the cases and the lists of differences, and is up to date.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::path::Path;

#[test]
fn the_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/conformance.md");
    let page = tributary_conformance::page::render().unwrap();
    if std::env::var_os("TRIBUTARY_UPDATE").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "run it with TRIBUTARY_UPDATE=1");
}

#[test]
fn every_case_says_what_and_where_from() {
    let mut counts = Vec::new();
    for suite in ["opensearch", "aws"] {
        let mut ids = std::collections::BTreeSet::new();
        for file in tributary_conformance::case::load(suite).unwrap() {
            for case in file.cases.iter().filter(|case| !case.is_fixture) {
                assert!(!case.says.is_empty(), "{} says nothing", case.id);
                assert!(!case.from.is_empty(), "{} has no source", case.id);
                assert!(ids.insert(case.id.clone()), "{} is there twice", case.id);
            }
        }
        counts.push(ids.len());
    }
    assert!(counts[0] >= 120 && counts[1] >= 60, "{counts:?} cases");
}

#[test]
fn every_difference_has_its_reason() {
    for list in ["embedded-opensearch", "embedded-aws", "opensearch", "localstack", "moto"] {
        for declared in tributary_conformance::differences::load(list).unwrap() {
            assert!(!declared.because.is_empty(), "{list}: '{}' has no reason", declared.instead);
            assert!(!declared.places.is_empty(), "{list}: '{}' is nowhere", declared.instead);
        }
    }
}
