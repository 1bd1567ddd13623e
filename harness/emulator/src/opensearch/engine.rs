//! One domain's data plane.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use tributary_vocabulary::{Seed, Timestamp};

use super::aliases::Aliases;
use super::error::Failure;
use super::http::{HttpRequest, HttpResponse};
use super::index::Index;
use super::mapping::Mapping;
use super::settings::Settings;
use super::templates::Templates;
use super::{names, router};

/// Whether the domain answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Availability {
    /// It does.
    #[default]
    Available,
    /// Every request is answered with this status: 429 with `rejected_execution_exception`, 503
    /// with `cluster_manager_not_discovered_exception`, any other with a plain message.
    Unavailable(u16),
}

/// When a search sees a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Visibility {
    /// After the index's next refresh, as in OpenSearch: tests that forget to wait fail.
    #[default]
    AfterRefresh,
    /// At once.
    Immediate,
}

/// What the domain says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The node's name; AWS uses a hash.
    pub node_name: String,
    /// The cluster's name; AWS uses `ACCOUNT:DOMAIN`.
    pub cluster_name: String,
    /// `version.number`
    pub version: String,
    /// `version.lucene_version`
    pub lucene_version: String,
    /// `version.minimum_wire_compatibility_version`
    pub minimum_wire_version: String,
    /// `version.minimum_index_compatibility_version`
    pub minimum_index_version: String,
}

impl Default for Identity {
    /// OpenSearch 3.5.0, as captured (OpenSearch reference, "HTTP and identity").
    fn default() -> Self {
        Self {
            node_name: "node-1".to_owned(),
            cluster_name: "opensearch".to_owned(),
            version: "3.5.0".to_owned(),
            lucene_version: "10.3.2".to_owned(),
            minimum_wire_version: "2.19.0".to_owned(),
            minimum_index_version: "2.0.0".to_owned(),
        }
    }
}

/// The engine: indices and documents in memory, driven by requests and the time they carry.
///
/// It has no clock and starts nothing by itself. A refresh is worked out when a search asks, so
/// there are no deadlines.
#[derive(Debug)]
pub struct Engine {
    pub(super) identity: Identity,
    pub(super) cluster_uuid: String,
    pub(super) indices: BTreeMap<String, Index>,
    pub(super) aliases: Aliases,
    pub(super) templates: Templates,
    pub(super) availability: Availability,
    pub(super) visibility: Visibility,
    pub(super) allow_explicit_index: bool,
    random: ChaCha8Rng,
    latest: Timestamp,
}

impl Engine {
    /// An empty domain. Ids that it makes come from `seed`.
    #[must_use]
    pub fn new(seed: Seed) -> Self {
        Self::with_identity(seed, Identity::default())
    }

    /// An empty domain that says it is this.
    #[must_use]
    pub fn with_identity(seed: Seed, identity: Identity) -> Self {
        let mut random = seed.child("opensearch").stream();
        let cluster_uuid = random_id::<16>(&mut random);
        Self {
            identity,
            cluster_uuid,
            indices: BTreeMap::new(),
            aliases: Aliases::default(),
            templates: Templates::default(),
            availability: Availability::default(),
            visibility: Visibility::default(),
            allow_explicit_index: true,
            random,
            latest: Timestamp::from_ms(i64::MIN),
        }
    }

    /// Makes the domain answer, or fail, from now on.
    pub const fn set_availability(&mut self, availability: Availability) {
        self.availability = availability;
    }

    /// Chooses when searches see writes.
    pub const fn set_visibility(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }

    /// The domain's `rest.action.multi.allow_explicit_index`: whether a bulk action may name an
    /// index. Default true; Firehose needs it.
    pub const fn set_allow_explicit_index(&mut self, allow: bool) {
        self.allow_explicit_index = allow;
    }

    /// Answers one HTTP request. `now` must not go back from one call to the next; where it does,
    /// the latest time seen stands in.
    pub fn handle(&mut self, now: Timestamp, request: &HttpRequest) -> HttpResponse {
        let now = self.at(now);
        if let Some(failure) = self.unavailable() {
            return failure.response();
        }
        router::answer(self, now, request)
    }

    /// The time of a call.
    pub(super) fn at(&mut self, now: Timestamp) -> Timestamp {
        self.latest = self.latest.max(now);
        self.latest
    }

