//! Where AWS is, and in whose name it is called.

use std::sync::Arc;

use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_async::time::{SharedTimeSource, SystemTimeSource};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::retry::RetryConfig;
use aws_types::SdkConfig;
use bytes::Bytes;
use http::{Request, Response, Uri};
use tributary_vocabulary::{AccountId, Region};

use super::address::Address;
use super::base::Base;
use super::error::TransportError;
use super::identity::{AccountCredentials, Known};
use super::limits::Limits;
use super::line::Line;
use super::sdk::LineClient;
use crate::backend::{AccountsMode, BackendError, Endpoint};
use crate::door::SignedClient;

/// Where AWS is, and in whose name it is called. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct AwsDoor(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    address: Option<Address>,
    region: Region,
    accounts: AccountsMode,
    line: Line,
    base: Base,
    known: Known,
}

impl AwsDoor {
    /// A door to an endpoint. Reads the file of certificates, and makes no call: credentials are
    /// looked for when the first call needs them.
    pub(crate) fn open(endpoint: &Endpoint, region: &Region) -> Result<Self, BackendError> {
        let address = endpoint.aws.as_deref().map(Address::of_aws).transpose()?;
        let line = Line::open("AWS endpoint", endpoint.ca_bundle.as_deref())?;
        let base = Base {
            client: LineClient(line.clone()),
            region: region.clone(),
            profile: endpoint.profile.clone(),
            may_lack: address.is_some(),
        };
        Ok(Self(Arc::new(Inner {
            address,
            region: region.clone(),
            accounts: endpoint.accounts.clone(),
            line,
            base,
            known: Known::default(),
        })))
    }

    /// The URL of all services; `None` for AWS itself.
    pub(crate) fn url(&self) -> Option<&str> {
        self.0.address.as_ref().map(Address::as_str)
    }

    /// The Region.
    pub(crate) fn region(&self) -> &Region {
        &self.0.region
    }

    /// The configuration of SDK clients in the name of an account; for S3 see
    /// [`AwsDoor::s3_client`]. Looks for the credentials, so that their absence is told here.
    pub(crate) fn sdk_config(&self, account: AccountId) -> Result<SdkConfig, BackendError> {
        self.credentials(account)?;
        let provider = AccountCredentials { door: self.clone(), account };
        let nobody = self.nobodys_config().into_builder();
        Ok(nobody.credentials_provider(SharedCredentialsProvider::new(provider)).build())
    }

    /// A client of S3, which at an endpoint has the bucket in the path: emulators have no wildcard
    /// names.
    pub(crate) fn s3_client(&self, account: AccountId) -> Result<aws_sdk_s3::Client, BackendError> {
        let config = aws_sdk_s3::config::Builder::from(&self.sdk_config(account)?)
            .force_path_style(self.url().is_some())
            .build();
        Ok(aws_sdk_s3::Client::from_conf(config))
    }

    /// A client of signed calls in the name of an account.
    pub(crate) fn signed(&self, account: AccountId) -> Result<SignedClient, BackendError> {
        self.credentials(account)?;
        Ok(SignedClient::at(self.clone(), account))
    }

    /// One request, blocking, without retries.
    pub(crate) fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.0.line.send(request, Limits::default())
    }

    /// Where a URL of AWS is answered here.
    pub(crate) fn here(&self, url: &Uri) -> Result<Uri, http::Error> {
        match &self.0.address {
            Some(address) => {
                address.at(url.path_and_query().map_or("/", http::uri::PathAndQuery::as_str))
            }
            None => Ok(url.clone()),
        }
    }

    pub(super) fn accounts(&self) -> &AccountsMode {
        &self.0.accounts
    }

    pub(super) fn base(&self) -> &Base {
        &self.0.base
    }

    pub(super) fn known(&self) -> &Known {
        &self.0.known
    }

    /// The configuration without credentials.
    pub(super) fn nobodys_config(&self) -> SdkConfig {
        let mut config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(aws_types::region::Region::new(self.0.region.as_str().to_owned()))
            .http_client(LineClient(self.0.line.clone()))
            .time_source(SharedTimeSource::new(SystemTimeSource::new()))
            .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
            .retry_config(RetryConfig::standard())
            // Answers are read whole, so there is no stream that could stall.
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
        config.set_endpoint_url(self.url().map(str::to_owned));
        config.build()
    }
}
