//! `CreateRole` (iam reference, operations).

use crate::iam::entity::EntityKind;
use crate::iam::read::Shape;
use crate::iam::role::Role;
use crate::iam::shared::create::Creation;
use crate::iam::state::fold;
use crate::iam::trust;
use crate::iam::view::{self, Detail};
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Creates a role with its trust policy, whose users and roles have to exist.
///
/// # Errors
/// `ValidationError`, `EntityAlreadyExists`, `MalformedPolicyDocument`, `LimitExceeded`,
/// `NoSuchEntity` of the boundary, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let creation = Creation::read(&mut shape, EntityKind::Role);
    let trust = shape.document("AssumeRolePolicyDocument");
    let description = shape.optional("Description", 0, 1_000);
    let max_session_s = shape.integer("MaxSessionDuration", 3_600, 43_200).unwrap_or(3_600);
    shape.finish()?;
    creation.authorize(world, caller, "iam:CreateRole")?;
    let (trust, trusted_ids) = trust::read(&world.iam, caller.account, creation.name, trust)?;
    let entity = creation.entity(world, caller)?;
    let description = description.map(str::to_owned);
    let role = Role { entity, trust, trusted_ids, max_session_s, description };
    let answer = view::role(&role, Detail::Whole);
    let key = fold(&role.entity.name).into_owned();
    world.iam.directory(caller.account).roles.insert(key, role);
    Ok(Some(Element::new("Result").child(answer)))
}
