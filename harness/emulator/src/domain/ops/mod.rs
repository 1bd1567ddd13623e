//! The operations of OpenSearch Service, one a file, each in both generations.

pub mod add_tags;
pub mod create_domain;
pub mod delete_domain;
pub mod describe_domain;
pub mod describe_domain_config;
pub mod describe_domains;
pub mod list_domain_names;
pub mod list_tags;
pub mod remove_tags;
pub mod update_domain_config;

use super::form::Form;
use super::name;
use super::state::Domain;
use crate::kernel::{Access, Caller, ServiceError, World};

/// Asks the policies, then finds the caller's domain of this name.
///
/// # Errors
/// `ValidationException`, `AccessDeniedException`, `ResourceNotFoundException`.
fn domain<'w>(
    world: &'w mut World,
    caller: &Caller,
    action: &str,
    named: &str,
) -> Result<&'w mut Domain, ServiceError> {
    name::check(named)?;
    world.authorize(caller, Access::to(action, &name::arn_of(caller, named)))?;
    world.domain.domain_mut(caller, named)
}

/// Asks the policies, then finds the domain of this ARN.
///
/// # Errors
/// `ValidationException`, `AccessDeniedException`, `ResourceNotFoundException`.
fn domain_of_arn<'w>(
    world: &'w mut World,
    caller: &Caller,
    action: &str,
    arn: Option<&str>,
) -> Result<&'w mut Domain, ServiceError> {
    let Some(arn) = arn.filter(|arn| !arn.is_empty()) else {
        return Err(ServiceError::validation(
            "1 validation error detected: Value null at 'aRN' failed to satisfy constraint: Member \
             must not be null",
        ));
    };
    world.authorize(caller, Access::to(action, arn))?;
    world.domain.domains.get_mut(arn).ok_or_else(|| name::not_found(arn))
}
