//! A step of the set-up: done, refused by a policy, or failed.

use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use tributary_vocabulary::{AccountId, Source};

use super::ProvisionError;

/// What was set up, and what policies refused.
#[derive(Debug, Default)]
pub(crate) struct Provisioned {
    /// The steps that a policy refused; the pipeline stands without them.
    pub(crate) refused: Vec<RefusedStep>,
}

/// A step that a policy refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RefusedStep {
    /// The account in which it was to be done.
    pub(crate) account: AccountId,
    /// The source whose events stop without it; `None` when all do.
    pub(crate) source: Option<Source>,
    /// The operation.
    pub(crate) operation: &'static str,
    /// What the service answered.
    pub(crate) message: String,
}

impl Provisioned {
    /// Whether this step was refused, so that what builds on it cannot be done.
    pub(super) fn lacks(&self, operation: &str) -> bool {
        self.refused.iter().any(|step| step.operation == operation)
    }

    /// Takes a call's outcome: a refusal is noted, so that the run can show what it leads to.
    pub(super) fn note<T, E>(
        &mut self,
        account: AccountId,
        source: Option<Source>,
        operation: &'static str,
        outcome: Result<T, E>,
    ) -> Result<Option<T>, ProvisionError>
    where
        E: ProvideErrorMetadata + std::error::Error,
    {
        match outcome {
            Ok(output) => Ok(Some(output)),
            Err(error) if is_refusal(&error) => {
                let message = error.message().unwrap_or_default().to_owned();
                self.refused.push(RefusedStep { account, source, operation, message });
                Ok(None)
            }
            Err(error) => Err(failed(operation, error)),
        }
    }
}

/// Whether a policy stood in the way: the caller's, the resource's, or the trust policy of a role.
fn is_refusal<E: ProvideErrorMetadata>(error: &E) -> bool {
    let code = error.code().unwrap_or_default();
    let message = error.message().unwrap_or_default();
    code.starts_with("AccessDenied")
        || message.contains("not authorized to perform")
        || message.contains("unable to assume")
        || message.contains("Could not deliver test message")
}

/// The error of a step that failed.
pub(super) fn failed<E: std::error::Error>(step: &str, error: E) -> ProvisionError {
    ProvisionError::Call { step: step.to_owned(), message: DisplayErrorContext(error).to_string() }
}
