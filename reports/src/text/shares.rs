//! Who sent what, and what of it arrived: a line for each source and, of few, each account.

use super::paint::{Paint, Tone};
use super::wrap::columns;
use crate::model::{Counts, Run};
use crate::words::{PLAIN, count};

const HEADS: [&str; 5] = ["", "sent", "in OpenSearch", "in S3", "lost"];
/// More accounts are left to the page.
const ACCOUNTS_MAX: usize = 6;
const GAP: usize = 3;

/// The table; nothing for a run of one source.
pub(super) fn write(paint: &mut Paint<'_>, run: &Run) {
    let delivery = &run.delivery;
    if delivery.by_source.len() < 2 {
        return;
    }
    let accounts = (delivery.by_account.len() <= ACCOUNTS_MAX).then_some(&delivery.by_account);
    let rows: Vec<([String; 5], bool)> =
        delivery.by_source.iter().chain(accounts.into_iter().flatten()).map(row).collect();
    let mut widths = HEADS.map(columns);
    for (cells, _) in &rows {
        for (width, cell) in widths.iter_mut().zip(cells) {
            *width = (*width).max(columns(cell));
        }
    }
    line(paint, &HEADS.map(str::to_owned), &widths, Tone::Quiet);
    for (cells, lost) in &rows {
        line(paint, cells, &widths, if *lost { Tone::Bad } else { Tone::Plain });
    }
    paint.blank();
}

fn row((name, counts): (&String, &Counts)) -> ([String; 5], bool) {
    let missing = counts.lost.saturating_add(counts.failed).saturating_add(counts.in_flight);
    let cells = [
        name.clone(),
        count(counts.generated, PLAIN),
        count(counts.indexed, PLAIN),
        count(counts.backed_up, PLAIN),
        count(missing, PLAIN),
    ];
    (cells, missing > 0)
}

fn line(paint: &mut Paint<'_>, cells: &[String; 5], widths: &[usize; 5], last: Tone) {
    paint.put(Tone::Plain, &format!("  {:<width$}", cells[0], width = widths[0]));
    let tone = if last == Tone::Quiet { Tone::Quiet } else { Tone::Plain };
    for place in 1..5 {
        let tone = if place == 4 { last } else { tone };
        paint.put(tone, &format!("{:GAP$}{:>width$}", "", cells[place], width = widths[place]));
    }
    paint.end();
}
