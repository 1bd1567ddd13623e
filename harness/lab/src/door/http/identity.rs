//! In whose name a call is made.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aws_config::sts::AssumeRoleProvider;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use aws_smithy_async::time::{SystemTimeSource, TimeSource};
use bytes::Bytes;
use http::Method;
use tributary_vocabulary::AccountId;

use super::aws::AwsDoor;
use super::complete::complete;
use super::error::with_causes;
use crate::backend::{AccountsMode, BackendError};
use crate::door::signed::{SignedCall, SignedClient, SignedError};

/// How long before their end credentials are fetched anew: longer than a call with its retries.
const BEFORE_END: Duration = Duration::from_secs(5 * 60);

/// What has been found out. A lock is held while its value is asked for, so that it is asked for
/// once; the asking runs on a thread of its own and waits for none of these.
#[derive(Debug, Default)]
pub(super) struct Known {
    base: Slot<Credentials>,
    caller: Slot<AccountId>,
    assumed: Mutex<BTreeMap<AccountId, Arc<Slot<Credentials>>>>,
}

/// A value, when it is known.
type Slot<T> = Mutex<Option<T>>;

impl AwsDoor {
    /// The credentials of an account, from the last time or anew.
    pub(crate) fn credentials(&self, account: AccountId) -> Result<Credentials, BackendError> {
        match self.accounts() {
            AccountsMode::Key => {
                Ok(Credentials::new(account.as_str(), "tributary", None, None, "tributary"))
            }
            AccountsMode::One => self.base_credentials(),
            AccountsMode::AssumeRole { role } => {
                if self.caller_account()? == account {
                    return self.base_credentials();
                }
                self.assumed(account, role)
            }
        }
    }

    /// Whose the base credentials are.
    pub(crate) fn caller_account(&self) -> Result<AccountId, BackendError> {
        let mut known = held(&self.known().caller);
        if let Some(caller) = *known {
            return Ok(caller);
        }
        let call = SignedCall {
            service: "sts",
            method: Method::POST,
            url: format!("https://sts.{}.amazonaws.com/", self.region()),
            content_type: "application/x-www-form-urlencoded",
            target: None,
            body: Bytes::from_static(b"Action=GetCallerIdentity&Version=2011-06-15"),
        };
        let response = SignedClient::of_base(self.clone()).send(&call).map_err(|e| match e {
            SignedError::Endpoint(error) => error,
            other => BackendError::Unfit(format!("STS cannot be asked who calls: {other}")),
        })?;
        let body = String::from_utf8_lossy(&response.body);
        let told = body.split_once("<Account>").and_then(|(_, rest)| rest.split_once("</Account>"));
        let caller = told.and_then(|(account, _)| account.trim().parse().ok());
        let caller = caller.ok_or_else(|| self.unidentified(response.status, &body))?;
        *known = Some(caller);
        Ok(caller)
    }

    fn unidentified(&self, status: u16, body: &str) -> BackendError {
        let url = self.url().unwrap_or("AWS").to_owned();
        let body: String = body.chars().take(300).collect();
        if matches!(status, 400 | 401 | 403) && body.contains("<Code>") {
            return BackendError::Credentials(format!(
                "{url} refuses the AWS credentials ({status}: {body}): get new ones, or name another profile with --profile"
            ));
        }
        BackendError::SomethingElse {
            what: "AWS endpoint",
            url,
            found: format!("GetCallerIdentity was answered with {status}: {body}"),
        }
    }

    /// The credentials of the usual chain.
    pub(crate) fn base_credentials(&self) -> Result<Credentials, BackendError> {
        let mut known = held(&self.known().base);
        if let Some(base) = known.clone().filter(lasts) {
            return Ok(base);
        }
        let base = self.base().load()?;
        *known = Some(base.clone());
        Ok(base)
    }

    fn assumed(&self, account: AccountId, role: &str) -> Result<Credentials, BackendError> {
        let slot = held(&self.known().assumed).entry(account).or_default().clone();
        let mut known = held(&slot);
        if let Some(credentials) = known.clone().filter(lasts) {
            return Ok(credentials);
        }
        let arn = format!("arn:aws:iam::{account}:role/{role}");
        let refused = |why: String| {
            BackendError::Credentials(format!(
                "the role {arn} cannot be assumed ({why}): name one that trusts these credentials"
            ))
        };
        let base = self.base_credentials()?;
        let config = self.nobodys_config();
        let credentials = complete(async {
            let builder = AssumeRoleProvider::builder(&arn).session_name("tributary");
            let provider = builder.configure(&config).build_from_provider(base).await;
            provider.provide_credentials().await
        })
        .map_err(|error| refused(error.to_string()))?
        .map_err(|error| refused(with_causes(&error)))?;
        *known = Some(credentials.clone());
        Ok(credentials)
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn lasts(credentials: &Credentials) -> bool {
    let end = credentials.expiry();
    end.is_none_or(|end| SystemTimeSource::new().now() + BEFORE_END < end)
}

/// The credentials of an account, for the SDK.
#[derive(Debug)]
pub(super) struct AccountCredentials {
    pub(super) door: AwsDoor,
    pub(super) account: AccountId,
}

impl ProvideCredentials for AccountCredentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let (door, account) = (self.door.clone(), self.account);
        future::ProvideCredentials::new(async move {
            tokio::task::spawn_blocking(move || door.credentials(account))
                .await
                .map_err(CredentialsError::unhandled)?
                .map_err(CredentialsError::provider_error)
        })
    }
}
