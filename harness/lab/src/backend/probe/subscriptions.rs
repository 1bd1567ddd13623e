//! Whether a subscription filter delivers to a stream of its account, and whether its pattern counts.

use std::time::Duration;

use tributary_vocabulary::AccountId;

use super::group::ProbeGroup;
use super::stream::ProbeStream;
use super::trying::{name, wait_for};
use crate::backend::{BackendError, Support};
use crate::door::AwsDoor;

/// How long an event may take.
const ARRIVED: Duration = Duration::from_secs(5);

/// Whether it delivers, and whether the pattern decides what.
pub(super) async fn experiment(
    door: &AwsDoor,
    account: AccountId,
) -> Result<(Support, Support), BackendError> {
    let name = name();
    let stream = ProbeStream::new(door, account, &name)?;
    let group = ProbeGroup::new(door, account, &name)?;
    let seen = seen(&stream, &group, account).await;
    group.remove().await;
    stream.remove().await;
    Ok(match seen {
        Err(reason) => (Support::No(reason.clone()), Support::No(reason)),
        Ok(messages) if messages.is_empty() => {
            let reason = "an event did not reach a stream of its account in 5 seconds".to_owned();
            (Support::No(reason.clone()), Support::No(reason))
        }
        Ok(messages) if messages.iter().any(|it| it.starts_with("drop")) => (
            Support::Yes,
            Support::No("an event that did not match a filter's pattern was delivered".to_owned()),
        ),
        Ok(_) => (Support::Yes, Support::Yes),
    })
}

/// What had arrived when the matching event had; nothing when it did not.
async fn seen(
    stream: &ProbeStream,
    group: &ProbeGroup,
    account: AccountId,
) -> Result<Vec<String>, String> {
    let arn = stream.make().await?;
    let role = format!("arn:aws:iam::{account}:role/tributary-probe");
    group.make(&arn, "keep", Some(role)).await?;
    // The one that does not match is first, so it would be there when the other one is.
    group.put(&["drop 1", "keep 1"]).await?;
    let arrived = wait_for(ARRIVED, || async {
        let messages = stream.messages().await?;
        Ok(messages.iter().any(|it| it == "keep 1").then_some(messages))
    });
    Ok(arrived.await?.unwrap_or_default())
}
