//! The page of differences, `docs/conformance.md`.

use std::fmt::Write;

use crate::case::{self, CaseFile};
use crate::differences::{self, Declared};

const HEAD: &str = "# What agrees with what

Made from the cases and the declared differences of `harness/conformance`; `TRIBUTARY_UPDATE=1 cargo
test -p tributary-conformance --test page` writes it again.

One suite of cases is run against several arms. Every `cargo test -p tributary-conformance` runs
the embedded services; servers are run when they are named: `TRIBUTARY_CONFORMANCE_OPENSEARCH`,
`TRIBUTARY_CONFORMANCE_LOCALSTACK` and `TRIBUTARY_CONFORMANCE_MOTO` are a URL, or `containers` for the first
two, or the path of `moto_server` for the last. What OpenSearch answers was recorded from OpenSearch
3.8.0. What AWS answers is from its documentation, its models and published captures, as each case says; nothing here
was recorded from AWS itself.

Compared are status and body: for OpenSearch all of it, for AWS what the case names. Left out are times,
generated ids and, of OpenSearch, the values of scores (the embedded engine does not rank by relevance) and what a JVM
adds to the sentences of its JSON parser.
";

/// The page.
///
/// # Errors
/// When cases or lists cannot be read.
pub fn render() -> Result<String, String> {
    let mut page = HEAD.to_owned();
    let suites =
        [("opensearch", "OpenSearch", "embedded-opensearch"), ("aws", "AWS", "embedded-aws")];
    for (suite, title, _) in suites {
        let files = case::load(suite)?;
        section(&mut page, title, &files);
    }
    let lists = [
        ("embedded-opensearch", "The embedded engine against OpenSearch 3.8.0"),
        ("embedded-aws", "The embedded services against AWS"),
        ("localstack", "LocalStack 4.14.0 community against AWS"),
        ("moto", "moto against AWS"),
    ];
    for (list, title) in lists {
        differing(&mut page, title, &differences::load(list)?);
    }
    Ok(page)
}

fn section(page: &mut String, title: &str, files: &[CaseFile]) {
    let cases = || files.iter().flat_map(|file| &file.cases).filter(|case| !case.is_fixture);
    // Writing to a string cannot fail.
    let _ = writeln!(page, "\n## {} cases: {}\n", title, cases().count());
    let _ = writeln!(page, "| case | what it does | known from |\n|---|---|---|");
    for case in cases() {
        let cell = |text: &str| text.replace('|', "\\|");
        let _ = writeln!(page, "| {} | {} | {} |", case.id, cell(&case.says), cell(&case.from));
    }
}

fn differing(page: &mut String, title: &str, list: &[Declared]) {
    let _ = writeln!(page, "\n## {title}: {} differences\n", list.len());
    for declared in list {
        let _ = writeln!(page, "- {} {}", sentence(&declared.instead), sentence(&declared.because));
        let mut cases: Vec<&str> = declared.places.iter().map(|(case, _)| case.as_str()).collect();
        cases.dedup();
        let _ = writeln!(page, "  ({})", cases.join(", "));
    }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    let text = format!("{first}{}", letters.as_str());
    if text.ends_with('.') { text } else { format!("{text}.") }
}
