//! An HTTP client for the AWS SDK that hands requests to the world of a lab.

use std::fmt;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body_util::BodyExt;
use tributary_emulator::WireRequest;

use crate::driver::SharedCore;

/// An HTTP client whose every host is the world of one lab.
#[derive(Clone)]
pub(crate) struct LabHttpClient(pub(crate) SharedCore);

impl fmt::Debug for LabHttpClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LabHttpClient")
    }
}

impl HttpClient for LabHttpClient {
    fn http_connector(
        &self,
        _settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for LabHttpClient {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let core = self.0.clone();
        HttpConnectorFuture::new(async move { answer(&core, request).await })
    }
}

async fn answer(core: &SharedCore, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
    let request = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
    let (parts, body) = request.into_parts();
    let body = read(body).await?;
    let host = parts
        .uri
        .host()
        .map(str::to_owned)
        .or_else(|| parts.headers.get(http::header::HOST)?.to_str().ok().map(str::to_owned))
        .unwrap_or_default();
    let response = core.lock().handle(&WireRequest {
        method: parts.method,
        host,
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers,
        body,
    });
    let mut out = http::Response::new(SdkBody::from(response.body));
    *out.status_mut() = response.status;
    *out.headers_mut() = response.headers;
    HttpResponse::try_from(out).map_err(|error| ConnectorError::other(error.into(), None))
}

/// The whole of a body.
pub(super) async fn read(body: SdkBody) -> Result<Bytes, ConnectorError> {
    if let Some(bytes) = body.bytes() {
        return Ok(Bytes::copy_from_slice(bytes));
    }
    let collected = body.collect().await.map_err(ConnectorError::user)?;
    Ok(collected.to_bytes())
}
