//! What creating a role, a user and a group have in common, and listing them.

use std::collections::BTreeMap;

use crate::iam::access::check_listing;
use crate::iam::entity::{Entity, EntityKind};
use crate::iam::read::Shape;
use crate::iam::tags::Tags;
use crate::kernel::{Access, Caller, ServiceError, World};
use crate::policy::Context;
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::{Answer, boundary};

/// What a request to create an entity says, as far as the three are alike.
pub(in crate::iam) struct Creation<'p> {
    pub(in crate::iam) kind: EntityKind,
    pub(in crate::iam) name: &'p str,
    pub(in crate::iam) path: &'p str,
    pub(in crate::iam) boundary: Option<&'p str>,
    pub(in crate::iam) tags: Tags,
}

impl<'p> Creation<'p> {
    /// Reads it; a group has neither boundary nor tags.
    pub(in crate::iam) fn read(shape: &mut Shape<'p>, kind: EntityKind) -> Self {
        let name = shape.word(kind.parameter(), kind.name_max());
        let path = shape.path();
        let has_more = kind != EntityKind::Group;
        Self {
            kind,
            name,
            path,
            boundary: has_more.then(|| shape.optional("PermissionsBoundary", 20, 2_048)).flatten(),
            tags: if has_more { shape.tags() } else { Tags::default() },
        }
    }

    /// Whether the caller may create it.
    ///
    /// # Errors
    /// `AccessDenied`.
    pub(in crate::iam) fn authorize(
        &self,
        world: &mut World,
        caller: &Caller,
        action: &str,
    ) -> Result<(), ServiceError> {
        let noun = self.kind.noun();
        let arn = format!("arn:aws:iam::{}:{noun}{}{}", caller.account, self.path, self.name);
        let mut context = self.tags.tell_request(Context::new());
        if let Some(boundary) = self.boundary {
            context = context.with("iam:PermissionsBoundary", boundary);
        }
        world.authorize(caller, Access { context, ..Access::to(action, &arn) })
    }

    /// The new entity, with nothing on it but its boundary and tags.
    ///
    /// # Errors
    /// `EntityAlreadyExists`, `LimitExceeded`, `NoSuchEntity` of the boundary.
    pub(in crate::iam) fn entity(
        self,
        world: &mut World,
        caller: &Caller,
    ) -> Result<Entity, ServiceError> {
        world.iam.admit(caller.account, self.kind, self.name)?;
        if let Some(policy) = self.boundary {
            boundary::validate(&world.iam, policy)?;
        }
        let entity = Entity {
            kind: self.kind,
            account: caller.account,
            name: self.name.to_owned(),
            path: self.path.to_owned(),
            id: format!("{}{}", self.kind.id_prefix(), world.iam.ids.upper(17)),
            created: world.now,
            inline: BTreeMap::new(),
            attached: Vec::new(),
            boundary: self.boundary.map(str::to_owned),
            tags: self.tags,
        };
        world.trace(self.kind.noun(), &entity.arn(), b"");
        Ok(entity)
    }
}

/// Lists the entities of a kind, below a path; `show` makes an element of each.
pub(in crate::iam) fn list(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
    (kind, action, list): (EntityKind, &str, &'static str),
    show: impl Fn(&World, &Entity) -> Element,
) -> Answer {
    let mut shape = Shape::of_iam(parameters);
    let prefix = shape.path_prefix();
    let page = shape.page();
    shape.finish()?;
    let resource = format!("{}{prefix}", kind.noun());
    check_listing(world, caller, action, &resource)?;
    let entities = world.iam.accounts.get(&caller.account).into_iter();
    let entities = entities
        .flat_map(|directory| directory.entities(kind))
        .filter(|entity| entity.path.starts_with(prefix))
        .map(|entity| (entity.name.to_lowercase(), show(world, entity)));
    Ok(Some(page.list(Element::new("Result"), list, entities)))
}