    /// What an unavailable domain says.
    pub(super) fn unavailable(&self) -> Option<Failure> {
        match self.availability {
            Availability::Available => None,
            Availability::Unavailable(429) => Some(Failure::new(
                429,
                "rejected_execution_exception",
                "rejected execution of coordinating operation [coordinating_and_primary_bytes=0, replica_bytes=0, all_bytes=0, coordinating_operation_bytes=0, max_coordinating_and_primary_bytes=0]",
            )),
            Availability::Unavailable(503) => Some(Failure::new(
                503,
                "cluster_manager_not_discovered_exception",
                "no cluster manager is discovered",
            )),
            Availability::Unavailable(status) => Some(Failure::new(
                status,
                "status_exception",
                "the domain is set to be unavailable",
            )),
        }
    }

    /// Every document that is there, refreshed or not, by index name and then in the order of the
    /// writes: index, id, and the source byte for byte.
    pub fn documents(&self) -> impl Iterator<Item = (&str, &str, &[u8])> {
        self.documents_with_time().map(|(index, id, source, _)| (index, id, source))
    }

    /// As [`documents`](Self::documents), with the time at which each was last written.
    pub fn documents_with_time(&self) -> impl Iterator<Item = (&str, &str, &[u8], Timestamp)> {
        self.indices.values().flat_map(|index| {
            let documents = index.documents();
            documents.iter().map(move |entry| {
                (index.name.as_str(), entry.id, entry.source, documents.indexed_at(entry.slot))
            })
        })
    }

    /// How many documents there are in all.
    #[must_use]
    pub fn document_count(&self) -> u64 {
        self.indices.values().map(|index| index.documents().count()).sum()
    }

    /// The names of the indices, in alphabetical order, and how many documents each has.
    pub fn index_counts(&self) -> impl Iterator<Item = (&str, u64)> {
        self.indices.values().map(|index| (index.name.as_str(), index.documents().count()))
    }

    /// Makes an index, with what templates give it.
    pub(super) fn create_index(
        &mut self,
        now: Timestamp,
        name: &str,
        settings: Option<&serde_json::Value>,
        mappings: Option<&serde_json::Value>,
    ) -> Result<&mut Index, Failure> {
        names::check(name)?;
        if let Some(index) = self.indices.get(name) {
            let uuid = &index.uuid;
            let reason = format!("index [{name}/{uuid}] already exists");
            return Err(Failure::new(400, "resource_already_exists_exception", reason)
                .with("index", name)
                .with("index_uuid", uuid.as_str()));
        }
        if self.aliases.contains(name) {
            return Err(Failure::new(
                400,
                "invalid_index_name_exception",
                format!("Invalid index name [{name}], already exists as alias"),
            )
            .with("index", name)
            .with("index_uuid", "_na_"));
        }
        let mut merged = Settings::default();
        let mut mapping = Mapping::default();
        let template = self.templates.for_index(name);
        for body in &template.settings {
            merged.apply(body, None)?;
        }
        for body in template.mappings.iter().chain(mappings) {
            super::mapping::merge(&mut mapping, body, 0).map_err(|cause| {
                Failure::mapper_parsing(format!(
                    "Failed to parse mapping [_doc]: {}",
                    cause.reason()
                ))
                .rooted(vec![cause.clone()])
                .because(cause)
            })?;
        }
        if let Some(body) = settings {
            merged.apply(body, None)?;
        }
        mapping.check_limits(merged.total_fields_limit(), merged.depth_limit())?;
        let uuid = random_id::<16>(&mut self.random);
        let index = Index::new(name, uuid, now, merged, mapping);
        for (alias, properties) in template.aliases {
            self.aliases.add(&alias, name, properties);
        }
        Ok(self.indices.entry(name.to_owned()).or_insert(index))
    }

    /// The index that a write to this name goes to, made if it is not there.
    pub(super) fn write_index(
        &mut self,
        now: Timestamp,
        name: &str,
    ) -> Result<&mut Index, Failure> {
        let name = self.aliases.write_index(name)?.to_owned();
        if self.indices.contains_key(&name) {
            return self.indices.get_mut(&name).ok_or_else(|| Failure::no_such_index(&name));
        }
        self.create_index(now, &name, None, None)
    }

    /// A document id of 20 characters, as OpenSearch makes them when none is given.
    pub(super) fn new_id(&mut self) -> String {
        random_id::<15>(&mut self.random)
    }
}

fn random_id<const BYTES: usize>(random: &mut ChaCha8Rng) -> String {
    let mut bytes = [0_u8; BYTES];
    random.fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}
