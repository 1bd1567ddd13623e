//! In whose name a call is made.

use std::collections::BTreeMap;
use std::sync::PoisonError;
use std::time::Duration;

use aws_config::sts::AssumeRoleProvider;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use aws_smithy_async::time::{SystemTimeSource, TimeSource};
use aws_smithy_types::error::display::DisplayErrorContext;
use bytes::Bytes;
use http::Method;
use tributary_vocabulary::AccountId;

use super::aws::AwsDoor;
use super::complete::complete;
use crate::backend::{AccountsMode, BackendError};
use crate::door::signed::{SignedCall, SignedClient, SignedError};

/// How long before their end credentials are fetched anew: longer than a call with its retries.
const BEFORE_END: Duration = Duration::from_secs(5 * 60);

/// What has been found out.
#[derive(Debug, Default)]
pub(super) struct Known {
    base: Option<Credentials>,
    caller: Option<AccountId>,
    assumed: BTreeMap<AccountId, Credentials>,
}

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
        if let Some(caller) = self.with_known(|known| known.caller) {
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
        self.with_known(|known| known.caller = Some(caller));
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
        if let Some(base) = self.with_known(|known| known.base.clone()).filter(lasts) {
            return Ok(base);
        }
        let base = self.base().load()?;
        self.with_known(|known| known.base = Some(base.clone()));
        Ok(base)
    }

    fn assumed(&self, account: AccountId, role: &str) -> Result<Credentials, BackendError> {
        let known = self.with_known(|known| known.assumed.get(&account).cloned());
        if let Some(credentials) = known.filter(lasts) {
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
        .map_err(|error| refused(DisplayErrorContext(&error).to_string()))?;
        self.with_known(|known| known.assumed.insert(account, credentials.clone()));
        Ok(credentials)
    }

    /// The lock is never held over a call, so that nobody who is called can wait for it.
    fn with_known<T>(&self, look: impl FnOnce(&mut Known) -> T) -> T {
        look(&mut self.known().lock().unwrap_or_else(PoisonError::into_inner))
    }
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
