//! IAM and STS: users, roles, their policies and keys.

use tributary_vocabulary::{AccountId, Region, Seed};

use crate::kernel::{Caller, ServiceError, World};
use crate::policy::{Context, Policies, Principal};
use crate::protocol::query::QueryOperation;

/// The namespace of IAM's responses.
pub const NAMESPACE: &str = "https://iam.amazonaws.com/doc/2010-05-08/";
/// The namespace of STS's responses.
pub const STS_NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// The rows of IAM's operation table.
pub const OPERATIONS: &[QueryOperation] = &[];
/// The rows of STS's operation table.
pub const STS_OPERATIONS: &[QueryOperation] = &[];

/// All that the service holds.
#[derive(Debug)]
pub struct State {
    seed: Seed,
}

impl State {
    pub(crate) fn new(seed: Seed) -> Self {
        Self { seed }
    }
}

/// The identity side of a principal's policies: inline and attached ones, boundary, session
/// policies, and those of its organisation. The resource side is empty.
pub(crate) fn policies_of(_world: &World, _principal: &Principal) -> Policies {
    Policies::default()
}

/// Adds the keys that tell of the principal: `aws:PrincipalArn`, `aws:PrincipalAccount`, …
pub(crate) fn principal_context(_world: &World, _caller: &Caller, context: Context) -> Context {
    context
}

/// The principal whose access key this is.
pub(crate) fn principal_of_key(_world: &World, _key: &str) -> Option<Principal> {
    None
}

/// A service takes on a role: its trust policy decides, with `aws:SourceArn` and
/// `aws:SourceAccount` of the resource on whose behalf it does so.
///
/// # Errors
/// `AccessDeniedException` when the role does not exist or its trust policy does not let it.
pub(crate) fn assume_role_for_service(
    _world: &mut World,
    _service: &str,
    role_arn: &str,
    _region: &Region,
    _source_account: AccountId,
    _source_arn: &str,
) -> Result<Caller, ServiceError> {
    Err(ServiceError::access_denied(role_arn.to_owned()))
}
