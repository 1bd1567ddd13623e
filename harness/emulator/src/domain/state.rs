//! The domains of all accounts.

use std::collections::BTreeMap;

use tributary_vocabulary::{AccountId, Region, Seed, Timestamp};

use super::options::Options;
use crate::kernel::{Caller, Ids, ServiceError, World};
use crate::opensearch::Engine;
use crate::policy::NamedPolicy;

/// A domain and what lies in it.
#[derive(Debug)]
pub struct Domain {
    /// Its name.
    pub name: String,
    /// Who owns it.
    pub account: AccountId,
    /// Where it lies.
    pub region: Region,
    /// Its ARN.
    pub arn: String,
    /// Its engine version, such as `OpenSearch_2.19`.
    pub version: String,
    /// The host at which it answers, once it is up.
    pub host: String,
    /// Whether it has its endpoint.
    pub is_up: bool,
    /// Until when it is processing a change.
    pub processing_until: Timestamp,
    /// Whether it is being deleted.
    pub is_deleted: bool,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    pub(super) options: Options,
    pub(super) engine: Engine,
}

/// What is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Timer {
    /// A domain gets its endpoint.
    Up {
        /// Its ARN.
        arn: String,
    },
    /// A domain is gone.
    Gone {
        /// Its ARN.
        arn: String,
    },
}

/// All that the service holds.
#[derive(Debug)]
pub struct State {
    pub(super) seed: Seed,
    pub(super) ids: Ids,
    /// The domains by their ARN.
    pub(super) domains: BTreeMap<String, Domain>,
    /// The ARNs of the domains by their host.
    pub(super) hosts: BTreeMap<String, String>,
}

impl State {
    pub(crate) fn new(seed: Seed) -> Self {
        Self {
            seed,
            ids: Ids::new(seed.child("ids")),
            domains: BTreeMap::new(),
            hosts: BTreeMap::new(),
        }
    }

    /// The caller's domain of this name.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(super) fn domain_mut(
        &mut self,
        caller: &Caller,
        name: &str,
    ) -> Result<&mut Domain, ServiceError> {
        let arn = super::name::arn_of(caller, name);
        self.domains.get_mut(&arn).ok_or_else(|| super::name::not_found(name))
    }
}

pub(crate) fn on_timer(world: &mut World, timer: Timer) {
    match timer {
        Timer::Up { arn } => {
            if let Some(domain) = world.domain.domains.get_mut(&arn) {
                domain.is_up = true;
                world.trace("es.up", &arn, &[]);
            }
        }
        Timer::Gone { arn } => {
            if world.domain.domains.get(&arn).is_some_and(|domain| domain.is_deleted) {
                world.domain.domains.remove(&arn);
                world.domain.hosts.retain(|_, found| *found != arn);
                world.trace("es.gone", &arn, &[]);
            }
        }
    }
}

/// The access policy of the domain that an ARN names or lies in.
pub(crate) fn resource_policy(world: &World, resource: &str) -> Option<NamedPolicy> {
    let arn = domain_arn(resource)?;
    world.domain.domains.get(arn)?.options.policy.clone()
}

/// `arn:aws:es:REGION:ACCOUNT:domain/NAME` of an ARN that may go on with a path.
fn domain_arn(resource: &str) -> Option<&str> {
    let mut slashes = resource.match_indices('/').map(|(at, _)| at);
    slashes.next()?;
    Some(slashes.next().map_or(resource, |end| &resource[..end]))
}
