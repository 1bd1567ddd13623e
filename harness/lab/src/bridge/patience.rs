//! How long a bridge tries again, and how long it waits in between.

use std::time::Duration;

use tributary_vocabulary::Timestamp;

use super::common::Common;
use crate::driver::WallClock;

/// The first wait between two attempts, in milliseconds; each next one is twice as long.
const FIRST_MS: u64 = 100;
/// The longest wait between two attempts, in milliseconds.
const LONGEST_MS: u64 = 2_000;
/// How long one thing is tried.
pub(super) const LONGEST: Duration = Duration::from_secs(600);
/// How long it is still tried once the bridges are to stop.
const GRACE: Duration = Duration::from_secs(10);

/// The attempts of one thing.
#[derive(Debug)]
pub(super) struct Patience {
    failed: u32,
    watch: WallClock,
}

impl Patience {
    /// For something that is about to be tried.
    pub(super) fn new() -> Self {
        Self { failed: 0, watch: WallClock::starting_at(Timestamp::DEFAULT_EPOCH) }
    }

    /// Something went well: what follows has all the time again.
    pub(super) fn renew(&mut self) {
        *self = Self::new();
    }

    /// Waits for the next attempt; `false` when there is to be none.
    pub(super) async fn wait(&mut self, common: &Common) -> bool {
        self.failed += 1;
        if is_over(self.watch.elapsed(), common.stopped_for()) {
            return false;
        }
        sleep(pause(self.failed)).await;
        true
    }

    /// As [`Patience::wait`] for as long as the bridges run; cut short when they are to stop.
    pub(super) async fn wait_while_running(&mut self, common: &Common) {
        self.failed += 1;
        common.rest(pause(self.failed)).await;
    }
}

/// The wait after so many failed attempts.
fn pause(failed: u32) -> Duration {
    let doublings = failed.saturating_sub(1).min(10);
    Duration::from_millis((FIRST_MS << doublings).min(LONGEST_MS))
}

fn is_over(tried: Duration, stopped: Option<Duration>) -> bool {
    tried >= LONGEST || stopped.is_some_and(|stopped| stopped >= GRACE)
}

/// The one place of the bridges that waits for time to pass.
#[expect(
    clippy::disallowed_methods,
    reason = "a remote service gives no deadline to wait for: bridges poll it in real time"
)]
pub(super) async fn sleep(duration: Duration) {
    tokio::time::sleep(duration).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_two_seconds() {
        let pauses: Vec<u128> = (1..=7).map(|failed| pause(failed).as_millis()).collect();
        assert_eq!(pauses, [100, 200, 400, 800, 1_600, 2_000, 2_000]);
        assert_eq!(pause(u32::MAX).as_millis(), 2_000);
    }

    #[test]
    fn patience_ends_after_ten_minutes_or_soon_after_the_stop() {
        let s = Duration::from_secs;
        for (tried, stopped, over) in [
            (s(0), None, false),
            (s(599), None, false),
            (s(600), None, true),
            (s(1), Some(s(9)), false),
            (s(1), Some(s(10)), true),
        ] {
            assert_eq!(is_over(tried, stopped), over, "{tried:?} {stopped:?}");
        }
    }
}
