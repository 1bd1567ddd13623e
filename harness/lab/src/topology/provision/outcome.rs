//! What came of a call of the set-up: done, refused, or failed.

use std::collections::BTreeMap;

use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use tributary_vocabulary::AccountId;

use super::ProvisionError;
use crate::topology::Step;

/// Why a call was not answered as wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CallError {
    /// AWS's code; empty when the call never reached the service.
    pub(super) code: String,
    /// What the service said.
    pub(super) message: String,
    /// All that is known, for an error that nobody expects.
    pub(super) whole: String,
}

impl CallError {
    /// The error of an SDK call.
    pub(super) fn of<E: ProvideErrorMetadata + std::error::Error>(error: E) -> Self {
        Self {
            code: error.code().unwrap_or_default().to_owned(),
            message: error.message().unwrap_or_default().to_owned(),
            whole: DisplayErrorContext(error).to_string(),
        }
    }

    /// Whether the service does not accept a document as a policy.
    pub(super) fn is_about_policy(&self) -> bool {
        self.code.starts_with("Malformed")
            || self.code == "InvalidParameterException" && !self.message.contains("does not exist")
    }

    /// Whether the endpoint does not have the operation at all.
    fn is_unsupported(&self) -> bool {
        const CODES: [&str; 4] =
            ["NotImplemented", "UnknownOperationException", "UnknownOperation", "InvalidAction"];
        const WORDS: [&str; 3] =
            ["not yet implemented", "has not been implemented", "not included in your current"];
        CODES.contains(&self.code.as_str())
            || WORDS.iter().any(|words| self.whole.contains(words))
            || self.is_nobody()
    }

    /// Whether nobody is there who would answer calls of that service: a bare 404 without a code.
    fn is_nobody(&self) -> bool {
        const BARE: [&str; 2] = ["StatusCode(404)", "was answered with 404"];
        self.code.is_empty() && BARE.iter().any(|words| self.whole.contains(words))
    }

    /// Whether a policy stood in the way: the caller's, the resource's, or a role's trust policy.
    fn is_refusal(&self) -> bool {
        const CODES: [&str; 5] = [
            "InsufficientS3BucketPolicyException",
            "InvalidCloudWatchLogsRoleArnException",
            "CloudWatchLogsDeliveryUnavailableException",
            "UnauthorizedOperation",
            "AuthFailure",
        ];
        const WORDS: [&str; 5] = [
            "not authorized to perform",
            "unable to assume",
            "cannot be assumed",
            "Could not deliver test message",
            "Access denied",
        ];
        self.code.starts_with("AccessDenied")
            || CODES.contains(&self.code.as_str())
            || WORDS.iter().any(|words| self.message.contains(words))
    }
}

/// What was set up, and what policies refused.
#[derive(Debug, Default)]
pub(crate) struct Provisioned {
    /// The steps that were refused or could not be done; the pipeline stands without them.
    pub(crate) refused: Vec<RefusedStep>,
    /// The steps whose operations the endpoint does not have, each with what it answered.
    pub(crate) unsupported: BTreeMap<Step, String>,
}

/// Why a step was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// A call was refused: by a policy, or since another step is missing.
    Refused,
    /// The scenario does not have the document.
    NoDocument,
    /// The lab was built without it.
    LeftOut,
}

/// A step that was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RefusedStep {
    /// Why.
    pub(crate) obstacle: Obstacle,
    /// The step.
    pub(crate) step: Step,
    /// The account in which it was to be done.
    pub(crate) account: AccountId,
    /// The operation.
    pub(crate) operation: &'static str,
    /// What the service answered.
    pub(crate) message: String,
    /// AWS's sentence of the last call that policies refused meanwhile, where one was: services do
    /// not always tell whom they were refused what.
    pub(crate) because: Option<String>,
}

impl RefusedStep {
    /// What happened, in words.
    pub(crate) fn cause(&self) -> String {
        match self.obstacle {
            Obstacle::Refused => format!("{} was refused", self.operation),
            Obstacle::NoDocument => format!("{} was not called", self.operation),
            Obstacle::LeftOut => format!("the step {} was left out", self.step),
        }
    }
}

impl Provisioned {
    /// Notes that a step was not done.
    pub(super) fn lack(
        &mut self,
        obstacle: Obstacle,
        step: Step,
        account: AccountId,
        operation: &'static str,
        message: String,
    ) {
        let because = None;
        self.refused.push(RefusedStep { obstacle, step, account, operation, message, because });
    }

    /// Takes a call's outcome. A refusal is noted, so that the run can show what it leads to, and
    /// so is whatever else fails where something is missing already.
    pub(super) fn note<T>(
        &mut self,
        step: Step,
        account: AccountId,
        operation: &'static str,
        outcome: Result<T, CallError>,
    ) -> Result<Option<T>, ProvisionError> {
        match outcome {
            Ok(output) => Ok(Some(output)),
            Err(error) if error.is_unsupported() => {
                let answer = match error.message.is_empty() {
                    _ if error.is_nobody() => "there is no such service (404)".to_owned(),
                    true => error.whole,
                    false => error.message,
                };
                let reason = format!("{operation} is not there: {answer}");
                self.unsupported.entry(step).or_insert(reason);
                Ok(None)
            }
            Err(error)
                if error.is_refusal() || !error.code.is_empty() && !self.refused.is_empty() =>
            {
                self.lack(Obstacle::Refused, step, account, operation, error.message);
                Ok(None)
            }
            Err(error) => Err(failed(operation, &error)),
        }
    }
}

/// The error of a step that failed.
pub(super) fn failed(operation: &str, error: &CallError) -> ProvisionError {
    ProvisionError::Call { step: operation.to_owned(), message: error.whole.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_that_is_not_there_is_noted_and_stops_nothing() {
        let mut done = Provisioned::default();
        let error = |code: &str, whole: &str| CallError {
            code: code.to_owned(),
            message: String::new(),
            whole: whole.to_owned(),
        };
        let account = AccountId::repeated(1);
        let bare = error("", "CreateRole was answered with 404: Not found");
        let noted = done.note::<()>(Step::LogsRole, account, "CreateRole", Err(bare));
        assert!(matches!(noted, Ok(None)));
        let reason = &done.unsupported[&Step::LogsRole];
        assert_eq!(reason, "CreateRole is not there: there is no such service (404)");
        let missing = error("NoSuchEntity", "PutRolePolicy was answered with 404: <Code>");
        let noted = done.note::<()>(Step::Function, account, "PutRolePolicy", Err(missing));
        assert!(matches!(noted, Err(ProvisionError::Call { .. })));
    }
}
