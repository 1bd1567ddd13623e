//! RemoveTags.

use serde_json::{Map, Value};

use super::{Form, domain_of_arn};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// Takes tags off a domain; keys that it has not are ignored.
///
/// # Errors
/// `ValidationException`, `AccessDeniedException`, `ResourceNotFoundException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    _form: Form,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let input: Map<String, Value> = request.json()?;
    let keys = input.get("TagKeys").and_then(Value::as_array);
    let Some(keys) = keys else {
        return Err(ServiceError::validation("TagKeys must be a list of keys"));
    };
    let arn = input.get("ARN").and_then(Value::as_str);
    let domain = domain_of_arn(world, caller, "es:RemoveTags", arn)?;
    domain.tags.retain(|key, _| !keys.iter().any(|gone| gone == key));
    Ok(WireResponse::empty(200))
}
