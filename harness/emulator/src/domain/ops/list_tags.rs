//! ListTags.

use serde_json::json;

use super::{Form, domain_of_arn};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// Lists the tags of a domain.
///
/// # Errors
/// `ValidationException`, `AccessDeniedException`, `ResourceNotFoundException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    _form: Form,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let domain = domain_of_arn(world, caller, "es:ListTags", request.parameter("arn"))?;
    let tags = domain.tags.iter().map(|(key, value)| json!({ "Key": key, "Value": value }));
    json_response(200, &json!({ "TagList": tags.collect::<Vec<_>>() }))
}
