//! What an endpoint can do: what is known of its kind, what it says of itself, and what trying shows.

use std::collections::BTreeMap;

use tributary_vocabulary::AccountId;

use super::table::{Entry, entry};
use super::{BackendError, Capabilities, Capability, EndpointKind, Support};
use crate::door::{AwsDoor, SearchDoor};

mod accounts;
mod destinations;
mod group;
mod objects;
mod services;
mod stream;
mod subscriptions;
mod trying;

use services::Service;

/// What an endpoint can do. What is tried leaves nothing behind.
///
/// # Errors
/// When it stops to answer, when credentials are refused, and when the OpenSearch that was named
/// cannot be used.
pub(crate) async fn capabilities_of(
    kind: &EndpointKind,
    door: &AwsDoor,
    opensearch: Option<&SearchDoor>,
    master: AccountId,
    member: Option<AccountId>,
) -> Result<Capabilities, BackendError> {
    let mut found = Found::of_table(kind);
    found.opensearch(opensearch)?;
    let down = services::down(kind, door, master).await?;
    found.without_services(&down);
    found.accounts(kind, door, master, member)?;
    if !kind.is_as_tried() {
        found.try_delivery(door, master, member, &down).await?;
    }
    Ok(found.all())
}

/// What has been found out so far; what is not in it is there as far as is known.
struct Found(BTreeMap<Capability, String>);

impl Found {
    fn of_table(kind: &EndpointKind) -> Self {
        // Of another LocalStack less is known; that is said with the reason.
        let other = match kind {
            EndpointKind::LocalStack { .. } if !kind.is_as_tried() => "as LocalStack 4.14 does: ",
            _ => "",
        };
        let no = |it: &Capability| match entry(kind, *it) {
            Entry::No(reason) => Some((*it, format!("{other}{reason}"))),
            Entry::Yes | Entry::If(_) | Entry::Tried => None,
        };
        Self(Capability::ALL.iter().filter_map(no).collect())
    }

    /// The first reason stays.
    fn lacks(&mut self, capability: Capability, reason: impl Into<String>) {
        self.0.entry(capability).or_insert_with(|| reason.into());
    }

    /// What was tried goes before what the table says.
    fn tried(&mut self, capability: Capability, support: Support) {
        match support {
            Support::Yes => {
                self.0.remove(&capability);
            }
            Support::No(reason) => {
                self.0.insert(capability, reason);
            }
        }
    }

    fn opensearch(&mut self, door: Option<&SearchDoor>) -> Result<(), BackendError> {
        match door {
            Some(door) => {
                door.check()?;
            }
            None => {
                for capability in [Capability::OpenSearch, Capability::FirehoseToOpenSearch] {
                    self.lacks(capability, "no --opensearch URL was given");
                }
            }
        }
        Ok(())
    }

    fn without_services(&mut self, down: &BTreeMap<Service, String>) {
        for capability in Capability::ALL {
            let reason = Service::of(*capability).iter().find_map(|it| down.get(it));
            if let Some(reason) = reason {
                self.lacks(*capability, reason);
            }
        }
    }

    fn accounts(
        &mut self,
        kind: &EndpointKind,
        door: &AwsDoor,
        master: AccountId,
        member: Option<AccountId>,
    ) -> Result<(), BackendError> {
        let Some(mut reason) = accounts::missing(kind, door, master, member)? else {
            return Ok(());
        };
        if let Entry::If(condition) = entry(kind, Capability::Accounts) {
            reason = format!("{reason}; it has several accounts if {condition}");
        }
        self.lacks(Capability::CrossAccountDestinations, format!("there is one account: {reason}"));
        self.lacks(Capability::Accounts, reason);
        Ok(())
    }

    /// Small experiments, for what nobody can say beforehand.
    async fn try_delivery(
        &mut self,
        door: &AwsDoor,
        master: AccountId,
        member: Option<AccountId>,
        down: &BTreeMap<Service, String>,
    ) -> Result<(), BackendError> {
        let has = |services: &[Service]| !services.iter().any(|it| down.contains_key(it));
        if has(&[Service::Logs, Service::Kinesis]) {
            let (delivered, patterns) = subscriptions::experiment(door, master).await?;
            self.tried(Capability::Subscriptions, delivered);
            self.tried(Capability::FilterPatterns, patterns);
            let apart = !self.0.contains_key(&Capability::Accounts);
            match member.filter(|it| *it != master) {
                Some(member) if apart => {
                    let across = destinations::experiment(door, master, member).await?;
                    self.tried(Capability::CrossAccountDestinations, across);
                }
                _ => self.lacks(
                    Capability::CrossAccountDestinations,
                    "there is no second account to try it with",
                ),
            }
        }
        if has(&[Service::Firehose, Service::S3]) {
            let objects = objects::experiment(door, master).await?;
            self.tried(Capability::FirehoseToS3, objects);
        }
        Ok(())
    }

    fn all(self) -> Capabilities {
        self.0
            .into_iter()
            .fold(Capabilities::all(), |all, (capability, reason)| all.without(capability, reason))
    }
}

#[cfg(test)]
mod tests;
