//! `GetSessionToken`.

use tributary_vocabulary::AccountId;

use crate::iam::policies::session_of;
use crate::iam::read::Shape;
use crate::iam::session::Session;
use crate::iam::tags::Tags;
use crate::kernel::{Caller, ServiceError, World};
use crate::policy::Principal;
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::assume_role::{credentials, refuse_mfa};

/// Makes short-term keys of a user, or of a root; needs no permission.
///
/// # Errors
/// `ValidationError`, `AccessDenied` when a session calls.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_sts(parameters);
    let duration = shape.integer("DurationSeconds", 900, 129_600);
    shape.finish()?;
    refuse_mfa(parameters)?;
    let of_session = || {
        ServiceError::access_denied(
            "Cannot call GetSessionToken with session credentials".to_owned(),
        )
    };
    if session_of(world, caller).is_some() {
        return Err(of_session());
    }
    let (entity_id, longest) = match &caller.principal {
        Principal::Root { account } => (AccountId::to_string(account), 3_600),
        Principal::User { account, name } => {
            (world.iam.user(*account, name)?.entity.id.clone(), 129_600)
        }
        _ => return Err(of_session()),
    };
    // A root's keys last an hour at the most, whatever was asked for.
    let seconds = duration.unwrap_or(43_200).min(longest);
    let ids = &mut world.iam.ids;
    let session = Session {
        principal: caller.principal.clone(),
        entity_id,
        secret: super::create_access_key::secret(ids),
        token: super::assume_role::token(ids),
        issued: world.now,
        expires: world.now.plus_s(seconds),
        policy: None,
        policy_arns: Vec::new(),
        tags: Tags::default(),
        transitive: Vec::new(),
        source_identity: None,
    };
    let answer = credentials(world, caller.account, session);
    Ok(Some(Element::new("Result").child(answer)))
}
