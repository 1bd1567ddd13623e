//! The door to the data plane of a domain: its host, its policies, its engine.

use bytes::Bytes;
use http::Method;
use percent_encoding::percent_decode_str;

use crate::kernel::{Access, Caller, ServiceError, WireRequest, WireResponse, World};
use crate::opensearch::{BulkResponse, HttpRequest};
use crate::protocol::rest;

/// Whether a host is the endpoint of a domain of this world.
pub(crate) fn is_domain_host(world: &World, host: &str) -> bool {
    world.domain.hosts.contains_key(host)
}

/// Answers a request to the data plane of a domain, if the policies let its caller through.
pub(crate) fn data_plane(
    world: &mut World,
    caller: &Caller,
    request: &WireRequest,
) -> WireResponse {
    match answer(world, caller, request) {
        Ok(response) => response,
        Err(error) => rest::error_response(&error),
    }
}

fn answer(
    world: &mut World,
    caller: &Caller,
    request: &WireRequest,
) -> Result<WireResponse, ServiceError> {
    let gone = || ServiceError::client("ResourceNotFoundException", "no such domain").status(404);
    let arn = world.domain.hosts.get(&request.host).cloned().ok_or_else(gone)?;
    let path = percent_decode_str(&request.path).decode_utf8_lossy();
    let resource = format!("{arn}/{}", path.trim_start_matches('/'));
    world.authorize(caller, Access::to(action(&request.method), &resource))?;
    let now = world.now();
    let domain = world.domain.domains.get_mut(&arn).filter(|domain| domain.is_up);
    let domain = domain.ok_or_else(gone)?;
    let response = domain.engine.handle(
        now,
        &HttpRequest {
            method: request.method.clone(),
            path: request.path.clone(),
            query: request.query_pairs(),
            content_type: request.header("content-type").map(str::to_owned),
            body: request.body.clone(),
        },
    );
    if request.method != Method::GET && request.method != Method::HEAD {
        world.trace(
            "es.request",
            &format!("{arn} {} {}", request.method, request.path),
            &request.body,
        );
    }
    Ok(WireResponse::new(response.status, response.content_type, response.body))
}

/// The action that a method needs.
fn action(method: &Method) -> &'static str {
    match *method {
        Method::HEAD => "es:ESHttpHead",
        Method::POST => "es:ESHttpPost",
        Method::PUT => "es:ESHttpPut",
        Method::DELETE => "es:ESHttpDelete",
        Method::PATCH => "es:ESHttpPatch",
        _ => "es:ESHttpGet",
    }
}

/// Sends a bulk request to one index of a domain, as Firehose does.
///
/// # Errors
/// `AccessDeniedException`; `ResourceNotFoundException` when there is no such domain, or it has no
/// endpoint yet; OpenSearch's own when it refuses the whole request.
pub(crate) fn bulk(
    world: &mut World,
    caller: &Caller,
    domain_arn: &str,
    index: &str,
    body: &Bytes,
) -> Result<BulkResponse, ServiceError> {
    let resource = format!("{domain_arn}/{index}/_bulk");
    world.authorize(caller, Access::to("es:ESHttpPost", &resource))?;
    let now = world.now();
    let domain = world.domain.domains.get_mut(domain_arn).filter(|domain| domain.is_up);
    let domain = domain.ok_or_else(|| {
        let message = format!("Domain not found: {domain_arn}");
        ServiceError::client("ResourceNotFoundException", message).status(404)
    })?;
    domain.engine.bulk(now, Some(index), body).map_err(|failure| {
        ServiceError::client(failure.kind().to_owned(), failure.reason()).status(failure.status())
    })
}
