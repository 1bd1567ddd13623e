//! ListDomainNames.

use serde_json::json;

use super::Form;
use crate::kernel::{Access, Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// Lists the caller's domains of the Region, all or those of one engine (`engineType`).
///
/// # Errors
/// `AccessDeniedException`, `ValidationException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    _form: Form,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    world.authorize(caller, Access::to("es:ListDomainNames", "*"))?;
    let engine = request.parameter("engineType");
    if let Some(other) = engine.filter(|name| !matches!(*name, "OpenSearch" | "Elasticsearch")) {
        return Err(ServiceError::validation(format!(
            "1 validation error detected: Value '{other}' at 'engineType' failed to satisfy \
             constraint: Member must satisfy enum value set: [OpenSearch, Elasticsearch]"
        )));
    }
    let names: Vec<_> = world
        .domains()
        .filter(|domain| domain.account == caller.account && domain.region == caller.region)
        .filter_map(|domain| {
            let kind = domain.version.split('_').next()?;
            let wanted = engine.is_none_or(|engine| engine == kind);
            wanted.then(|| json!({ "DomainName": domain.name, "EngineType": kind }))
        })
        .collect();
    json_response(200, &json!({ "DomainNames": names }))
}
