//! Waits until nothing is on its way any more.

use std::time::Duration;

use crate::driver::{Clock, Core, SharedCore, wait};

/// How long, in simulated hours, anything may still be on its way: CloudWatch Logs retries for a
/// day, and a little more lets what it still delivered pass the pipeline.
const LIMIT_H: i64 = 26;

/// What an index takes until searches see what was written: its refresh interval, and a little more.
const REFRESH: Duration = Duration::from_millis(1_100);

/// Waits until all is quiet and can be searched for; whether it became quiet within the limit.
pub(super) async fn settle(core: &SharedCore) -> bool {
    let quiet = until_quiet(core).await;
    wait(core.clone(), REFRESH).await;
    quiet
}

async fn until_quiet(core: &SharedCore) -> bool {
    let limit = core.lock().now().plus_s(LIMIT_H * 3600);
    loop {
        let clock = {
            let mut core = core.lock();
            if is_quiet(&core) {
                return true;
            }
            if core.now() >= limit {
                return false;
            }
            if core.clock() == Clock::Virtual {
                match core.next_deadline() {
                    Some(next) => core.advance_to(next.min(limit)),
                    None => return is_quiet(&core),
                }
            }
            core.clock()
        };
        match clock {
            Clock::Virtual => {}
            Clock::Real => wait(core.clone(), Duration::from_millis(200)).await,
        }
    }
}

/// Whether nothing is on its way: no envelope, no record unread, buffered or retried,
/// no file of a trail, no function.
fn is_quiet(core: &Core) -> bool {
    !core.has_jobs()
        && core.world.envelopes_pending() == 0
        && core.world.firehose_pending().is_empty()
        && core.world.trail_records_pending() == 0
}
