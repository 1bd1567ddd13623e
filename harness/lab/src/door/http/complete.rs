//! Futures of the AWS libraries, from blocking code.

use std::future::Future;
use std::io;

use tokio::runtime::Builder;

/// Runs a future to its end on a thread of its own. The caller may be a task of another runtime,
/// in which blocking on a future is not allowed.
pub(super) fn complete<T: Send>(future: impl Future<Output = T> + Send) -> io::Result<T> {
    std::thread::scope(|scope| {
        let worker = scope.spawn(|| {
            let runtime = Builder::new_current_thread().enable_all().build()?;
            let result = runtime.block_on(future);
            // A call that was given up may still wait for its answer; nobody waits for it.
            runtime.shutdown_background();
            Ok(result)
        });
        worker.join().unwrap_or_else(|_| Err(io::Error::other("the call panicked")))
    })
}
