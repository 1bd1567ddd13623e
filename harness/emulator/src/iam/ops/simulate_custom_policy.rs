//! `SimulateCustomPolicy`.

use crate::iam::read::Shape;
use crate::iam::shared::simulation;
use crate::kernel::{Access, Caller, ServiceError, World};
use crate::policy::Policies;
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Decides what the policies of the request would permit. Nothing of the world is looked at.
///
/// # Errors
/// `ValidationError`, `InvalidInput`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let page = shape.page();
    shape.finish()?;
    world.authorize(caller, Access::to("iam:SimulateCustomPolicy", "*"))?;
    simulation::answer(&simulation::input(parameters), Policies::default(), &page)
}
