//! The resource policy of a function, put together from its statements as AWS does
//! (lambda-transform reference, control plane).

use std::sync::Arc;

use serde_json::{Map, Value, json};
use tributary_vocabulary::AccountId;

use super::Function;
use super::name::invalid_parameter;
use crate::kernel::{ArnParts, ServiceError};
use crate::policy::{NamedPolicy, PolicyDocument, PolicyKind, ResourceService};

/// The largest policy, in bytes.
const POLICY_MAX_BYTES: usize = 20_480;

/// What AddPermission is asked to permit.
#[derive(Debug, Clone, Default)]
pub(super) struct Grant<'a> {
    pub(super) sid: &'a str,
    pub(super) action: &'a str,
    pub(super) principal: &'a str,
    pub(super) source_arn: Option<&'a str>,
    pub(super) source_account: Option<&'a str>,
    pub(super) organization: Option<&'a str>,
}

/// The statement of a grant on this function.
pub(super) fn statement(grant: &Grant<'_>, function_arn: &str) -> Result<Value, ServiceError> {
    let mut statement = Map::new();
    statement.insert("Sid".to_owned(), grant.sid.into());
    statement.insert("Effect".to_owned(), "Allow".into());
    statement.insert("Principal".to_owned(), principal(grant.principal)?);
    statement.insert("Action".to_owned(), grant.action.into());
    statement.insert("Resource".to_owned(), function_arn.into());
    let mut equals = Map::new();
    if let Some(account) = grant.source_account {
        equals.insert("AWS:SourceAccount".to_owned(), account.into());
    }
    if let Some(organization) = grant.organization {
        equals.insert("aws:PrincipalOrgID".to_owned(), organization.into());
    }
    let mut condition = Map::new();
    if !equals.is_empty() {
        condition.insert("StringEquals".to_owned(), Value::Object(equals));
    }
    if let Some(arn) = grant.source_arn {
        condition.insert("ArnLike".to_owned(), json!({ "AWS:SourceArn": arn }));
    }
    if !condition.is_empty() {
        statement.insert("Condition".to_owned(), Value::Object(condition));
    }
    Ok(Value::Object(statement))
}

/// A service by its name, an account by its number, anyone else in AWS by ARN, or everyone.
fn principal(text: &str) -> Result<Value, ServiceError> {
    if text == "*" {
        return Ok("*".into());
    }
    if let Ok(account) = text.parse::<AccountId>() {
        return Ok(json!({ "AWS": format!("arn:aws:iam::{account}:root") }));
    }
    if text.ends_with(".amazonaws.com") && !text.contains([':', '/']) {
        return Ok(json!({ "Service": text }));
    }
    let named = ArnParts::split(text)
        .filter(|parts| matches!(parts.service, "iam" | "sts") && parts.account_id().is_some());
    match named {
        Some(_) => Ok(json!({ "AWS": text })),
        None => Err(invalid_parameter(
            "The provided principal was invalid. Please check the principal and try again.",
        )),
    }
}

/// The function's policy as JSON; `None` when it has no statement.
pub(super) fn document(function: &Function) -> Option<Value> {
    if function.statements.is_empty() {
        return None;
    }
    let statements: Vec<&Value> =
        function.statements.iter().map(|(_, statement)| statement).collect();
    Some(json!({ "Version": "2012-10-17", "Id": "default", "Statement": statements }))
}

/// Reads the function's policy anew from its statements.
pub(super) fn rebuild(function: &mut Function) -> Result<(), ServiceError> {
    let Some(document) = document(function) else {
        function.policy = None;
        return Ok(());
    };
    let text = document.to_string();
    if text.len() > POLICY_MAX_BYTES {
        return Err(ServiceError::client(
            "PolicyLengthExceededException",
            format!(
                "The final policy size ({}) is bigger than the limit ({POLICY_MAX_BYTES}).",
                text.len()
            ),
        ));
    }
    let document = PolicyDocument::parse(&text, PolicyKind::Resource(ResourceService::Lambda))
        .map_err(|error| invalid_parameter(error.sentence()))?;
    let name = format!("the resource policy of function {}", function.name);
    function.policy = Some(NamedPolicy { name, document: Arc::new(document) });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:lambda:us-west-2:222222222222:function:f";

    #[test]
    fn a_service_is_bound_to_its_source() {
        let grant = Grant {
            sid: "logs",
            action: "lambda:InvokeFunction",
            principal: "logs.amazonaws.com",
            source_arn: Some("arn:aws:logs:us-west-2:111111111111:log-group:g:*"),
            source_account: Some("111111111111"),
            organization: None,
        };
        assert_eq!(
            statement(&grant, ARN).expect("a statement").to_string(),
            r#"{"Sid":"logs","Effect":"Allow","Principal":{"Service":"logs.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:us-west-2:222222222222:function:f","Condition":{"StringEquals":{"AWS:SourceAccount":"111111111111"},"ArnLike":{"AWS:SourceArn":"arn:aws:logs:us-west-2:111111111111:log-group:g:*"}}}"#
        );
    }

    #[test]
    fn principals_take_their_forms() {
        for (text, value) in [
            ("*", json!("*")),
            ("111111111111", json!({"AWS": "arn:aws:iam::111111111111:root"})),
            ("arn:aws:iam::1:x", Value::Null),
            (
                "arn:aws:iam::111111111111:role/r",
                json!({"AWS": "arn:aws:iam::111111111111:role/r"}),
            ),
            ("firehose.amazonaws.com", json!({"Service": "firehose.amazonaws.com"})),
            ("nobody", Value::Null),
        ] {
            assert_eq!(principal(text).unwrap_or(Value::Null), value, "{text}");
        }
    }
}
