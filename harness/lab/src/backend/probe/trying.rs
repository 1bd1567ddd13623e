//! Trying something: names that nobody else has, and waiting until it shows.

use std::time::Duration;

use aws_smithy_async::time::{SystemTimeSource, TimeSource};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use crate::ground::pause;

/// How long something may take to be made.
pub(super) const MADE: Duration = Duration::from_secs(30);
/// Between two questions: an endpoint tells nobody when it is done.
const PAUSE: Duration = Duration::from_millis(100);

/// A name that nobody else has: of the time and this process.
pub(super) fn name() -> String {
    let now = SystemTimeSource::new().now();
    let since = now.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    format!("tributary-probe-{:x}-{:x}", since.as_nanos(), std::process::id())
}

/// Milliseconds of the machine's time, for events.
pub(super) fn now_ms() -> i64 {
    let now = SystemTimeSource::new().now();
    let since = now.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Asks again and again until there is an answer or the time is over (`None`).
pub(super) async fn wait_for<T, F: Future<Output = Result<Option<T>, String>>>(
    limit: Duration,
    mut ask: impl FnMut() -> F,
) -> Result<Option<T>, String> {
    let asking = async {
        loop {
            if let Some(found) = ask().await? {
                return Ok(Some(found));
            }
            pause(PAUSE).await;
        }
    };
    tokio::time::timeout(limit, asking).await.unwrap_or(Ok(None))
}

/// What was called, and what came back, in one sentence.
pub(super) fn refusal<E, R>(operation: &str, error: &SdkError<E, R>) -> String
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug + 'static,
{
    match (error.code(), error.message()) {
        (Some(code), Some(message)) => format!("{operation} was refused: {code}: {message}"),
        (Some(code), None) => format!("{operation} was refused: {code}"),
        _ => format!("{operation} failed: {}", DisplayErrorContext(error)),
    }
}
