//! The HTTP client of the SDK over a line.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;

use super::error::{TransportError, Trouble};
use super::limits::Limits;
use super::line::Line;
use crate::door::connector::read;

/// The HTTP client of the SDK over a line.
#[derive(Debug, Clone)]
pub(super) struct LineClient(pub(super) Line);

impl HttpClient for LineClient {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let limits = Limits::of(settings);
        SharedHttpConnector::new(LineConnector { line: self.0.clone(), limits })
    }
}

#[derive(Debug)]
struct LineConnector {
    line: Line,
    limits: Limits,
}

impl HttpConnector for LineConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (line, limits) = (self.line.clone(), self.limits);
        HttpConnectorFuture::new(answer(line, limits, request))
    }
}

async fn answer(
    line: Line,
    limits: Limits,
    request: HttpRequest,
) -> Result<HttpResponse, ConnectorError> {
    let request = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
    let (parts, body) = request.into_parts();
    let request = http::Request::from_parts(parts, read(body).await?);
    let response = tokio::task::spawn_blocking(move || line.send(request, limits))
        .await
        .map_err(|error| ConnectorError::other(error.into(), None))?
        .map_err(connector_error)?;
    let (parts, body) = response.into_parts();
    let mut out = http::Response::new(SdkBody::from(body));
    *out.status_mut() = parts.status;
    *out.headers_mut() = parts.headers;
    HttpResponse::try_from(out).map_err(|error| ConnectorError::other(error.into(), None))
}

/// The SDK retries what is a timeout or of the network.
fn connector_error(error: TransportError) -> ConnectorError {
    match error.trouble {
        Trouble::Timeout => ConnectorError::timeout(error.into()),
        Trouble::Unreachable | Trouble::Broken => ConnectorError::io(error.into()),
        Trouble::Request => ConnectorError::user(error.into()),
        Trouble::Certificate | Trouble::Tls => ConnectorError::other(error.into(), None),
    }
}
