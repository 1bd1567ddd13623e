//! What AWS accepts as the policy of a destination (cloudwatch-logs reference, destinations).

use serde_json::Value;

use super::access;
use crate::kernel::ServiceError;
use crate::policy::{NamedPolicy, ResourceService};

/// Parses the policy of a destination.
///
/// # Errors
/// `InvalidParameterException` in AWS's words.
pub(crate) fn parse(destination: &str, text: &str) -> Result<NamedPolicy, ServiceError> {
    let name = format!("access policy of destination {destination}");
    access::parse(name, text, ResourceService::LogsDestination)
}

/// Whether the policy opens the destination to an organisation rather than to accounts: only that
/// form has conditions.
pub(crate) fn is_for_organisation(text: &str) -> bool {
    let document: Value = serde_json::from_str(text).unwrap_or_default();
    match document.get("Statement") {
        Some(Value::Array(all)) => all.iter().any(|one| one.get("Condition").is_some()),
        Some(one) => one.get("Condition").is_some(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(principal: &str, condition: &str) -> String {
        format!(
            "{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",\"Principal\":\
             {principal},\"Action\":\"logs:PutSubscriptionFilter\",\"Resource\":\"arn:aws:logs:\
             us-west-2:999999999999:destination:d\"{condition}}}]}}"
        )
    }

    const GRAMMAR: &str = "Error occurred while parsing accessPolicy.";
    const ORG: &str = ",\"Condition\":{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-1\"}}";

    #[test]
    fn what_aws_accepts() {
        for (principal, condition) in [
            ("{\"AWS\":\"111111111111\"}", ""),
            ("{\"AWS\":[\"111111111111\",\"222222222222\"]}", ""),
            ("{\"AWS\":\"111111111111\",\"Service\":\"logs.amazonaws.com\"}", ""),
            ("\"*\"", ORG),
        ] {
            let text = policy(principal, condition);
            assert_eq!(parse("d", &text).map(drop), Ok(()), "{text}");
            assert_eq!(is_for_organisation(&text), !condition.is_empty());
        }
    }

    #[test]
    fn what_aws_refuses() {
        for (principal, condition, message) in [
            (
                "{\"AWS\":\"arn:aws:iam::111111111111:root\"}",
                "",
                "Principal section of policy contains ARN instead of account ID: \
                 arn:aws:iam::111111111111:root",
            ),
            (
                "{\"AWS\":\"*\"}",
                "",
                "Principal section of policy contains `*` instead of account ID: *",
            ),
            ("\"*\"", "", GRAMMAR),
            ("{\"Service\":\"logs.amazonaws.com\"}", "", GRAMMAR),
            (
                "\"*\"",
                ",\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":\"1\"}}",
                "Only 'aws:PrincipalOrgID' and 'aws:PrincipalOrgPaths' condition keys are allowed",
            ),
        ] {
            let error = parse("d", &policy(principal, condition)).expect_err(principal);
            assert_eq!(error.code, "InvalidParameterException");
            assert!(error.message.starts_with(message), "{principal}: {}", error.message);
        }
    }
}
