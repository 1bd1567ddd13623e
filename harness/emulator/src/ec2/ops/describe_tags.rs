//! DescribeTags.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::ec2::describe::Describing;
use crate::ec2::error::no_resource;
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// A tag on a resource.
struct Tag {
    resource: Arc<str>,
    kind: &'static str,
    key: String,
    value: String,
}

/// Lists tags, one by one with the resources they hang on.
///
/// # Errors
/// `InvalidParameterValue`, `AccessDeniedException`, `DryRunOperation`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let describing = Describing {
        action: "ec2:DescribeTags",
        ids: "-",
        filters: &["key", "value", "resource-id", "resource-type", "tag"],
        least: 5,
    };
    let asked = describing.ask(world, caller, parameters)?;
    let place = world.ec2.of(caller);
    let mut all: BTreeMap<Arc<str>, Tag> = BTreeMap::new();
    for (resource, tags) in &place.tags {
        let Some(kind) = place.kind(resource) else { continue };
        for (key, value) in tags {
            let (key, value) = (key.clone(), value.clone());
            let tag = Tag { resource: Arc::clone(resource), kind, key, value };
            all.insert(format!("{resource} {}", tag.key).into(), tag);
        }
    }
    asked.answer(
        "tagSet",
        (&all, &BTreeMap::new()),
        no_resource,
        |filter, _, tag| {
            Some(match filter {
                "key" => tag.key.clone(),
                "value" => tag.value.clone(),
                "resource-id" => tag.resource.as_ref().to_owned(),
                "resource-type" => tag.kind.to_owned(),
                "tag" => format!("{}={}", tag.key, tag.value),
                _ => return None,
            })
        },
        |_, tag, _| {
            Element::new("item")
                .child(Element::text("resourceId", &*tag.resource))
                .child(Element::text("resourceType", tag.kind))
                .child(Element::text("key", tag.key.as_str()))
                .child(Element::text("value", tag.value.as_str()))
        },
    )
}
