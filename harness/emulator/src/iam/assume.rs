//! A service takes on a role.

use tributary_vocabulary::{AccountId, Region};

use crate::kernel::{Access, ArnParts, Caller, ServiceError, World};
use crate::policy::Policies;

/// A service takes on a role: its trust policy decides, with `aws:SourceArn` and
/// `aws:SourceAccount` of the resource on whose behalf it does so, and the account as
/// `sts:ExternalId`, which Firehose sends (iam reference, policy documents of the pipeline).
///
/// # Errors
/// `AccessDeniedException` when the role does not exist or its trust policy does not let it.
pub(crate) fn assume_role_for_service(
    world: &mut World,
    service: &str,
    role_arn: &str,
    region: &Region,
    source_account: AccountId,
    source_arn: &str,
) -> Result<Caller, ServiceError> {
    let denied = || {
        ServiceError::access_denied(format!(
            "User: {service} is not authorized to perform: sts:AssumeRole on resource: {role_arn}"
        ))
    };
    let owner = ArnParts::split(role_arn).and_then(|arn| arn.account_id()).ok_or_else(denied)?;
    let name = role_arn.rsplit('/').next().unwrap_or_default();
    let role = world.iam.role(owner, name).map_err(|_| denied())?;
    let caller =
        Caller::service(service, source_account, region.clone(), Some(source_arn.to_owned()));
    let policies = Policies { resource: Some(role.trust.clone()), ..Policies::default() };
    let access =
        Access::to("sts:AssumeRole", role_arn).with("sts:ExternalId", source_account.as_str());
    let session = service.split('.').next().unwrap_or(service).to_owned();
    let role_name = role.name.clone();
    let decision = world.decide_with(&caller, &access, owner, &policies);
    if decision.is_allowed() {
        return Ok(Caller::session(owner, region.clone(), &role_name, &session));
    }
    let error = ServiceError::access_denied(decision.sentence());
    world.refused(&decision);
    Err(error)
}
