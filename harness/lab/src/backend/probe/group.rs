//! A log group with one stream and one subscription filter.

use aws_sdk_cloudwatchlogs::Client;
use aws_sdk_cloudwatchlogs::types::InputLogEvent;
use tributary_vocabulary::AccountId;

use super::trying::{now_ms, refusal};
use crate::backend::BackendError;
use crate::door::AwsDoor;

pub(super) struct ProbeGroup {
    pub(super) client: Client,
    name: String,
}

impl ProbeGroup {
    pub(super) fn new(
        door: &AwsDoor,
        account: AccountId,
        name: &str,
    ) -> Result<Self, BackendError> {
        Ok(Self { client: Client::new(&door.sdk_config(account)?), name: name.to_owned() })
    }

    /// Makes it, with a filter that delivers to this ARN.
    pub(super) async fn make(
        &self,
        to: &str,
        pattern: &str,
        role: Option<String>,
    ) -> Result<(), String> {
        let made = self.client.create_log_group().log_group_name(&self.name).send().await;
        made.map_err(|error| refusal("CreateLogGroup", &error))?;
        let call = self.client.create_log_stream().log_group_name(&self.name);
        let made = call.log_stream_name("probe").send().await;
        made.map_err(|error| refusal("CreateLogStream", &error))?;
        self.client
            .put_subscription_filter()
            .log_group_name(&self.name)
            .filter_name("probe")
            .filter_pattern(pattern)
            .destination_arn(to)
            .set_role_arn(role)
            .send()
            .await
            .map_err(|error| refusal("PutSubscriptionFilter", &error))?;
        Ok(())
    }

    pub(super) async fn put(&self, messages: &[&str]) -> Result<(), String> {
        let now = now_ms();
        let mut call = self.client.put_log_events().log_group_name(&self.name);
        for message in messages {
            let event = InputLogEvent::builder().timestamp(now).message(*message).build();
            call = call.log_events(event.map_err(|error| error.to_string())?);
        }
        let put = call.log_stream_name("probe").send().await;
        put.map_err(|error| refusal("PutLogEvents", &error))?;
        Ok(())
    }

    pub(super) async fn remove(&self) {
        // The group may not be there; what remains has a name that says whose it is.
        let call = self.client.delete_subscription_filter().log_group_name(&self.name);
        let _ = call.filter_name("probe").send().await;
        let _ = self.client.delete_log_group().log_group_name(&self.name).send().await;
    }
}
