//! DescribeDomains and DescribeElasticsearchDomains.

use serde::Deserialize;
use serde_json::json;

use super::super::{name, status};
use super::Form;
use crate::kernel::{Access, Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// The most domains of a call.
const DOMAINS_MAX: usize = 5;

#[derive(Deserialize)]
struct Input {
    #[serde(rename = "DomainNames", default)]
    domain_names: Vec<String>,
}

/// Tells what up to five domains are; names without a domain are left out.
///
/// # Errors
/// `ValidationException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    form: Form,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let input: Input = request.json()?;
    if input.domain_names.len() > DOMAINS_MAX {
        return Err(ServiceError::validation(format!(
            "Please provide a maximum of {DOMAINS_MAX} domain names to describe."
        )));
    }
    let now = world.now();
    let mut found = Vec::new();
    for named in &input.domain_names {
        name::check(named)?;
        let arn = name::arn_of(caller, named);
        world.authorize(caller, Access::to(&format!("{}s", form.action("Describe")), &arn))?;
        found.extend(world.domain.domains.get(&arn).map(|d| status::status(d, form, now)));
    }
    json_response(200, &json!({ "DomainStatusList": found }))
}
