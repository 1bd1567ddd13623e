//! Why something failed, in Firehose's codes (firehose reference, §9).

use std::borrow::Cow;

use crate::kernel::ServiceError;

/// Why records failed: what error records and logs say, and what really was the cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The code, such as `Lambda.MissingRecordId`, or the HTTP status of a bulk item.
    pub code: Cow<'static, str>,
    /// Firehose's sentence, as it stands in error records.
    pub message: Cow<'static, str>,
    /// The cause in the refusing service's words, when Firehose's sentence does not tell it.
    pub cause: Option<String>,
}

/// The codes whose sentences are fixed.
const SENTENCES: &[(&str, &str)] = &[
    ("Lambda.ProcessingFailedStatus", "ProcessingFailed status set for record"),
    (
        "Lambda.MissingRecordId",
        "One or more record Ids were not returned. Ensure that the Lambda function returns all \
         received record Ids.",
    ),
    (
        "Lambda.DuplicatedRecordId",
        "Multiple records were returned with the same record Id. Ensure that the Lambda function \
         returns unique record Ids for each record.",
    ),
    (
        "Lambda.JsonMappingException",
        "A returned record could not be read. Ensure that the data member is base64-encoded.",
    ),
    (
        "Lambda.JsonProcessingException",
        "The response of the Lambda function could not be read as JSON. Ensure that it follows \
         the status model that Firehose requires.",
    ),
    (
        "Lambda.FunctionError",
        "The Lambda function was successfully invoked but it returned an error result.",
    ),
    (
        "Lambda.FunctionTimedOut",
        "The Lambda function timed out. Increase the Timeout setting of the Lambda function.",
    ),
    (
        "Lambda.InvocationFailure",
        "The Lambda function did not answer within the five minutes that Firehose waits.",
    ),
    (
        "Lambda.InvokeLimitExceeded",
        "The limit of concurrent executions of Lambda is exceeded. Increase it.",
    ),
    (
        "Lambda.AssumeRoleAccessDenied",
        "Access was denied. Ensure that the trust policy of the IAM role allows Firehose to \
         assume it.",
    ),
    (
        "Lambda.InvokeAccessDenied",
        "Access was denied. Ensure that the access policy allows access to the Lambda function.",
    ),
    (
        "Lambda.ResourceNotFound",
        "The specified Lambda function does not exist. Use a different function that does exist.",
    ),
    (
        "OS.AccessDenied",
        "Access was denied. Ensure that the IAM role can be assumed by Firehose, and that its \
         policies and the domain's allow the requests.",
    ),
    ("OS.ResourceNotFound", "The specified OpenSearch domain does not exist."),
    (
        "OS.MalformedData",
        "The record is not one JSON object on one line. Ensure that each record is exactly one.",
    ),
    (
        "S3.AccessDenied",
        "Access was denied. Ensure that the trust policy of the IAM role allows Firehose to \
         assume it, and that its access policy allows access to the S3 bucket.",
    ),
    (
        "S3.NoSuchBucket",
        "The specified bucket does not exist. Use a different bucket that does exist.",
    ),
];

impl Failure {
    /// The failure of this code.
    #[must_use]
    pub fn of(code: &'static str) -> Self {
        let message = SENTENCES
            .iter()
            .find(|(known, _)| *known == code)
            .map_or(code, |(_, sentence)| sentence);
        Self { code: Cow::Borrowed(code), message: Cow::Borrowed(message), cause: None }
    }

    /// The same failure with its cause.
    #[must_use]
    pub fn because(self, cause: impl Into<String>) -> Self {
        Self { cause: Some(cause.into()), ..self }
    }

    /// What a listener is told: the cause where there is one, else Firehose's sentence.
    #[must_use]
    pub fn told(&self) -> &str {
        self.cause.as_deref().unwrap_or(&self.message)
    }

    /// Lambda refused to run the function.
    #[must_use]
    pub fn of_invoke(error: &ServiceError) -> Self {
        let code = if error.is_access_denied() {
            "Lambda.InvokeAccessDenied"
        } else {
            match error.code.as_ref() {
                "ResourceNotFoundException" => "Lambda.ResourceNotFound",
                "TooManyRequestsException" => "Lambda.InvokeLimitExceeded",
                _ => "Lambda.InvocationFailure",
            }
        };
        Self::of(code).because(error.to_string())
    }

    /// The domain refused a bulk request.
    #[must_use]
    pub fn of_bulk(error: &ServiceError) -> Self {
        let code = if error.is_access_denied() {
            "OS.AccessDenied"
        } else {
            match (error.code.as_ref(), error.status) {
                ("ResourceNotFoundException", _) | (_, 404) => "OS.ResourceNotFound",
                ("cluster_block_exception", _) => "OS.ClusterBlockException",
                (_, 400) => "OS.ValidationException",
                (_, 502) => "OS.BadGateway",
                (_, 504) => "OS.GatewayTimeout",
                (_, 429 | 503) => "OS.ClusterError",
                _ => "OS.InternalError",
            }
        };
        let failure = Self::of(code);
        // The guide: delivery errors use the cluster's own text where there is one.
        match code {
            "OS.AccessDenied" | "OS.ResourceNotFound" => failure.because(error.message.clone()),
            _ => Self { message: Cow::Owned(error.message.clone()), ..failure },
        }
    }

    /// S3 refused an object.
    #[must_use]
    pub fn of_put(error: &ServiceError) -> Self {
        let code = if error.is_access_denied() {
            "S3.AccessDenied"
        } else {
            match error.code.as_ref() {
                "NoSuchBucket" => "S3.NoSuchBucket",
                "SlowDown" => "S3.SlowDown",
                "MethodNotAllowed" => "S3.MethodNotAllowed",
                _ => "S3.InternalError",
            }
        };
        Self::of(code).because(error.message.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_have_the_codes_of_the_guide() {
        let denied = ServiceError::access_denied("User: x is not authorized to perform: y");
        for (failure, code) in [
            (Failure::of_invoke(&denied), "Lambda.InvokeAccessDenied"),
            (Failure::of_bulk(&denied), "OS.AccessDenied"),
            (Failure::of_put(&denied), "S3.AccessDenied"),
        ] {
            assert_eq!(failure.code, code);
            assert!(failure.told().contains("is not authorized"), "{}", failure.told());
            assert!(failure.message.starts_with("Access was denied."));
        }
        let gone = ServiceError::client("NoSuchBucket", "no").status(404);
        assert_eq!(Failure::of_put(&gone).code, "S3.NoSuchBucket");
    }
}
