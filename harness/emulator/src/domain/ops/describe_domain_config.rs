//! DescribeDomainConfig and DescribeElasticsearchDomainConfig.

use serde_json::json;

use super::super::status;
use super::{Form, domain};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// Tells the options of a domain, each with its state.
///
/// # Errors
/// `ValidationException`, `AccessDeniedException`, `ResourceNotFoundException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    form: Form,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let now = world.now();
    let action = form.config_action("Describe");
    let domain = domain(world, caller, &action, request.label("DomainName"))?;
    json_response(200, &json!({ "DomainConfig": status::config(domain, form, now) }))
}
