//! Why a call of a bridge failed, and what follows from it.

use std::error::Error;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

/// How far a failed call came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reached {
    /// It was never sent.
    Nobody,
    /// It may have been sent, and nothing was answered that could be read.
    Perhaps,
    /// The service answered with this HTTP status.
    Service(u16),
}

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CallFailure {
    pub(super) reached: Reached,
    /// AWS's code; `Unanswered` where no service answered.
    pub(super) code: String,
    /// The service's sentence, or the chain of causes.
    pub(super) message: String,
}

impl CallFailure {
    /// The failure of an SDK call.
    pub(super) fn of<E>(error: &SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        let reached = match error {
            SdkError::ConstructionFailure(_) => Reached::Nobody,
            SdkError::ServiceError(answer) => Reached::Service(answer.raw().status().as_u16()),
            _ => Reached::Perhaps,
        };
        let code = error.code().unwrap_or(match reached {
            Reached::Service(_) => "UnknownError",
            _ => "Unanswered",
        });
        let message = match error.message() {
            Some(message) => message.to_owned(),
            None => chain(error),
        };
        Self { reached, code: code.to_owned(), message }
    }

    /// Whether the service may have done all the same what it was asked for. A 5xx counts: LocalStack
    /// answers so when it lost the connection to OpenSearch in the middle of a request.
    pub(super) fn may_have_had_effect(&self) -> bool {
        match self.reached {
            Reached::Nobody => false,
            Reached::Perhaps => true,
            Reached::Service(status) => status >= 500 && !self.is_throttle(),
        }
    }

    /// Whether it was refused for a limit.
    pub(super) fn is_throttle(&self) -> bool {
        [
            "ProvisionedThroughputExceededException",
            "LimitExceededException",
            "ThrottlingException",
            "ServiceUnavailableException",
            "KMSThrottlingException",
        ]
        .contains(&self.code.as_str())
    }

    /// Whether another iterator is needed.
    pub(super) fn is_about_iterator(&self) -> bool {
        ["ExpiredIteratorException", "InvalidArgumentException"].contains(&self.code.as_str())
    }

    /// Whether the service says that the request itself is wrong, so that it would be again.
    pub(super) fn is_about_request(&self) -> bool {
        ["InvalidArgumentException", "ValidationException", "SerializationException"]
            .contains(&self.code.as_str())
    }

    /// Code and sentence.
    pub(super) fn told(&self) -> String {
        format!("{}: {}", self.code, self.message)
    }
}

/// An error with its causes, each in its own words.
fn chain(error: &dyn Error) -> String {
    let mut words = vec![error.to_string()];
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_words = cause.to_string();
        if words.last() != Some(&cause_words) {
            words.push(cause_words);
        }
        source = cause.source();
    }
    words.join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_depends_on_code_and_reach() {
        let failure = |reached, code: &str| CallFailure {
            reached,
            code: code.to_owned(),
            message: String::new(),
        };
        for (reached, code, effect, throttle, request) in [
            (Reached::Nobody, "Unanswered", false, false, false),
            (Reached::Perhaps, "Unanswered", true, false, false),
            (Reached::Service(500), "InternalError", true, false, false),
            (Reached::Service(503), "ServiceUnavailableException", false, true, false),
            (Reached::Service(400), "ProvisionedThroughputExceededException", false, true, false),
            (Reached::Service(400), "ValidationException", false, false, true),
            (Reached::Service(400), "ResourceNotFoundException", false, false, false),
        ] {
            let failure = failure(reached, code);
            assert_eq!(failure.may_have_had_effect(), effect, "{failure:?}");
            assert_eq!(failure.is_throttle(), throttle, "{failure:?}");
            assert_eq!(failure.is_about_request(), request, "{failure:?}");
        }
        assert!(failure(Reached::Service(400), "ExpiredIteratorException").is_about_iterator());
    }
}
