//! A small signed call, for the services whose SDK client would cost more to build than it gives:
//! IAM, STS, Lambda, OpenSearch Service and the data plane of a domain, EC2, CloudTrail, GuardDuty
//! and EventBridge.

use aws_credential_types::Credentials;
use aws_sigv4::http_request::SigningError;
use aws_smithy_async::time::{SystemTimeSource, TimeSource};
use bytes::Bytes;
use http::{Method, Uri};
use tributary_emulator::WireRequest;
use tributary_vocabulary::{AccountId, Region};

use super::AwsDoor;
use super::sign::{request, sign};
use crate::backend::BackendError;
use crate::driver::{LabSleep, SharedCore};

/// Signs calls in the name of one account and sends them to a lab, or to the endpoint that a lab
/// runs on.
#[derive(Clone)]
pub struct SignedClient {
    way: Way,
    region: Region,
}

/// Where calls go, and who makes them.
#[derive(Clone)]
enum Way {
    /// Into the world of a lab, as an account's root.
    Embedded(SharedCore, AccountId),
    /// Out, in the name of an account; of the base credentials' own when there is none.
    Outside(AwsDoor, Option<AccountId>),
}

/// One call.
#[derive(Debug, Clone)]
pub struct SignedCall<'a> {
    /// The service that it is signed for, such as `iam` or `es`.
    pub service: &'a str,
    /// The method.
    pub method: Method,
    /// The whole URL.
    pub url: String,
    /// The content type of the body.
    pub content_type: &'a str,
    /// `X-Amz-Target`, where the service wants it, such as `AWSEvents.PutRule`.
    pub target: Option<&'a str>,
    /// The body.
    pub body: Bytes,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct SignedResponse {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Bytes,
}

/// Why a signed call failed.
#[derive(Debug, thiserror::Error)]
pub enum SignedError {
    /// The URL is none.
    #[error("'{url}' is not a URL: {error}")]
    Url {
        /// The text.
        url: String,
        /// What is wrong with it.
        error: http::uri::InvalidUri,
    },
    /// It could not be signed.
    #[error("the request could not be signed: {0}")]
    Signing(#[from] SigningError),
    /// The request has a part that HTTP does not allow.
    #[error("the request is no HTTP request: {0}")]
    Http(#[from] http::Error),
    /// The endpoint cannot be called: it does not answer, or there are no credentials.
    #[error(transparent)]
    Endpoint(#[from] BackendError),
    /// The service answered with an error.
    #[error("{operation} was refused with {status}: {body}")]
    Refused {
        /// What was called.
        operation: String,
        /// The HTTP status.
        status: u16,
        /// The answer's body.
        body: String,
    },
}

impl SignedResponse {
    /// The response when it is a success.
    ///
    /// # Errors
    /// [`SignedError::Refused`] when the status is not of the 200s.
    pub fn success(self, operation: &str) -> Result<Self, SignedError> {
        if (200..300).contains(&self.status) {
            return Ok(self);
        }
        Err(SignedError::Refused {
            operation: operation.to_owned(),
            status: self.status,
            body: String::from_utf8_lossy(&self.body).into_owned(),
        })
    }
}

impl SignedClient {
    pub(crate) fn new(core: SharedCore, account: AccountId, region: Region) -> Self {
        Self { way: Way::Embedded(core, account), region }
    }

    /// In the name of an account of an endpoint.
    pub(super) fn at(door: AwsDoor, account: AccountId) -> Self {
        Self { region: door.region().clone(), way: Way::Outside(door, Some(account)) }
    }

    /// In the name of whomever the base credentials belong to.
    pub(super) fn of_base(door: AwsDoor) -> Self {
        Self { region: door.region().clone(), way: Way::Outside(door, None) }
    }

    /// The Region that it signs for.
    #[must_use]
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// Signs a call and sends it.
    ///
    /// # Errors
    /// When the call is no valid HTTP request, and when the endpoint does not answer. An answer
    /// that tells of an error is an `Ok`; see [`SignedResponse::success`].
    pub fn send(&self, call: &SignedCall<'_>) -> Result<SignedResponse, SignedError> {
        let uri: Uri =
            call.url.parse().map_err(|error| SignedError::Url { url: call.url.clone(), error })?;
        match &self.way {
            Way::Embedded(core, account) => self.send_inside(core, *account, call, &uri),
            Way::Outside(door, account) => self.send_outside(door, *account, call, &uri),
        }
    }

    fn send_inside(
        &self,
        core: &SharedCore,
        account: AccountId,
        call: &SignedCall<'_>,
        uri: &Uri,
    ) -> Result<SignedResponse, SignedError> {
        let host = uri.host().unwrap_or_default();
        let mut request = request(call, uri, host)?;
        let root = Credentials::new(account.as_str(), "tributary", None, None, "tributary lab");
        let now = LabSleep(core.clone()).now();
        sign(call.service, self.region.as_str(), now, root, &mut request)?;
        let (parts, body) = request.into_parts();
        let response = core.lock().handle(&WireRequest {
            method: parts.method,
            host: host.to_owned(),
            path: uri.path().to_owned(),
            query: uri.query().unwrap_or_default().to_owned(),
            headers: parts.headers,
            body,
        });
        Ok(SignedResponse { status: response.status.as_u16(), body: response.body })
    }

    fn send_outside(
        &self,
        door: &AwsDoor,
        account: Option<AccountId>,
        call: &SignedCall<'_>,
        uri: &Uri,
    ) -> Result<SignedResponse, SignedError> {
        let credentials = match account {
            Some(account) => door.credentials(account)?,
            None => door.base_credentials()?,
        };
        let uri = door.here(uri)?;
        let authority = uri.authority().map(http::uri::Authority::as_str).unwrap_or_default();
        let mut request = request(call, &uri, authority)?;
        // IAM is one for all Regions, and AWS takes its signatures for this one only.
        let region = if call.service == "iam" { "us-east-1" } else { self.region.as_str() };
        sign(call.service, region, SystemTimeSource::new().now(), credentials, &mut request)?;
        let response = door.send(request).map_err(BackendError::from)?;
        Ok(SignedResponse { status: response.status().as_u16(), body: response.into_body() })
    }
}
