//! A small signed call, for the services whose SDK client would cost more to build than it gives:
//! IAM, STS, Lambda, OpenSearch Service and the data plane of a domain, EC2, CloudTrail, GuardDuty
//! and EventBridge.

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningError, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_async::time::TimeSource;
use bytes::Bytes;
use http::{Method, Uri};
use tributary_emulator::WireRequest;
use tributary_vocabulary::{AccountId, Region};

use crate::driver::{LabSleep, SharedCore};

/// Signs calls in the name of one account's root and sends them to a lab.
#[derive(Clone)]
pub struct SignedClient {
    core: SharedCore,
    account: AccountId,
    region: Region,
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
        Self { core, account, region }
    }

    /// The Region that it signs for.
    #[must_use]
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// Signs a call and sends it.
    ///
    /// # Errors
    /// When the call is no valid HTTP request. An answer that tells of an error is an `Ok`; see
    /// [`SignedResponse::success`].
    pub fn send(&self, call: &SignedCall<'_>) -> Result<SignedResponse, SignedError> {
        let uri: Uri =
            call.url.parse().map_err(|error| SignedError::Url { url: call.url.clone(), error })?;
        let mut request = http::Request::builder()
            .method(call.method.clone())
            .uri(uri.clone())
            .header(http::header::HOST, uri.host().unwrap_or_default())
            .header(http::header::CONTENT_TYPE, call.content_type);
        if let Some(target) = call.target {
            request = request.header("x-amz-target", target);
        }
        let mut request = request.body(call.body.clone())?;
        self.sign(call, &mut request)?;
        let (parts, body) = request.into_parts();
        let response = self.core.lock().handle(&WireRequest {
            method: parts.method,
            host: uri.host().unwrap_or_default().to_owned(),
            path: uri.path().to_owned(),
            query: uri.query().unwrap_or_default().to_owned(),
            headers: parts.headers,
            body,
        });
        Ok(SignedResponse { status: response.status.as_u16(), body: response.body })
    }

    fn sign(
        &self,
        call: &SignedCall<'_>,
        request: &mut http::Request<Bytes>,
    ) -> Result<(), SignedError> {
        let identity =
            Credentials::new(self.account.as_str(), "tributary", None, None, "tributary lab")
                .into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(self.region.as_str())
            .name(call.service)
            .time(LabSleep(self.core.clone()).now())
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| http_error(&error))?
            .into();
        let headers = request
            .headers()
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        let signable = SignableRequest::new(
            call.method.as_str(),
            call.url.clone(),
            headers,
            SignableBody::Bytes(&call.body),
        )?;
        let (instructions, _) = sign(signable, &parameters)?.into_parts();
        instructions.apply_to_request_http1x(request);
        Ok(())
    }
}

/// All parameters are given, so building them cannot fail; said as an error all the same.
fn http_error(error: &dyn std::error::Error) -> SignedError {
    SignedError::Refused { operation: "signing".to_owned(), status: 0, body: error.to_string() }
}
