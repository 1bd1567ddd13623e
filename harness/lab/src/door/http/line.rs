//! A line to the outside: blocking HTTP and HTTPS, kept open between calls.

use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response, Uri};
use ureq::Agent;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::{ConnectProxyConnector, Connector, TcpConnector};

use super::error::{TransportError, Trouble};
use super::limits::Limits;
use super::tls::TlsConnector;
use super::trust;
use crate::backend::BackendError;

/// How long a connection is kept that nobody uses: servers close theirs, Node's after 5 s, and a call
/// that is sent at that moment is lost.
const IDLE: Duration = Duration::from_secs(3);

/// A line to the outside. Cheap to clone; clones share their connections.
#[derive(Clone, Debug)]
pub(super) struct Line {
    what: &'static str,
    /// By the proxy that the environment names, when it names one.
    far: Agent,
    /// Without a proxy: this machine and the services of link-local addresses.
    near: Agent,
}

impl Line {
    /// A line to an `AWS endpoint` or `OpenSearch`.
    pub(super) fn open(what: &'static str, bundle: Option<&Path>) -> Result<Self, BackendError> {
        let tls = trust::client_config(bundle)?;
        let agent = |direct: bool| {
            // Signatures and bodies go through untouched, and every status is an answer.
            let mut config = Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .allow_non_standard_methods(true)
                .user_agent(concat!("tributary/", env!("CARGO_PKG_VERSION")))
                .accept_encoding("identity")
                .max_idle_age(IDLE)
                .max_idle_connections(64)
                .max_idle_connections_per_host(32);
            if direct {
                config = config.proxy(None);
            }
            let connector =
                ().chain(ConnectProxyConnector::default())
                    .chain(TcpConnector::default())
                    .chain(TlsConnector(tls.clone()));
            Agent::with_parts(config.build(), connector, DefaultResolver::default())
        };
        Ok(Self { what, far: agent(false), near: agent(true) })
    }

    /// Sends one request and reads the whole answer.
    pub(super) fn send(
        &self,
        request: Request<Bytes>,
        limits: Limits,
    ) -> Result<Response<Bytes>, TransportError> {
        let url = shown(request.uri());
        let again = (*request.method() == Method::GET).then(|| request.clone());
        let told = |error| TransportError::new(self.what, url.clone(), error);
        match (self.exchange(request, limits).map_err(told), again) {
            // What only looks may be asked twice, when a connection breaks that was open before.
            (Err(error), Some(request)) if error.trouble == Trouble::Broken => {
                self.exchange(request, limits).map_err(|_| error)
            }
            (outcome, _) => outcome,
        }
    }

    fn exchange(
        &self,
        request: Request<Bytes>,
        limits: Limits,
    ) -> Result<Response<Bytes>, ureq::Error> {
        let (mut parts, body) = request.into_parts();
        let agent = if is_near(&parts.uri) { &self.near } else { &self.far };
        let takes_body = matches!(parts.method, Method::POST | Method::PUT | Method::PATCH);
        let response = if body.is_empty() && !takes_body {
            run(agent, Request::from_parts(parts, ()), limits)?
        } else {
            if !takes_body {
                parts.extensions.extend(body_on_any_method(agent));
            }
            run(agent, Request::from_parts(parts, &body[..]), limits)?
        };
        let (parts, mut body) = response.into_parts();
        let body = body.with_config().limit(u64::MAX).read_to_vec()?;
        Ok(Response::from_parts(parts, Bytes::from(body)))
    }
}

fn run(
    agent: &Agent,
    request: Request<impl ureq::AsSendBody>,
    limits: Limits,
) -> Result<Response<ureq::Body>, ureq::Error> {
    let request = agent
        .configure_request(request)
        .timeout_connect(Some(limits.connect))
        .timeout_recv_response(limits.answer)
        .timeout_global(Some(limits.whole))
        .build();
    agent.run(request)
}

/// What tells ureq to send a body with a method that has none by custom: OpenSearch takes one with
/// GET and DELETE. Only ureq's own builder can say it.
fn body_on_any_method(agent: &Agent) -> http::Extensions {
    let mut builder = agent.get("http://localhost/").force_send_body();
    builder.extensions_mut().map(std::mem::take).unwrap_or_default()
}

/// Whether a proxy could not get there, or must not.
fn is_near(uri: &Uri) -> bool {
    let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => address.is_loopback() || address.is_link_local(),
        Ok(IpAddr::V6(address)) => address.is_loopback() || address.is_unicast_link_local(),
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}

/// The URL as messages show it: where, without query and login.
fn shown(uri: &Uri) -> String {
    let scheme = uri.scheme_str().unwrap_or("http");
    let authority = uri.authority().map(http::uri::Authority::as_str).unwrap_or_default();
    let place = authority.rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{place}{}", uri.path().trim_end_matches('/'))
}
