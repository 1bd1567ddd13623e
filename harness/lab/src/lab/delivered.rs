//! What came of what was sent.

use tributary_reports::text::{TextOptions, summary};
use tributary_reports::{Counts, Outcome, Run};

/// What came of what was sent: every event accounted for.
#[derive(Debug, Clone)]
pub struct Delivered {
    run: Run,
}

impl Delivered {
    pub(crate) fn new(run: Run) -> Self {
        Self { run }
    }

    /// The whole of it, as `run.json` has it.
    #[must_use]
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// The counts of all events.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.run.delivery.total
    }

    /// Whether every check held.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.run.outcome == Outcome::Passed
    }

    /// The report as the terminal shows it.
    #[must_use]
    pub fn text(&self) -> String {
        summary(&self.run, &TextOptions::default())
    }

    /// Nothing, when every event arrived once, unchanged, in order, in its own account.
    ///
    /// # Panics
    /// Otherwise, with the report: who is missing, where last seen, and why.
    #[track_caller]
    #[expect(clippy::panic, reason = "documented: this is an assertion")]
    pub fn assert_complete(&self) {
        if !self.is_complete() {
            panic!("not every event arrived as it should\n\n{}", self.text());
        }
    }
}
