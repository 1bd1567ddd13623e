//! The credentials that all others come from: the usual chain, or a profile.

use std::time::Duration;

use aws_config::default_provider::credentials::DefaultCredentialsChain;
use aws_config::imds;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials};
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_async::time::SystemTimeSource;
use aws_smithy_types::error::display::DisplayErrorContext;
use tributary_vocabulary::Region;

use super::complete::complete;
use super::sdk::LineClient;
use crate::backend::BackendError;

/// How they are mended.
const MEND: &str = "run `aws configure`, set AWS_PROFILE, or name a profile with --profile";

/// Where the base credentials come from.
#[derive(Debug)]
pub(super) struct Base {
    pub(super) client: LineClient,
    pub(super) region: Region,
    /// A profile that was named on purpose, before the environment.
    pub(super) profile: Option<String>,
    /// Whether there may be none: emulators take `test`.
    pub(super) may_lack: bool,
}

impl Base {
    /// Finds them.
    pub(super) fn load(&self) -> Result<Credentials, BackendError> {
        let found = complete(self.search()).map_err(|error| {
            BackendError::Credentials(format!("the AWS credentials could not be read ({error})"))
        })?;
        let error = match found {
            Ok(credentials) => return Ok(credentials),
            Err(error) => error,
        };
        let absent = matches!(error, CredentialsError::CredentialsNotLoaded(_));
        let why = DisplayErrorContext(&error);
        Err(BackendError::Credentials(match &self.profile {
            None if absent && self.may_lack => {
                return Ok(Credentials::new("test", "test", None, None, "emulator"));
            }
            None if absent => format!("there are no AWS credentials: {MEND}"),
            None => format!("the AWS credentials cannot be used ({why}): {MEND}"),
            Some(profile) => {
                format!("the profile '{profile}' gives no AWS credentials ({why}): {MEND}")
            }
        }))
    }

    async fn search(&self) -> provider::Result {
        let region = aws_types::region::Region::new(self.region.as_str().to_owned());
        let config = ProviderConfig::without_region()
            .with_region(Some(region.clone()))
            .with_http_client(self.client.clone())
            .with_time_source(SystemTimeSource::new())
            .with_sleep_impl(TokioSleep::new());
        if let Some(profile) = &self.profile {
            let builder = ProfileFileCredentialsProvider::builder().configure(&config);
            return builder.profile_name(profile).build().provide_credentials().await;
        }
        // Most machines have no metadata service, and that is to be told soon.
        let soon = Duration::from_secs(1);
        let imds = imds::Client::builder()
            .configure(&config)
            .connect_timeout(soon)
            .read_timeout(soon)
            .max_attempts(1)
            .build();
        let chain =
            DefaultCredentialsChain::builder().region(region).configure(config).imds_client(imds);
        chain.build().await.provide_credentials().await
    }
}
