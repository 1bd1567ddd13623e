//! `docs/operations.md` is made from the tables of operations, and is up to date.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and tells why"
)]

use std::fmt::Write;
use std::path::Path;

fn page() -> String {
    let mut page = String::from(
        "# Which operations there are\n\n\
         Made from the tables of the services; `TRIBUTARY_UPDATE=1 cargo test -p tributary --test \
         operations` writes it again. An operation that is not here is answered with an error that \
         says so. The data plane of OpenSearch has no such table; it answers what it does not have \
         with OpenSearch's own error for it.\n",
    );
    for (service, operations) in tributary_emulator::support() {
        writeln!(page, "\n## {service} ({})\n", operations.len()).unwrap();
        for operation in operations {
            writeln!(page, "- {operation}").unwrap();
        }
    }
    page
}

#[test]
fn the_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operations.md");
    if std::env::var_os("TRIBUTARY_UPDATE").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page(), "run it with TRIBUTARY_UPDATE=1");
}
