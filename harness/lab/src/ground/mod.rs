//! The ground that a lab stands on: a world in this process, or what answers at an endpoint.

mod remote;
mod route;

use std::sync::Arc;
use std::time::Duration;

use aws_types::SdkConfig;
use tributary_vocabulary::{AccountId, Region, Timestamp};

use crate::backend::BackendError;
use crate::door::{SignedClient, sdk_config};
use crate::driver::{Clock, SharedCore, wait};

pub(crate) use remote::Remote;
pub use remote::Tell;
pub(crate) use route::{
    Backup, FIREHOSE, Index, Route, SOURCES, SUBSCRIPTION, Subscribe, TRANSFORM,
};

/// The ground that a lab stands on.
#[derive(Clone)]
pub(crate) enum Ground {
    /// A world in this process.
    Embedded(SharedCore),
    /// What answers at an endpoint.
    Remote(Arc<Remote>),
}

impl Ground {
    /// The world, when it is in this process.
    pub(crate) fn core(&self) -> Option<&SharedCore> {
        match self {
            Self::Embedded(core) => Some(core),
            Self::Remote(_) => None,
        }
    }

    /// What answers, when it is not in this process.
    pub(crate) fn remote(&self) -> Option<&Arc<Remote>> {
        match self {
            Self::Embedded(_) => None,
            Self::Remote(remote) => Some(remote),
        }
    }

    /// The lab's time.
    pub(crate) fn now(&self) -> Timestamp {
        match self {
            Self::Embedded(core) => core.lock().now(),
            Self::Remote(remote) => remote.wall.now(),
        }
    }

    /// Whose time it lives in.
    pub(crate) fn clock(&self) -> Clock {
        match self {
            Self::Embedded(core) => core.lock().clock(),
            Self::Remote(_) => Clock::Real,
        }
    }

    /// Waits in the lab's time.
    pub(crate) async fn wait(&self, duration: Duration) {
        match self {
            Self::Embedded(core) => wait(core.clone(), duration).await,
            Self::Remote(_) => pause(duration).await,
        }
    }

    /// A configuration for the SDK's clients in the name of an account.
    pub(crate) fn sdk_config(
        &self,
        account: AccountId,
        region: &Region,
    ) -> Result<SdkConfig, BackendError> {
        match self {
            Self::Embedded(core) => Ok(sdk_config(core, account, region)),
            Self::Remote(remote) => remote.aws.sdk_config(account),
        }
    }

    /// A client of S3 in the name of an account.
    pub(crate) fn s3(
        &self,
        account: AccountId,
        region: &Region,
    ) -> Result<aws_sdk_s3::Client, BackendError> {
        match self {
            Self::Embedded(core) => Ok(aws_sdk_s3::Client::new(&sdk_config(core, account, region))),
            Self::Remote(remote) => remote.aws.s3_client(account),
        }
    }

    /// A client for signed calls in the name of an account.
    pub(crate) fn signed(
        &self,
        account: AccountId,
        region: &Region,
    ) -> Result<SignedClient, BackendError> {
        match self {
            Self::Embedded(core) => Ok(SignedClient::new(core.clone(), account, region.clone())),
            Self::Remote(remote) => remote.aws.signed(account),
        }
    }
}

/// Waits on the machine's clock.
#[expect(
    clippy::disallowed_methods,
    reason = "at an endpoint time is the machine's, and what is asked again is asked after a pause"
)]
pub(crate) async fn pause(duration: Duration) {
    tokio::time::sleep(duration).await;
}
