//! Signed calls in the name of an account's root, in the three protocols of AWS.

use http::Method;
use serde_json::Value;
use tributary_vocabulary::Region;

use super::outcome::CallError;
use crate::door::{SignedCall, SignedClient, parsed, told};

/// Calls services in the name of one account's root.
pub(super) struct Calls {
    client: SignedClient,
    region: Region,
}

impl Calls {
    pub(super) fn new(client: SignedClient) -> Self {
        let region = client.region().clone();
        Self { client, region }
    }

    /// A call of IAM.
    pub(super) fn iam(&self, action: &str, form: &[(&str, &str)]) -> Result<String, CallError> {
        self.send(action, &SignedCall::iam(action, form))
    }

    /// A call of EC2.
    pub(super) fn ec2(&self, action: &str, form: &[(&str, &str)]) -> Result<String, CallError> {
        self.send(action, &SignedCall::ec2(&self.region, action, form))
    }

    /// A call of a service that speaks AWS JSON 1.1, such as `events`.
    pub(super) fn json(
        &self,
        service: &str,
        target: &str,
        body: &Value,
    ) -> Result<Value, CallError> {
        let call = SignedCall::json(service, &self.region, target, body);
        self.send(target, &call).map(|body| parsed(&body))
    }

    /// A call of a service that speaks REST with JSON bodies, such as `guardduty`.
    pub(super) fn rest(
        &self,
        service: &str,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, CallError> {
        let call = SignedCall::rest(service, &self.region, method, path, body);
        self.send(path, &call).map(|body| parsed(&body))
    }

    fn send(&self, what: &str, call: &SignedCall<'_>) -> Result<String, CallError> {
        let unsent = |error: &dyn std::error::Error| CallError {
            code: String::new(),
            message: error.to_string(),
            whole: error.to_string(),
        };
        let response = self.client.send(call).map_err(|error| unsent(&error))?;
        let body = String::from_utf8_lossy(&response.body).into_owned();
        if (200..300).contains(&response.status) {
            return Ok(body);
        }
        let (code, message) = told(&body);
        let whole = format!("{what} was answered with {}: {body}", response.status);
        Err(CallError { code, message, whole })
    }
}
