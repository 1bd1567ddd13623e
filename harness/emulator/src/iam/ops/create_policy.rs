//! `CreatePolicy`.

use std::collections::BTreeMap;

use crate::iam::document::{parse, size};
use crate::iam::error;
use crate::iam::managed::{ManagedPolicy, PolicyVersion};
use crate::iam::read::Shape;
use crate::iam::state::{fold, named};
use crate::iam::view::{self, Detail};
use crate::kernel::{Access, Caller, ServiceError, World};
use crate::policy::{Context, NamedPolicy, PolicyKind};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// The most characters of a managed policy, blanks not counted.
const POLICY_MAX: usize = 6_144;
/// How many managed policies an account may have.
const POLICIES_MAX: usize = 1_500;

/// Creates a managed policy, with its first version in force.
///
/// # Errors
/// `ValidationError`, `InvalidInput`, `EntityAlreadyExists`, `MalformedPolicyDocument`,
/// `LimitExceeded`, `AccessDenied`.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let mut shape = Shape::of_iam(parameters);
    let name = shape.word("PolicyName", 128);
    let path = shape.path();
    let text = shape.document("PolicyDocument");
    let description = shape.optional("Description", 0, 1_000);
    let tags = shape.tags();
    shape.finish()?;
    let account = caller.account;
    let arn = format!("arn:aws:iam::{account}:policy{path}{name}");
    let context = tags.tell_request(Context::new());
    world.authorize(caller, Access { context, ..Access::to("iam:CreatePolicy", &arn) })?;
    let policy = read(name, account, 1, text)?;
    let known = &mut world.iam.directory(account).managed;
    if known.contains_key(fold(name).as_ref()) {
        return Err(error::exists(format!(
            "A policy called {name} already exists. Duplicate names are not allowed."
        )));
    }
    if known.len() >= POLICIES_MAX {
        return Err(error::quota("PoliciesPerAccount", POLICIES_MAX));
    }
    let created = world.now;
    let policy = ManagedPolicy {
        arn: arn.clone(),
        name: name.to_owned(),
        path: path.to_owned(),
        id: format!("ANPA{}", world.iam.ids.upper(17)),
        description: description.map(str::to_owned),
        created,
        updated: created,
        versions: BTreeMap::from([(1, PolicyVersion { created, policy })]),
        default: 1,
        next: 2,
        tags,
    };
    let answer = view::policy(&world.iam, account, &policy, Detail::Whole);
    world.iam.directory(account).managed.insert(fold(name).into_owned(), policy);
    world.trace("managed policy", &arn, text.as_bytes());
    Ok(Some(Element::new("Result").child(answer)))
}

/// Reads the document of a version.
///
/// # Errors
/// `MalformedPolicyDocument`, `LimitExceeded`.
pub(super) fn read(
    name: &str,
    account: tributary_vocabulary::AccountId,
    version: u32,
    text: &str,
) -> Result<NamedPolicy, ServiceError> {
    let document = parse(text, PolicyKind::Identity)?;
    if size(text) > POLICY_MAX {
        return Err(error::quota("PolicySize", POLICY_MAX));
    }
    Ok(named(format!("managed policy {name} v{version} ({account})"), document))
}
