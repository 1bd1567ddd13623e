//! Several calls at once, and not too many.

use std::future::Future;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// The most calls at once.
pub(super) const MOST: usize = 8;

/// Does all of it, so many at once, and gives what came of it in the order of the items.
pub(super) async fn at_once<T, R, F>(items: Vec<T>, most: usize, act: impl Fn(T) -> F) -> Vec<R>
where
    R: Send + 'static,
    F: Future<Output = R> + Send + 'static,
{
    let leave = Arc::new(Semaphore::new(most));
    let mut tasks = JoinSet::new();
    for (place, item) in items.into_iter().enumerate() {
        let (leave, work) = (Arc::clone(&leave), act(item));
        tasks.spawn(async move {
            // The semaphore is never closed; were it, the work would run unbounded and not be lost.
            let _leave = leave.acquire_owned().await;
            (place, work.await)
        });
    }
    let mut done = tasks.join_all().await;
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test]
    async fn not_more_than_so_many_run_and_the_order_stays() {
        let (running, peak) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let done = at_once((0..50).collect(), MOST, |item: usize| {
            let (running, peak) = (Arc::clone(&running), Arc::clone(&peak));
            async move {
                let now = running.fetch_add(1, Ordering::SeqCst) + 1;
                peak.fetch_max(now, Ordering::SeqCst);
                tokio::task::yield_now().await;
                running.fetch_sub(1, Ordering::SeqCst);
                item
            }
        })
        .await;
        assert_eq!(done, (0..50).collect::<Vec<_>>());
        assert_eq!(peak.load(Ordering::SeqCst), MOST);
    }
}
