//! What the harness may ask of OpenSearch Service.

use super::state::Domain;
use crate::kernel::World;
use crate::opensearch::Engine;

impl World {
    /// The data plane of a domain, past its door: no policy is asked.
    #[must_use]
    pub fn domain_engine(&self, domain_arn: &str) -> Option<&Engine> {
        self.domain.domains.get(domain_arn).map(|domain| &domain.engine)
    }

    /// The same, to change it: to make it refuse, or to choose when searches see writes.
    pub fn domain_engine_mut(&mut self, domain_arn: &str) -> Option<&mut Engine> {
        self.domain.domains.get_mut(domain_arn).map(|domain| &mut domain.engine)
    }

    /// The host at which a domain answers, once it is up.
    #[must_use]
    pub fn domain_host(&self, domain_arn: &str) -> Option<String> {
        let domain = self.domain.domains.get(domain_arn)?;
        domain.is_up.then(|| domain.host.clone())
    }

    /// All domains, in the order of their ARNs.
    pub fn domains(&self) -> impl Iterator<Item = &Domain> {
        self.domain.domains.values()
    }
}
