//! Signature Version 4 on a request.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::sign as sign_request;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings};
use aws_sigv4::sign::v4;
use bytes::Bytes;
use http::Uri;

use super::signed::{SignedCall, SignedError};

/// The request of a call to this host, unsigned.
pub(super) fn request(
    call: &SignedCall<'_>,
    uri: &Uri,
    host: &str,
) -> Result<http::Request<Bytes>, http::Error> {
    let mut request = http::Request::builder()
        .method(call.method.clone())
        .uri(uri.clone())
        .header(http::header::HOST, host)
        .header(http::header::CONTENT_TYPE, call.content_type);
    if let Some(target) = call.target {
        request = request.header("x-amz-target", target);
    }
    request.body(call.body.clone())
}

/// Signs a request with Signature Version 4.
pub(super) fn sign(
    service: &str,
    region: &str,
    time: SystemTime,
    credentials: Credentials,
    request: &mut http::Request<Bytes>,
) -> Result<(), SignedError> {
    let identity = credentials.into();
    let parameters = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name(service)
        .time(time)
        .settings(SigningSettings::default())
        .build()
        .map_err(|error| http_error(&error))?
        .into();
    let headers = request
        .headers()
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    let signable = SignableRequest::new(
        request.method().as_str(),
        request.uri().to_string(),
        headers,
        SignableBody::Bytes(request.body()),
    )?;
    let (instructions, _) = sign_request(signable, &parameters)?.into_parts();
    instructions.apply_to_request_http1x(request);
    Ok(())
}

/// All parameters are given, so building them cannot fail; said as an error all the same.
fn http_error(error: &dyn std::error::Error) -> SignedError {
    SignedError::Refused { operation: "signing".to_owned(), status: 0, body: error.to_string() }
}
