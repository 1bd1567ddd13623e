//! Removing what takes its time to go: its name stays taken meanwhile.

use std::future::Future;
use std::time::Duration;

use crate::ground::pause;
use crate::upkeep::refusal::Refusal;

/// How often, and for how long, something that goes is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    between: Duration,
    deadline: Duration,
}

/// That of this room.
pub(super) const PATIENCE: Patience =
    Patience { between: Duration::from_millis(200), deadline: Duration::from_secs(60) };

/// Removes, as soon as it lets itself be removed, and waits until there is no status any more.
pub(super) async fn until_gone<S, R>(
    patience: Patience,
    what: &str,
    status: impl Fn() -> S,
    remove: impl Fn() -> R,
) -> Result<(), Refusal>
where
    S: Future<Output = Result<Option<String>, Refusal>>,
    R: Future<Output = Result<(), Refusal>>,
{
    let going = async {
        while let Some(status) = status().await? {
            if status != "DELETING" {
                match remove().await {
                    // It may still be being made, or was told to go between the two calls.
                    Err(refusal) if !refusal.is_busy() && !refusal.is_missing() => {
                        return Err(refusal);
                    }
                    _ => {}
                }
            }
            pause(patience.between).await;
        }
        Ok(())
    };
    let limit_s = patience.deadline.as_secs();
    let late = |_| Refusal::StaysOn(format!("{what} is still there after {limit_s} s"));
    tokio::time::timeout(patience.deadline, going).await.map_err(late)?
}

/// Waits while it is being removed already, whoever told it to: gives the status that it has
/// then, `DELETING` when it still has not gone.
pub(super) async fn settled<S>(
    patience: Patience,
    status: impl Fn() -> S,
) -> Result<Option<String>, Refusal>
where
    S: Future<Output = Result<Option<String>, Refusal>>,
{
    let settling = async {
        loop {
            match status().await? {
                Some(status) if status == "DELETING" => pause(patience.between).await,
                other => return Ok(other),
            }
        }
    };
    let still = Ok(Some("DELETING".to_owned()));
    tokio::time::timeout(patience.deadline, settling).await.unwrap_or(still)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::{Cell, RefCell};

    const SHORT: Patience =
        Patience { between: Duration::from_millis(1), deadline: Duration::from_millis(20) };
    const LONG: Patience = Patience { deadline: Duration::from_secs(60), ..SHORT };

    #[tokio::test]
    async fn what_is_still_being_made_is_removed_later_and_waited_for() {
        let all = ["CREATING", "CREATING", "ACTIVE", "DELETING", "DELETING"];
        let (statuses, calls) = (RefCell::new(all.into_iter()), Cell::new(0));
        let status = || async { Ok(statuses.borrow_mut().next().map(str::to_owned)) };
        let remove = || async {
            calls.set(calls.get() + 1);
            let busy = r#"{"__type":"ResourceInUseException"}"#;
            if calls.get() < 3 {
                Err(Refusal::of_answer("DeleteStream", 400, busy))
            } else {
                Ok(())
            }
        };
        until_gone(LONG, "stream s", status, remove).await.unwrap();
        assert_eq!(calls.get(), 3);
    }

    #[tokio::test]
    async fn what_does_not_go_is_said_at_the_deadline() {
        let status = || async { Ok(Some("DELETING".to_owned())) };
        let error = until_gone(SHORT, "stream s", status, || async { Ok(()) }).await.unwrap_err();
        assert_eq!(error.sentence(), "stream s is still there after 0 s");
        assert_eq!(settled(SHORT, status).await.unwrap().as_deref(), Some("DELETING"));
    }
}
