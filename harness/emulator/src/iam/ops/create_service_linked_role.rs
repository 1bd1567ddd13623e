//! `CreateServiceLinkedRole`, for the services of the pipeline.

use crate::iam::entity::{Entity, EntityKind};
use crate::iam::error;
use crate::iam::read::Shape;
use crate::iam::role::Role;
use crate::iam::state::fold;
use crate::iam::tags::Tags;
use crate::iam::trust;
use crate::iam::view::{self, Detail};
use crate::kernel::{Access, Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// The services and the names of their roles; AWS has no rule that makes one of the other.
const ROLES: &[(&str, &str)] = &[
    ("cloudtrail.amazonaws.com", "AWSServiceRoleForCloudTrail"),
    ("delivery.logs.amazonaws.com", "AWSServiceRoleForLogDelivery"),
    ("es.amazonaws.com", "AWSServiceRoleForAmazonElasticsearchService"),
    ("guardduty.amazonaws.com", "AWSServiceRoleForAmazonGuardDuty"),
    ("opensearchservice.amazonaws.com", "AWSServiceRoleForAmazonOpenSearchService"),
];

/// Creates the role of a service. Its permissions are the service's business and are not modelled:
/// the services here do what they do for their roles themselves.
///
/// # Errors
/// `ValidationError`, `InvalidInput` when the role is there already or the service has none here,
/// `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let service = shape.word("AWSServiceName", 128);
    let description = shape.optional("Description", 0, 1_000);
    let suffix = shape.optional_word("CustomSuffix", 64);
    shape.finish()?;
    let known = ROLES.iter().find(|(known, _)| *known == service);
    let name = known.map_or("AWSServiceRoleFor", |(_, name)| *name);
    let account = caller.account;
    let path = format!("/aws-service-role/{service}/");
    let arn = format!("arn:aws:iam::{account}:role{path}{name}");
    let access = Access::to("iam:CreateServiceLinkedRole", &arn);
    world.authorize(caller, access.with("iam:AWSServiceName", service))?;
    if known.is_none() {
        let services: Vec<&str> = ROLES.iter().map(|(service, _)| *service).collect();
        return Err(error::invalid_input(format!(
            "Service role name for {service} is not known here; there are those of {}",
            services.join(", ")
        )));
    }
    if suffix.is_some() {
        return Err(error::invalid_input("Custom suffix is not allowed for ".to_owned() + service));
    }
    if world.iam.role(account, name).is_ok() {
        return Err(error::invalid_input(format!(
            "Service role name {name} has been taken in this account, please try a different suffix."
        )));
    }
    let text = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"Service":"{service}"}},"Action":"sts:AssumeRole"}}]}}"#
    );
    let (trust, trusted_ids) = trust::read(&world.iam, account, name, &text)?;
    let entity = Entity {
        kind: EntityKind::Role,
        account,
        name: name.to_owned(),
        path,
        id: format!("AROA{}", world.iam.ids.upper(17)),
        created: world.now,
        inline: std::collections::BTreeMap::new(),
        attached: Vec::new(),
        boundary: None,
        tags: Tags::default(),
    };
    let description = description.map(str::to_owned);
    let role = Role { entity, trust, trusted_ids, max_session_s: 3_600, description };
    let answer = view::role(&role, Detail::Whole);
    world.iam.directory(account).roles.insert(fold(name).into_owned(), role);
    world.trace("role", &arn, b"");
    Ok(Some(Element::new("Result").child(answer)))
}
