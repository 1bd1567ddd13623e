//! Calls in the name of one account, in the three protocols of AWS and the one of OpenSearch.

use std::time::Duration;

use bytes::Bytes;
use http::Method;
use serde_json::Value;
use tributary_vocabulary::AccountId;

use super::Doors;
use super::refusal::Refusal;
use crate::backend::BackendError;
use crate::door::{SignedCall, SignedError, elements, parsed};
use crate::ground::pause;

/// How often a call that may succeed a moment later is made: for six seconds.
const TRIES: u32 = 6;

/// Calls in the name of one account.
#[derive(Clone)]
pub(super) struct Desk {
    doors: Doors,
    account: AccountId,
}

impl Desk {
    pub(super) fn new(doors: &Doors, account: AccountId) -> Self {
        Self { doors: doors.clone(), account }
    }

    /// Whether calls go to AWS itself.
    pub(super) fn is_at_aws(&self) -> bool {
        self.doors.aws.url().is_none()
    }

    /// A call of a service that speaks AWS JSON 1.1; `target` is such as `Logs_20140328.TagResource`.
    pub(super) async fn json(
        &self,
        service: &'static str,
        target: &'static str,
        body: Value,
    ) -> Result<Value, Refusal> {
        let call = SignedCall::json(service, self.doors.aws.region(), target, &body);
        let operation = target.rsplit('.').next().unwrap_or(target);
        self.send(operation, call).await.map(|text| parsed(&text))
    }

    /// A call of a service that speaks REST with JSON bodies.
    pub(super) async fn rest(
        &self,
        service: &'static str,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Result<Value, Refusal> {
        let operation = format!("{method} {path}");
        let call = SignedCall::rest(service, self.doors.aws.region(), method, path, body.as_ref());
        self.send(&operation, call).await.map(|text| parsed(&text))
    }

    /// A call of IAM; the answer is XML.
    pub(super) async fn iam(&self, action: &str, form: &[(&str, &str)]) -> Result<String, Refusal> {
        self.send(action, SignedCall::iam(action, form)).await
    }

    /// A call of EC2; the answer is XML.
    pub(super) async fn ec2(&self, action: &str, form: &[(&str, &str)]) -> Result<String, Refusal> {
        self.send(action, SignedCall::ec2(self.doors.aws.region(), action, form)).await
    }

    /// A client of S3, whose requests are more than a signed body.
    pub(super) async fn s3(&self) -> Result<aws_sdk_s3::Client, Refusal> {
        let (aws, account) = (self.doors.aws.clone(), self.account);
        blocking(move || aws.s3_client(account)).await?.map_err(Refusal::Unreached)
    }

    /// A call of OpenSearch; `None` where there is no OpenSearch.
    pub(super) async fn search(
        &self,
        method: Method,
        path: String,
    ) -> Result<Option<Value>, Refusal> {
        let Some(door) = self.doors.search.clone() else { return Ok(None) };
        let operation = format!("{method} {path}");
        let answer =
            blocking(move || door.request(method, &path, "application/json", Bytes::new())).await?;
        let answer = answer.map_err(|error| Refusal::Unreached(error.into()))?;
        let text = String::from_utf8_lossy(answer.body());
        if answer.status().is_success() {
            return Ok(Some(parsed(&text)));
        }
        Err(Refusal::of_answer(&operation, answer.status().as_u16(), &text))
    }

    /// Sends a call, and sends it again while it may succeed a moment later.
    async fn send(&self, operation: &str, call: SignedCall<'static>) -> Result<String, Refusal> {
        let mut patience = Duration::from_millis(200);
        for _ in 1..TRIES {
            match self.send_once(operation, call.clone()).await {
                Err(refusal) if refusal.is_passing() => pause(patience).await,
                other => return other,
            }
            patience *= 2;
        }
        self.send_once(operation, call).await
    }

    async fn send_once(
        &self,
        operation: &str,
        call: SignedCall<'static>,
    ) -> Result<String, Refusal> {
        let (aws, account) = (self.doors.aws.clone(), self.account);
        let answer = blocking(move || aws.signed(account).map(|client| client.send(&call))).await?;
        let answer = answer.map_err(Refusal::Unreached)?.map_err(unsent)?;
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        if (200..300).contains(&answer.status) {
            return Ok(body);
        }
        Err(Refusal::of_answer(operation, answer.status, &body))
    }
}

/// Does what blocks where it stops nobody.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Refusal> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| {
        Refusal::Unreached(BackendError::Unfit(format!("a call broke off: {error}")))
    })
}

fn unsent(error: SignedError) -> Refusal {
    Refusal::Unreached(match error {
        SignedError::Endpoint(error) => error,
        other => BackendError::Unfit(other.to_string()),
    })
}

/// The text of the first element of this name.
pub(super) fn element<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    elements(xml, name).next()
}
