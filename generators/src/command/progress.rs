//! The progress of a command, as a line of text.

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Events that were made.
    pub events: u64,
    /// Bytes that were written.
    pub bytes: u64,
    /// Of the simulated time, how much has passed: 0 to 1.
    pub share: f64,
}

/// A line of at most 79 characters for a terminal: a bar, the share, events, events and bytes a
/// second, and how long it will take; `elapsed_s` is since the beginning.
#[must_use]
pub fn bar(progress: Progress, elapsed_s: f64) -> String {
    const WIDTH: usize = 24;
    let share = progress.share.clamp(0.0, 1.0);
    let full = (share * WIDTH as f64) as usize;
    let per_second = |amount: u64| amount as f64 / elapsed_s.max(0.001);
    let rest = if share > 0.0 { elapsed_s / share - elapsed_s } else { 0.0 };
    format!(
        "[{}{}] {:>3}% {} events, {}/s, {}B/s, {} left",
        "#".repeat(full),
        "-".repeat(WIDTH - full),
        (share * 100.0) as u32,
        short(progress.events as f64),
        short(per_second(progress.events)),
        short(per_second(progress.bytes)),
        clock(rest),
    )
}

/// Three digits and a letter.
fn short(amount: f64) -> String {
    let (amount, letter) = match amount {
        _ if amount >= 1e9 => (amount / 1e9, "G"),
        _ if amount >= 1e6 => (amount / 1e6, "M"),
        _ if amount >= 1e3 => (amount / 1e3, "k"),
        _ => (amount, ""),
    };
    let places = usize::from(!letter.is_empty() && amount < 100.0);
    format!("{amount:.places$} {letter}").trim_end().to_owned()
}

fn clock(seconds: f64) -> String {
    let seconds = seconds.min(359_999.0) as u64;
    match seconds {
        0..60 => format!("{seconds}s"),
        60..3_600 => format!("{}m{:02}s", seconds / 60, seconds % 60),
        _ => format!("{}h{:02}m", seconds / 3_600, seconds / 60 % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_fits_a_terminal() {
        let progress = Progress { events: 12_345_678, bytes: 1_400_000_000, share: 0.5 };
        let line = bar(progress, 10.0);
        assert_eq!(
            line,
            "[############------------]  50% 12.3 M events, 1.2 M/s, 140 MB/s, 10s left"
        );
        let huge = Progress { events: u64::MAX / 1_000_000, bytes: u64::MAX / 1_000, share: 0.001 };
        assert!(bar(huge, 3_600.0).len() < 100);
    }
}
