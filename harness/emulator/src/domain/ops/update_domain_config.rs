//! UpdateDomainConfig and UpdateElasticsearchDomainConfig.

use serde_json::{Map, Value, json};

use super::super::status;
use super::{Form, domain};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// Changes the options of a domain. A new access policy decides at once; on AWS it takes up to some
/// minutes.
///
/// # Errors
/// `ValidationException`, `InvalidTypeException`, `AccessDeniedException`,
/// `ResourceNotFoundException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    form: Form,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let input: Map<String, Value> = request.json()?;
    let now = world.now();
    let until = now.plus_ms(world.settings.domain.update_ms);
    let named = request.label("DomainName");
    let dry_run = input.get("DryRun") == Some(&Value::Bool(true));
    let domain = domain(world, caller, &form.config_action("Update"), named)?;
    let mut options = domain.options.clone();
    options.change(form, named, &input)?;
    if !dry_run {
        domain.engine.set_allow_explicit_index(options.allows_explicit_index());
        domain.options = options;
        domain.processing_until = until;
    }
    let arn = domain.arn.clone();
    let answer = json!({ "DomainConfig": status::config(domain, form, now) });
    world.trace("es.update", &arn, &request.wire.body);
    json_response(200, &answer)
}
