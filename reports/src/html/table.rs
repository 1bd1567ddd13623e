//! The table of the delivery: everything, by source and by account.

use crate::model::{Counts, Run};
use crate::words::{NARROW, count};

/// The heads of the table's columns of figures.
pub(super) const HEADS: [&str; 11] = [
    "generated",
    "accepted",
    "indexed",
    "backed up",
    "dropped",
    "failed",
    "in flight",
    "lost",
    "duplicated",
    "corrupted",
    "leaked",
];

/// A line of the table.
pub(super) struct Row<'a> {
    /// Whose events: `everything`, a source, an account.
    pub name: &'a str,
    /// Whether another kind of lines begins here.
    pub begins: bool,
    /// A figure for each head, and how it is set.
    pub cells: Vec<Cell>,
}

/// A figure of the table.
pub(super) struct Cell {
    /// The figure.
    pub text: String,
    /// `zero`, `bad` or nothing.
    pub class: &'static str,
}

/// All lines; none when no event was made.
pub(super) fn rows(run: &Run) -> Vec<Row<'_>> {
    let delivery = &run.delivery;
    if delivery.total == Counts::default() {
        return Vec::new();
    }
    let mut rows = vec![row("everything", &delivery.total, false)];
    for group in [&delivery.by_source, &delivery.by_account] {
        let group = group.iter().enumerate();
        rows.extend(group.map(|(place, (name, counts))| row(name, counts, place == 0)));
    }
    rows
}

fn row<'a>(name: &'a str, counts: &Counts, begins: bool) -> Row<'a> {
    let good =
        [counts.generated, counts.accepted, counts.indexed, counts.backed_up, counts.dropped];
    let bad = [
        counts.failed,
        counts.in_flight,
        counts.lost,
        counts.duplicated,
        counts.corrupted,
        counts.leaked,
    ];
    let cell = |events: u64, class| Cell {
        text: count(events, NARROW),
        class: if events == 0 { "zero" } else { class },
    };
    let cells = good.map(|events| cell(events, "")).into_iter();
    Row { name, begins, cells: cells.chain(bad.map(|events| cell(events, "bad"))).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_for_each_source_and_account() {
        let run = Run::example_loss();
        let rows = rows(&run);
        let names: Vec<&str> = rows.iter().map(|row| row.name).collect();
        assert_eq!(
            names,
            ["everything", "vpc-flow-logs", "111111111111", "222222222222", "333333333333"]
        );
        assert!(rows.iter().all(|row| row.cells.len() == HEADS.len()));
        let begins: Vec<bool> = rows.iter().map(|row| row.begins).collect();
        assert_eq!(begins, [false, true, true, false, false]);
    }
}
