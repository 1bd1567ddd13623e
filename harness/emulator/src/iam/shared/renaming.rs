//! Another name or path for a user or group.

use tributary_vocabulary::AccountId;

use crate::iam::entity::EntityKind;
use crate::iam::error;
use crate::iam::read::Shape;
use crate::kernel::{ServiceError, World};

/// What is to change.
pub(in crate::iam) struct Change<'p> {
    name: Option<&'p str>,
    path: Option<&'p str>,
}

impl<'p> Change<'p> {
    /// Reads `NewUserName` or `NewGroupName`, and `NewPath`.
    pub(in crate::iam) fn read(shape: &mut Shape<'p>, kind: EntityKind) -> Self {
        let name = shape.optional_word(&format!("New{}", kind.parameter()), kind.name_max());
        Self { name, path: shape.optional_path("NewPath") }
    }

    /// Changes the entity, which still has to be put under its new name; its old and new ARN.
    ///
    /// # Errors
    /// `NoSuchEntity`, `EntityAlreadyExists`.
    pub(in crate::iam) fn apply(
        self,
        world: &mut World,
        account: AccountId,
        kind: EntityKind,
        name: &str,
    ) -> Result<(String, String), ServiceError> {
        world.iam.entity(account, kind, name)?;
        if let Some(new) = self.name
            && !new.eq_ignore_ascii_case(name)
            && world.iam.entity(account, kind, new).is_ok()
        {
            let message = format!("{} with name {new} already exists.", kind.title());
            return Err(error::exists(message));
        }
        let entity = world.iam.entity_mut(account, kind, name)?;
        let old = entity.arn();
        if let Some(name) = self.name {
            name.clone_into(&mut entity.name);
        }
        if let Some(path) = self.path {
            path.clone_into(&mut entity.path);
        }
        Ok((old, entity.arn()))
    }
}
