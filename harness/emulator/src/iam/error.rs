//! IAM's errors in their own words (iam reference, protocol).

use crate::kernel::ServiceError;

use super::entity::EntityKind;

/// `NoSuchEntity`, 404.
pub(super) fn no_such_entity(message: impl Into<String>) -> ServiceError {
    ServiceError::client("NoSuchEntity", message).status(404)
}

/// `The role with name X cannot be found.`
pub(super) fn no_entity(kind: EntityKind, name: &str) -> ServiceError {
    no_such_entity(format!("The {} with name {name} cannot be found.", kind.noun()))
}

/// `The role policy with name P cannot be found.`
pub(super) fn no_inline(kind: EntityKind, policy: &str) -> ServiceError {
    no_such_entity(format!("The {} policy with name {policy} cannot be found.", kind.noun()))
}

/// `Policy ARN was not found.`; of AWS's own policies only some are held here.
pub(super) fn no_policy(arn: &str) -> ServiceError {
    no_such_entity(format!("Policy {arn} was not found.{}", hint(arn)))
}

/// `Policy ARN does not exist or is not attachable.`
pub(super) fn not_attachable(arn: &str) -> ServiceError {
    no_such_entity(format!("Policy {arn} does not exist or is not attachable.{}", hint(arn)))
}

/// `Policy ARN version V does not exist or is not attachable.`
pub(super) fn no_version(arn: &str, version: &str) -> ServiceError {
    no_such_entity(format!("Policy {arn} version {version} does not exist or is not attachable."))
}

/// Of AWS's own policies only those are held whose text is known for certain.
pub(super) fn hint(arn: &str) -> &'static str {
    if arn.starts_with(super::managed::AWS_PREFIX) {
        " (This emulator holds only some of AWS's own managed policies; iam:ListPolicies with \
         Scope=AWS lists them. Put the text of others into a policy of your own.)"
    } else {
        ""
    }
}

/// `EntityAlreadyExists`, 409.
pub(super) fn exists(message: impl Into<String>) -> ServiceError {
    ServiceError::client("EntityAlreadyExists", message).status(409)
}

/// `DeleteConflict`, 409.
pub(super) fn conflict(message: impl Into<String>) -> ServiceError {
    ServiceError::client("DeleteConflict", message).status(409)
}

/// `LimitExceeded`, 409.
pub(super) fn limit(message: impl Into<String>) -> ServiceError {
    ServiceError::client("LimitExceeded", message).status(409)
}

/// `LimitExceeded`: `Cannot exceed quota for NAME: N`.
pub(super) fn quota(name: &str, most: usize) -> ServiceError {
    limit(format!("Cannot exceed quota for {name}: {most}"))
}

/// `InvalidInput`, 400.
pub(super) fn invalid_input(message: impl Into<String>) -> ServiceError {
    ServiceError::client("InvalidInput", message)
}

/// `ValidationError`, 400.
pub(super) fn validation(message: impl Into<String>) -> ServiceError {
    ServiceError::client("ValidationError", message)
}

/// `MalformedPolicyDocument`, 400.
pub(super) fn malformed(message: impl Into<String>) -> ServiceError {
    ServiceError::client("MalformedPolicyDocument", message)
}

/// `UnmodifiableEntity`, 400: a role that belongs to a service.
pub(super) fn protected(role: &str) -> ServiceError {
    ServiceError::client(
        "UnmodifiableEntity",
        format!(
            "Cannot perform the operation on the protected role '{role}' - this role is only \
             modifiable by AWS"
        ),
    )
}
