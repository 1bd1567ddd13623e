//! `GetAccessKeyInfo`.

use crate::iam::error;
use crate::iam::key_id;
use crate::iam::read::Shape;
use crate::kernel::{Access, Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Tells the account that an access key belongs to, whether or not the key exists: its id says so.
///
/// # Errors
/// `ValidationError`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_sts(parameters);
    let id = shape.required("AccessKeyId", 16, 128);
    shape.finish()?;
    world.authorize(caller, Access::to("sts:GetAccessKeyInfo", "*"))?;
    let is_key = ["AKIA", "ASIA"].iter().any(|prefix| id.starts_with(prefix));
    let account = key_id::account(id).filter(|_| is_key);
    let account =
        account.ok_or_else(|| error::validation(format!("Invalid access key id: {id}")))?;
    Ok(Some(Element::new("Result").child(Element::text("Account", account.as_str()))))
}
