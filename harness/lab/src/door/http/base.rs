//! The credentials that all others come from: the usual chain, or a profile. The chain is that of
//! the AWS libraries, taken apart only because they ask the instance for many seconds.

use std::time::Duration;

use aws_config::ecs::EcsCredentialsProvider;
use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::imds;
use aws_config::imds::credentials::ImdsCredentialsProvider;
use aws_config::meta::credentials::CredentialsProviderChain;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::web_identity_token::WebIdentityTokenCredentialsProvider;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials};
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_async::time::SystemTimeSource;
use tributary_vocabulary::Region;

use super::complete::complete;
use super::error::with_causes;
use super::sdk::LineClient;
use crate::backend::BackendError;

/// How they are mended.
const MEND: &str = "run `aws configure`, set AWS_PROFILE, or name a profile with --profile";

/// What stands for the library's words about its features.
const SIGN_IN: &str = "profiles of IAM Identity Center and of `aws login` are not read here: give their keys by `eval \"$(aws configure export-credentials --format env)\"`";

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
        let mut why = with_causes(&error);
        // Reading them would be two SDK clients more to build.
        if why.contains("cargo feature") {
            why = SIGN_IN.to_owned();
        }
        Err(BackendError::Credentials(match &self.profile {
            None if absent && self.may_lack => {
                return Ok(Credentials::new("test", "test", None, None, "emulator"));
            }
            None if absent => {
                format!(
                    "there are no AWS credentials in the environment, in a profile, or of this machine: {MEND}"
                )
            }
            None => format!("the AWS credentials cannot be used ({why}): {MEND}"),
            Some(profile) => {
                format!("the profile '{profile}' gives no AWS credentials ({why}): {MEND}")
            }
        }))
    }

    async fn search(&self) -> provider::Result {
        let region = aws_types::region::Region::new(self.region.as_str().to_owned());
        let config = ProviderConfig::without_region()
            .with_region(Some(region))
            .with_http_client(self.client.clone())
            .with_time_source(SystemTimeSource::new())
            .with_sleep_impl(TokioSleep::new());
        let profiles = ProfileFileCredentialsProvider::builder().configure(&config);
        if let Some(profile) = &self.profile {
            return profiles.profile_name(profile).build().provide_credentials().await;
        }
        let token = WebIdentityTokenCredentialsProvider::builder().configure(&config).build();
        let container = EcsCredentialsProvider::builder().configure(&config).build();
        let environment = EnvironmentVariableCredentialsProvider::new();
        let chain = CredentialsProviderChain::first_try("Environment", environment)
            .or_else("Profile", profiles.build())
            .or_else("WebIdentityToken", token)
            .or_else("EcsContainer", container);
        match chain.provide_credentials().await {
            Err(CredentialsError::CredentialsNotLoaded(_)) => of_instance(&config).await,
            found => found,
        }
    }
}

/// The last resort, what the instance says. Most machines are none, so that they have no service
/// that would say it, and whichever way that shows, it is no more than that.
async fn of_instance(config: &ProviderConfig) -> provider::Result {
    let soon = Duration::from_secs(1);
    let client = imds::Client::builder()
        .configure(config)
        .connect_timeout(soon)
        .read_timeout(soon)
        .max_attempts(1)
        .build();
    let instance = ImdsCredentialsProvider::builder().configure(config).imds_client(client);
    instance.build().provide_credentials().await.map_err(CredentialsError::not_loaded)
}
