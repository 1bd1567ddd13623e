//! A configuration with which every client of the AWS SDK talks to one account of a lab.

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::retry::RetryConfig;
use aws_types::SdkConfig;
use tributary_vocabulary::{AccountId, Region};

use super::LabHttpClient;
use crate::driver::{LabSleep, SharedCore};

/// The configuration of the account's root: a 12-digit access key is that account's root.
pub(crate) fn sdk_config(core: &SharedCore, account: AccountId, region: &Region) -> SdkConfig {
    let time = LabSleep(core.clone());
    let credentials = Credentials::new(account.as_str(), "tributary", None, None, "tributary lab");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(aws_types::region::Region::new(region.as_str().to_owned()))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(LabHttpClient(core.clone()))
        .time_source(SharedTimeSource::new(time.clone()))
        .sleep_impl(SharedAsyncSleep::new(time))
        .retry_config(RetryConfig::standard())
        // It measures throughput in wall-clock windows, which virtual time has none of.
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .build()
}
