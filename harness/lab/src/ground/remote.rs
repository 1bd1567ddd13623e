//! What answers at an endpoint: the doors to it, what it can do, and the way that events take there.

use std::sync::Arc;

use tributary_vocabulary::{AccountId, Region};

use super::Route;
use crate::backend::{
    AccountsMode, Backend, BackendError, Capabilities, Capability, Endpoint, EndpointKind,
    capabilities_of, guard, guard_account, guard_kind, identify,
};
use crate::door::{AwsDoor, SearchDoor};
use crate::driver::WallClock;
use crate::upkeep::Mark;

/// Hears of what a lab does, a sentence at a time.
pub type Tell = Arc<dyn Fn(&str) + Send + Sync>;

/// What answers at an endpoint.
pub(crate) struct Remote {
    pub(crate) aws: AwsDoor,
    pub(crate) opensearch: Option<SearchDoor>,
    /// OpenSearch as the AWS endpoint reaches it.
    pub(crate) opensearch_inside: Option<String>,
    /// What it is, such as `LocalStack 4.14.0 · OpenSearch 3.8.0`.
    pub(crate) title: String,
    pub(crate) capabilities: Capabilities,
    pub(crate) route: Route,
    /// The account in which everything is, when there is but one.
    pub(crate) one_account: Option<AccountId>,
    /// The accounts that may be used, when that is said: the first is the master.
    pub(crate) accounts: Vec<AccountId>,
    pub(crate) mark: Mark,
    pub(crate) wall: WallClock,
    pub(crate) keep: bool,
    pub(crate) tell: Tell,
    /// The containers behind it, which live as long as it does.
    #[cfg(feature = "containers")]
    stack: Option<tributary_containers::Stack>,
}

impl Remote {
    /// Starts what has to be started, and finds out who answers and what it can do.
    ///
    /// # Errors
    /// [`BackendError`], when it cannot be used.
    pub(crate) async fn open(
        backend: &Backend,
        region: &Region,
        master: AccountId,
        member: Option<AccountId>,
        mark: Mark,
        tell: Tell,
    ) -> Result<Self, BackendError> {
        match backend {
            Backend::Endpoint(endpoint) => {
                Self::connect(endpoint, region, master, member, mark, tell).await
            }
            #[cfg(feature = "containers")]
            Backend::Containers(options) => {
                let told = Arc::clone(&tell);
                let stack =
                    tributary_containers::Stack::start((**options).clone(), move |progress| {
                        told(&progress.to_string());
                    })
                    .await?;
                let mut endpoint =
                    Endpoint::at(stack.aws_url()).with_opensearch(stack.opensearch_url());
                endpoint.opensearch_inside =
                    stack.url_inside(tributary_containers::Service::OpenSearch).map(str::to_owned);
                endpoint.keep = true;
                let mut remote =
                    Self::connect(&endpoint, region, master, member, mark, tell).await?;
                remote.stack = Some(stack);
                Ok(remote)
            }
            Backend::Embedded => {
                Err(BackendError::Unfit("the embedded backend is no endpoint".to_owned()))
            }
        }
    }

    async fn connect(
        endpoint: &Endpoint,
        region: &Region,
        master: AccountId,
        member: Option<AccountId>,
        mark: Mark,
        tell: Tell,
    ) -> Result<Self, BackendError> {
        guard(endpoint)?;
        let aws = AwsDoor::open(endpoint, region)?;
        let kind = identify(&aws)?;
        guard_kind(endpoint, &kind)?;
        if matches!(kind, EndpointKind::Aws) {
            guard_account(endpoint, aws.caller_account()?)?;
        }
        let mut title = kind.title();
        let opensearch = match &endpoint.opensearch {
            None => None,
            Some(url) => {
                let door = SearchDoor::open(url, endpoint.ca_bundle.as_deref())?;
                title = format!("{title} · OpenSearch {}", door.check()?);
                Some(door)
            }
        };
        let accounts = endpoint.allowed_accounts.clone();
        let one = match endpoint.accounts {
            AccountsMode::One => Some(aws.caller_account()?),
            _ => None,
        };
        let master = one.or_else(|| accounts.first().copied()).unwrap_or(master);
        let member = accounts.get(1).copied().or(member).filter(|_| one.is_none());
        let capabilities =
            capabilities_of(&kind, &aws, opensearch.as_ref(), master, member).await?;
        let one_account = match one {
            Some(one) => Some(one),
            None if !capabilities.has(Capability::Accounts) => Some(aws.caller_account()?),
            None => None,
        };
        let route = Route::of(&capabilities, one_account.is_some());
        let inside = endpoint.opensearch_inside.clone().or_else(|| endpoint.opensearch.clone());
        Ok(Self {
            aws,
            opensearch,
            opensearch_inside: inside,
            title,
            capabilities,
            route,
            one_account,
            accounts,
            mark,
            wall: WallClock::of_the_machine(),
            keep: endpoint.keep,
            tell,
            #[cfg(feature = "containers")]
            stack: None,
        })
    }

    /// Says a sentence to whoever listens.
    pub(crate) fn tell(&self, sentence: &str) {
        (self.tell)(sentence);
    }
}
