//! The roles of the master account: `aws iam create-role`, `aws iam put-role-policy`.

use bytes::Bytes;
use http::Method;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{ProvisionError, Site};
use crate::door::{SignedCall, SignedClient, SignedError};
use crate::topology::Names;

/// Creates every role with its trust policy and its permissions, and reads `cwrole`'s back as the
/// author of the pipeline does.
pub(super) fn create(site: &Site<'_>) -> Result<(), ProvisionError> {
    let iam = site.signed();
    for (role, trust, policy_name, permissions) in [
        (Names::LOGS_ROLE, "cwltrustpolicy.json", Names::LOGS_ROLE_POLICY, "cwlpermissions.json"),
        (
            Names::DELIVERY_ROLE,
            "firehose_trust.json",
            "firehose_delivery_policy",
            "firehose_permissions.json",
        ),
        (
            Names::FUNCTION_ROLE,
            "lambda_trust.json",
            "lambda_execution_policy",
            "lambda_permissions.json",
        ),
    ] {
        let trust = site.policy(trust)?;
        let permissions = site.policy(permissions)?;
        call(&iam, "CreateRole", &[("RoleName", role), ("AssumeRolePolicyDocument", &trust)])?;
        call(
            &iam,
            "PutRolePolicy",
            &[("RoleName", role), ("PolicyName", policy_name), ("PolicyDocument", &permissions)],
        )?;
    }
    let read_back = [("RoleName", Names::LOGS_ROLE), ("PolicyName", Names::LOGS_ROLE_POLICY)];
    call(&iam, "GetRolePolicy", &read_back)?;
    Ok(())
}

/// One call of IAM: a form over HTTPS, signed for `us-east-1`'s global endpoint.
fn call(iam: &SignedClient, action: &str, parameters: &[(&str, &str)]) -> Result<(), SignedError> {
    let mut form = format!("Action={action}&Version=2010-05-08");
    for (name, value) in parameters {
        form.push_str(&format!("&{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)));
    }
    iam.send(&SignedCall {
        service: "iam",
        method: Method::POST,
        url: "https://iam.amazonaws.com/".to_owned(),
        content_type: "application/x-www-form-urlencoded",
        body: Bytes::from(form),
    })?
    .success(action)?;
    Ok(())
}
