//! DeleteDomain and DeleteElasticsearchDomain.

use serde_json::json;

use super::super::state::Timer;
use super::super::status;
use super::{Form, domain};
use crate::kernel::{Caller, ServiceError, Timer as Due, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// Deletes a domain and all that lies in it, after the delay of the settings.
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
    let gone = now.plus_ms(world.settings.domain.delete_ms);
    let domain = domain(world, caller, &form.action("Delete"), request.label("DomainName"))?;
    domain.is_deleted = true;
    domain.is_up = false;
    let arn = domain.arn.clone();
    let answer = json!({ "DomainStatus": status::status(domain, form, now) });
    world.trace("es.delete", &arn, &[]);
    world.set_timer(gone, Due::Domain(Timer::Gone { arn }));
    json_response(200, &answer)
}
