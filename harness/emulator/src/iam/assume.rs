//! A service takes on a role.

use tributary_vocabulary::{AccountId, Region};

use crate::kernel::{Access, ArnParts, Caller, ServiceError, World};

/// A service takes on a role: its trust policy decides, with `aws:SourceArn` and
/// `aws:SourceAccount` of the resource on whose behalf it does so, and the account as
/// `sts:ExternalId`, which Firehose sends (iam reference, policy documents of the pipeline). The
/// resource control policies over the role's account have their say as well.
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
    let role = world.iam.role_of_arn(owner, role_arn).ok_or_else(denied)?;
    let role_name = role.entity.qualified_name();
    let caller =
        Caller::service(service, source_account, region.clone(), Some(source_arn.to_owned()));
    let access =
        Access::to("sts:AssumeRole", role_arn).with("sts:ExternalId", source_account.as_str());
    let decision = world.decide(&caller, access);
    if decision.is_allowed() {
        let session = service.split('.').next().unwrap_or(service);
        return Ok(Caller::session(owner, region.clone(), &role_name, session));
    }
    let error = ServiceError::access_denied(decision.sentence());
    world.refused(&decision);
    Err(error)
}

/// Whether there is a role of this ARN.
pub(crate) fn has_role(world: &World, role_arn: &str) -> bool {
    let owner = ArnParts::split(role_arn).and_then(|arn| arn.account_id());
    owner.is_some_and(|owner| world.iam.role_of_arn(owner, role_arn).is_some())
}

/// A session takes on a further role: the caller's own policies have to let it, and the trust
/// policy of the role has to admit the caller (iam reference, cross-account rules).
///
/// # Errors
/// `AccessDeniedException` when the role does not exist or either side does not let it.
pub(crate) fn assume_role_from(
    world: &mut World,
    caller: &Caller,
    role_arn: &str,
    session: &str,
) -> Result<Caller, ServiceError> {
    let denied = || {
        ServiceError::access_denied(format!(
            "User: {} is not authorized to perform: sts:AssumeRole on resource: {role_arn}",
            caller.principal
        ))
    };
    let owner = ArnParts::split(role_arn).and_then(|arn| arn.account_id()).ok_or_else(denied)?;
    let role = world.iam.role_of_arn(owner, role_arn).ok_or_else(denied)?;
    let role_name = role.entity.qualified_name();
    let decision = world.decide(caller, Access::to("sts:AssumeRole", role_arn));
    if decision.is_allowed() {
        return Ok(Caller::session(owner, caller.region.clone(), &role_name, session));
    }
    let error = ServiceError::access_denied(decision.sentence());
    world.refused(&decision);
    Err(error)
}
