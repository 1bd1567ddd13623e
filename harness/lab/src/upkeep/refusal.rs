//! Why a call was not answered as wanted, and what that says about the thing that was asked for.

use serde_json::Value;
use tributary_vocabulary::AccountId;

use crate::backend::BackendError;
use crate::door::told;

/// Why a call was not answered as wanted.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The endpoint cannot be called.
    Unreached(BackendError),
    /// The service answered with an error.
    Answered {
        /// The operation.
        operation: String,
        /// The HTTP status.
        status: u16,
        /// The service's code; empty when it told none.
        code: String,
        /// What it said.
        message: String,
    },
    /// It was removed and is still there.
    StaysOn(String),
}

impl Refusal {
    /// The error of an answer, in whichever protocol it comes.
    pub(super) fn of_answer(operation: &str, status: u16, body: &str) -> Self {
        let (code, message) = told(body);
        Self::Answered { operation: operation.to_owned(), status, code, message }
    }

    fn answered(&self) -> Option<(u16, &str, &str)> {
        match self {
            Self::Answered { status, code, message, .. } => Some((*status, code, message)),
            _ => None,
        }
    }

    /// The service's code.
    pub(super) fn code(&self) -> &str {
        self.answered().map_or("", |(_, code, _)| code)
    }

    /// Whether there is no such thing.
    pub(super) fn is_missing(&self) -> bool {
        const CODES: [&str; 6] = [
            "ResourceNotFoundException",
            "NoSuchEntity",
            "NoSuchBucket",
            "TrailNotFoundException",
            "NotFoundException",
            "index_not_found_exception",
        ];
        CODES.contains(&self.code())
    }

    /// Whether the backend does not have the operation or the whole service, so that what it is
    /// about cannot be there.
    pub(super) fn is_unoffered(&self) -> bool {
        const CODES: [&str; 6] = [
            "UnknownOperationException",
            "UnknownOperation",
            "InvalidAction",
            "NotImplemented",
            "NotImplementedException",
            "UnsupportedOperation",
        ];
        const WORDS: [&str; 4] =
            ["not yet been emulated", "not yet implemented", "not implemented", "not enabled"];
        self.answered().is_some_and(|(status, code, message)| {
            // A 404 without a code is a router that does not know the path, as moto's.
            status == 501
                || status == 404 && code.is_empty()
                || CODES.contains(&code)
                || WORDS.iter().any(|words| message.contains(words))
        })
    }

    /// Whether the caller may not ask.
    pub(super) fn is_denied(&self) -> bool {
        self.code().starts_with("AccessDenied") || self.code() == "UnauthorizedOperation"
    }

    /// Whether the thing is busy: it is being made, changed or removed.
    pub(super) fn is_busy(&self) -> bool {
        const CODES: [&str; 4] = [
            "ResourceInUseException",
            "OperationAbortedException",
            "OperationAborted",
            "ConcurrentModificationException",
        ];
        CODES.contains(&self.code())
    }

    /// Whether the same call may succeed a moment later. A 500 counts: LocalStack starts a service
    /// with its first call, and answers with it to a second that comes meanwhile.
    pub(super) fn is_passing(&self) -> bool {
        !self.is_unoffered()
            && self.answered().is_some_and(|(status, code, _)| {
                code.contains("Throttl")
                    || matches!(
                        code,
                        "RequestLimitExceeded" | "TooManyRequestsException" | "SlowDown"
                    )
                    || matches!(status, 429 | 500 | 502 | 503 | 504)
            })
    }

    /// What happened, as a sentence without its full stop.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Unreached(error) => error.to_string(),
            Self::Answered { operation, status, code, message } => {
                format!("{operation} was answered with {status} {code}: {message}")
            }
            Self::StaysOn(sentence) => sentence.clone(),
        }
    }

    /// The error of a survey that could not be made.
    pub(super) fn into_backend_error(self, account: AccountId) -> BackendError {
        match self {
            Self::Unreached(error) => error,
            other => BackendError::Unfit(format!(
                "account {account} cannot be asked for what is there already ({}): let the \
                 credentials list and read what the lab makes, or choose another endpoint",
                other.sentence()
            )),
        }
    }
}

/// What there is, where the answer that there is no such thing, or no such service, is no error.
pub(super) fn or_absent<T>(answer: Result<T, Refusal>) -> Result<Option<T>, Refusal> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(refusal) if refusal.is_missing() || refusal.is_unoffered() => Ok(None),
        Err(refusal) => Err(refusal),
    }
}

/// The tags, or `null` where they cannot be read: the thing is somebody else's then.
pub(super) fn or_unknown(tags: Result<Value, Refusal>) -> Result<Value, Refusal> {
    match tags {
        Ok(tags) => Ok(tags),
        Err(refusal) if refusal.is_missing() || refusal.is_unoffered() || refusal.is_denied() => {
            Ok(Value::Null)
        }
        Err(refusal) => Err(refusal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seen on LocalStack 4.14 and moto 5.2; the last two as AWS documents them.
    #[test]
    fn answers_say_whether_a_thing_can_be_there() {
        let emulated = r#"{"__type":"InternalFailure","message":"The API for service cloudtrail is either not included in your current license plan or has not yet been emulated by LocalStack."}"#;
        for (status, body, absent, unoffered, passing) in [
            (400, r#"{"__type":"ResourceNotFoundException","message":"no"}"#, true, false, false),
            (409, r#"{"__type":"ResourceNotFoundException","message":"no"}"#, true, false, false),
            (
                404,
                "<ErrorResponse><Error><Code>NoSuchEntity</Code></Error></ErrorResponse>",
                true,
                false,
                false,
            ),
            (501, emulated, false, true, false),
            (404, "<!doctype html><title>404 Not Found</title>", false, true, false),
            (
                404,
                r#"{"error":{"type":"index_not_found_exception"},"status":404}"#,
                true,
                false,
                false,
            ),
            (400, r#"{"__type":"com.amazon#UnknownOperationException"}"#, false, true, false),
            (500, r#"{"__type":"InternalError","message":"exception"}"#, false, false, true),
            (
                400,
                r#"{"__type":"ThrottlingException","message":"Rate exceeded"}"#,
                false,
                false,
                true,
            ),
            (403, r#"{"__type":"AccessDeniedException"}"#, false, false, false),
        ] {
            let refusal = Refusal::of_answer("X", status, body);
            let found = (refusal.is_missing(), refusal.is_unoffered(), refusal.is_passing());
            assert_eq!(found, (absent, unoffered, passing), "{status} {body}");
        }
    }
}
