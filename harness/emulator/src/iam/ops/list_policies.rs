//! `ListPolicies`.

use crate::iam::access::check_listing;
use crate::iam::read::Shape;
use crate::iam::view::{self, Detail};
use crate::kernel::{Caller, ServiceError, World};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// Lists the managed policies of the account and those of AWS that are held here.
///
/// # Errors
/// `ValidationError`, `MalformedInput`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let scope = shape.choice("Scope", &["All", "AWS", "Local"]).unwrap_or("All");
    let only_attached = shape.boolean("OnlyAttached");
    let prefix = shape.path_prefix();
    let usage = shape.choice("PolicyUsageFilter", &["PermissionsPolicy", "PermissionsBoundary"]);
    let page = shape.page();
    shape.finish()?;
    check_listing(world, caller, "iam:ListPolicies", &format!("policy{prefix}"))?;
    let state = &world.iam;
    let own = state.accounts.get(&caller.account).into_iter();
    let own = own.flat_map(|directory| directory.managed.values());
    let mut policies: Vec<_> = own
        .filter(|_| scope != "AWS")
        .chain(state.of_aws.values().filter(|_| scope != "Local"))
        .filter(|policy| policy.path.starts_with(prefix))
        .filter(|policy| {
            let (attached, bounds) = view::usage(state, caller.account, &policy.arn);
            match usage {
                Some("PermissionsPolicy") => attached > 0,
                Some(_) => bounds > 0,
                None => !only_attached || attached > 0,
            }
        })
        .map(|policy| {
            let element = view::policy(state, caller.account, policy, Detail::Listed);
            (policy.arn.clone(), element)
        })
        .collect();
    policies.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(Some(page.list(Element::new("Result"), "Policies", policies)))
}
