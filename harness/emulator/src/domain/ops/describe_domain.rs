//! DescribeDomain and DescribeElasticsearchDomain.

use serde_json::json;

use super::super::status;
use super::{Form, domain};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// Tells what a domain is and whether it is up.
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
    let domain = domain(world, caller, &form.action("Describe"), request.label("DomainName"))?;
    json_response(200, &json!({ "DomainStatus": status::status(domain, form, now) }))
}
