//! Whether a subscription filter delivers through a destination of another account.

use std::time::Duration;

use serde_json::json;
use tributary_vocabulary::AccountId;

use super::group::ProbeGroup;
use super::stream::ProbeStream;
use super::trying::{name, refusal, wait_for};
use crate::backend::{BackendError, Support};
use crate::door::AwsDoor;

/// How long an event may take.
const ARRIVED: Duration = Duration::from_secs(5);

/// Whether an event of the member reaches a stream of the master.
pub(super) async fn experiment(
    door: &AwsDoor,
    master: AccountId,
    member: AccountId,
) -> Result<Support, BackendError> {
    let name = name();
    let stream = ProbeStream::new(door, master, &name)?;
    let group = ProbeGroup::new(door, member, &name)?;
    let logs = aws_sdk_cloudwatchlogs::Client::new(&door.sdk_config(master)?);
    let there = Destination { logs, name, master, member };
    let seen = seen(&stream, &group, &there).await;
    group.remove().await;
    // It may not be there; what remains has a name that says whose it is.
    let _ = there.logs.delete_destination().destination_name(&there.name).send().await;
    stream.remove().await;
    Ok(match seen {
        Ok(true) => Support::Yes,
        Ok(false) => Support::No(
            "an event did not reach a destination of another account in 5 seconds".to_owned(),
        ),
        Err(reason) => Support::No(reason),
    })
}

struct Destination {
    logs: aws_sdk_cloudwatchlogs::Client,
    name: String,
    master: AccountId,
    member: AccountId,
}

impl Destination {
    /// Makes it in the master for the member; gives its ARN.
    async fn make(&self, stream: &str) -> Result<String, String> {
        let made = self
            .logs
            .put_destination()
            .destination_name(&self.name)
            .target_arn(stream)
            .role_arn(format!("arn:aws:iam::{}:role/tributary-probe", self.master))
            .send()
            .await
            .map_err(|error| refusal("PutDestination", &error))?;
        let arn = made.destination.and_then(|it| it.arn);
        let arn = arn.ok_or_else(|| "PutDestination gave no ARN".to_owned())?;
        let policy = json!({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"AWS": self.member.as_str()},
            "Action": "logs:PutSubscriptionFilter", "Resource": &arn,
        }]});
        self.logs
            .put_destination_policy()
            .destination_name(&self.name)
            .access_policy(policy.to_string())
            .send()
            .await
            .map_err(|error| refusal("PutDestinationPolicy", &error))?;
        Ok(arn)
    }
}

async fn seen(
    stream: &ProbeStream,
    group: &ProbeGroup,
    there: &Destination,
) -> Result<bool, String> {
    let arn = there.make(&stream.make().await?).await?;
    group.make(&arn, "", None).await?;
    group.put(&["across 1"]).await?;
    let arrived = wait_for(ARRIVED, || async {
        Ok(stream.messages().await?.iter().any(|it| it == "across 1").then_some(()))
    });
    Ok(arrived.await?.is_some())
}
