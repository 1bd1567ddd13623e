//! Waiting for what happens elsewhere: the only place of this room that lets time pass.

use std::time::Duration;

/// A pause before the same is asked again.
#[expect(
    clippy::disallowed_methods,
    reason = "the time of an endpoint is the machine's: nothing tells when something is gone there, so it is asked for again"
)]
pub(super) async fn pause(time: Duration) {
    tokio::time::sleep(time).await;
}
