//! CreateDomain and CreateElasticsearchDomain.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::super::options::Options;
use super::super::state::{Domain, Timer};
use super::super::{endpoint, name, status, version};
use super::Form;
use super::add_tags::read_tags;
use crate::kernel::{Access, Caller, ServiceError, Timer as Due, WireResponse, World};
use crate::opensearch::{Engine, Identity};
use crate::protocol::rest::{RestRequest, json_response};

/// Creates a domain, which gets its endpoint after the delay of the settings.
///
/// # Errors
/// `ValidationException`, `InvalidTypeException`, `AccessDeniedException`,
/// `ResourceAlreadyExistsException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    form: Form,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let input: Map<String, Value> = request.json()?;
    let domain_name = input.get("DomainName").and_then(Value::as_str).unwrap_or_default();
    name::check(domain_name)?;
    let version = version_of(form, &input)?;
    let arn = name::arn_of(caller, domain_name);
    world.authorize(caller, Access::to(&form.action("Create"), &arn))?;
    if world.domain.domains.contains_key(&arn) {
        return Err(ServiceError::client(
            "ResourceAlreadyExistsException",
            format!("Domain already exists: {}", name::id_of(caller.account, domain_name)),
        )
        .status(409));
    }
    let mut options = Options::new();
    options.change(form, domain_name, &input)?;
    let tags = input.get("TagList").map_or(Ok(BTreeMap::new()), read_tags)?;
    let now = world.now();
    let host = endpoint::host(&mut world.domain.ids, domain_name, &caller.region, options.in_vpc());
    let engine = engine(world, caller, domain_name, &version, &options);
    let up = now.plus_ms(world.settings.domain.create_ms);
    let domain = Domain {
        name: domain_name.to_owned(),
        account: caller.account,
        region: caller.region.clone(),
        arn: arn.clone(),
        version,
        host: host.clone(),
        is_up: false,
        processing_until: up,
        is_deleted: false,
        tags,
        options,
        engine,
    };
    let answer = json!({ "DomainStatus": status::status(&domain, form, now) });
    world.domain.hosts.insert(host, arn.clone());
    world.domain.domains.insert(arn.clone(), domain);
    world.trace("es.create", &arn, &request.wire.body);
    world.set_timer(up, Due::Domain(Timer::Up { arn }));
    json_response(200, &answer)
}

fn version_of(form: Form, input: &Map<String, Value>) -> Result<String, ServiceError> {
    let given = input.get(form.version()).and_then(Value::as_str);
    let version = match (form, given) {
        (Form::OpenSearch, given) => given.unwrap_or(version::DEFAULT).to_owned(),
        (Form::Elasticsearch, None) => version::DEFAULT_ELASTICSEARCH.to_owned(),
        (Form::Elasticsearch, Some(given)) if given.contains('_') => given.to_owned(),
        (Form::Elasticsearch, Some(given)) => format!("Elasticsearch_{given}"),
    };
    version::check(&version)?;
    Ok(version)
}

/// The engine behind a new domain: an OpenSearch, whatever version it claims to be.
fn engine(world: &World, caller: &Caller, name: &str, version: &str, options: &Options) -> Engine {
    let id = name::id_of(caller.account, name);
    let number = version.rsplit('_').next().unwrap_or_default();
    let identity = Identity {
        cluster_name: id.replace('/', ":"),
        version: format!("{number}.0"),
        ..Identity::default()
    };
    let seed = world.domain.seed.child(&name::arn_of(caller, name));
    let mut engine = Engine::with_identity(seed, identity);
    engine.set_allow_explicit_index(options.allows_explicit_index());
    engine
}
