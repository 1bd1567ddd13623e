//! One index: its settings, its mapping and its documents.

use serde_json::{Value, json};
use tributary_vocabulary::Timestamp;

use super::error::Failure;
use super::mapping::{self, Mapping, Shape, Walk};
use super::settings::Settings;
use super::store::{Documents, Entry, View};

/// A search-idle index, by the default refresh interval, has not been searched for so long.
const SEARCH_IDLE_MS: i64 = 30_000;

/// An index.
#[derive(Debug)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// 22 characters that no other index has.
    pub uuid: String,
    /// When it was made.
    pub created: Timestamp,
    /// Its settings.
    pub settings: Settings,
    mapping: Mapping,
    shape: Shape,
    documents: Documents,
    last_search: Timestamp,
}

/// Whether a write may replace a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpType {
    /// It may.
    Index,
    /// It may not.
    Create,
}

/// What a write must find, or fail with 409.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Condition {
    /// `if_seq_no`
    pub seq_no: Option<u64>,
    /// `if_primary_term`
    pub primary_term: Option<u64>,
}

/// What a write did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The document's version after it.
    pub version: u64,
    /// The number of the write among the index's writes.
    pub seq_no: u64,
    /// Whether there was such a document before.
    pub existed: bool,
}

impl Index {
    /// An empty index.
    #[must_use]
    pub fn new(
        name: &str,
        uuid: String,
        created: Timestamp,
        mut settings: Settings,
        mapping: Mapping,
    ) -> Self {
        settings.set("index.creation_date", created.ms().to_string());
        settings.set("index.replication.type", "DOCUMENT".to_owned());
        settings.set("index.provided_name", name.to_owned());
        settings.set("index.uuid", uuid.clone());
        settings.set("index.version.created", "137267827".to_owned());
        Self {
            name: name.to_owned(),
            uuid,
            created,
            settings,
            mapping,
            shape: Shape::default(),
            documents: Documents::default(),
            last_search: created,
        }
    }

    /// Its mapping.
    #[must_use]
    pub const fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    /// Its documents.
    #[must_use]
    pub const fn documents(&self) -> &Documents {
        &self.documents
    }

    /// Merges a body into the mapping.
    ///
    /// # Errors
    /// As [`mapping::merge`], and the limits'.
    pub fn put_mapping(&mut self, body: &Value) -> Result<(), Failure> {
        let mut changed = self.mapping.clone();
        mapping::merge(&mut changed, body, self.documents.slots())?;
        self.adopt(changed)
    }

    fn adopt(&mut self, changed: Mapping) -> Result<(), Failure> {
        changed.check_limits(self.settings.total_fields_limit(), self.settings.depth_limit())?;
        self.mapping = changed;
        self.shape.clear();
        Ok(())
    }

    /// Writes a document.
    ///
    /// # Errors
    /// A block, a version conflict, or whatever does not fit the mapping.
    pub fn put(
        &mut self,
        now: Timestamp,
        id: &str,
        source: &[u8],
        op: OpType,
        condition: Condition,
    ) -> Result<Written, Failure> {
        if let Some(block) = self.settings.write_block(&self.name, false) {
            return Err(block);
        }
        check_id(id)?;
        let depth = self.settings.depth_limit();
        let fit = mapping::fit(&self.mapping, &mut self.shape, source, id, depth)?;
        if fit == Walk::New {
            let mut grown = self.mapping.clone();
            mapping::learn(&mut grown, source, id, self.documents.slots(), depth)?;
            self.adopt(grown)?;
        }
        self.check_conflict(id, op, condition)?;
        let before = self.documents.count();
        let (version, seq_no) = {
            let entry = self.documents.put(now, id, source);
            (entry.version, entry.seq_no)
        };
        Ok(Written { version, seq_no, existed: self.documents.count() == before })
    }

    /// Deletes a document; `existed` says whether there was one.
    ///
    /// # Errors
    /// A block or a version conflict.
    pub fn delete(
        &mut self,
        now: Timestamp,
        id: &str,
        condition: Condition,
    ) -> Result<Written, Failure> {
        if let Some(block) = self.settings.write_block(&self.name, true) {
            return Err(block);
        }
        self.check_conflict(id, OpType::Index, condition)?;
        let (existed, entry) = self.documents.delete(now, id);
        Ok(Written { version: entry.version, seq_no: entry.seq_no, existed })
    }

    fn check_conflict(&self, id: &str, op: OpType, condition: Condition) -> Result<(), Failure> {
        if op == OpType::Index && condition == Condition::default() {
            return Ok(());
        }
        let current = self.documents.get(id);
        if op == OpType::Create
            && let Some(entry) = current
        {
            return Err(self.conflict(format!(
                "[{id}]: version conflict, document already exists (current version [{}])",
                entry.version
            )));
        }
        let Some(seq_no) = condition.seq_no else { return Ok(()) };
        let term = condition.primary_term.unwrap_or(1);
        match current {
            Some(entry) if entry.seq_no == seq_no && term == 1 => Ok(()),
            Some(entry) => Err(self.conflict(format!(
                "[{id}]: version conflict, required seqNo [{seq_no}], primary term [{term}]. current document has seqNo [{}] and primary term [1]",
                entry.seq_no
            ))),
            None => Err(self.conflict(format!(
                "[{id}]: version conflict, required seqNo [{seq_no}], primary term [{term}]. but no document was found"
            ))),
        }
    }

    fn conflict(&self, reason: String) -> Failure {
        Failure::new(409, "version_conflict_engine_exception", reason)
            .with("index", self.name.as_str())
            .with("shard", "0")
            .with("index_uuid", self.uuid.as_str())
    }

    /// The document of this id, refreshed or not.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Entry<'_>> {
        self.documents.get(id)
    }

    /// Makes every write so far visible to searches.
    pub fn refresh(&mut self, now: Timestamp) {
        self.documents.refresh(now);
        self.documents.tidy();
    }

    /// What a search at `now` sees: writes up to the last refresh, which happens at every whole
    /// interval since the index was made. An index with the default interval that nobody has
    /// searched for 30 s does not refresh until it is searched, and then at once.
    pub fn view(&mut self, now: Timestamp, immediate: bool) -> View {
        let idle = now.ms_since(self.last_search) >= SEARCH_IDLE_MS
            && self.settings.refresh_interval_is_default();
        self.last_search = now;
        if immediate {
            self.refresh(now);
        } else if let Some(interval) = self.settings.refresh_interval_ms().filter(|ms| *ms > 0) {
            let age = now.ms_since(self.created);
            // A write in the very millisecond of a tick comes after its refresh.
            let tick = self.created.plus_ms(age / interval * interval - 1);
            if idle && self.documents.is_stale(tick) {
                self.refresh(now);
            } else {
                self.refresh(tick);
            }
        }
        self.documents.view()
    }

    /// `_shards` of a write: one primary answers for itself; its replicas have no node to live on.
    #[must_use]
    pub fn write_shards(&self) -> Value {
        json!({ "total": 1 + self.settings.replicas(), "successful": 1, "failed": 0 })
    }

    /// Green when every copy has a node; there is one node, so only without replicas.
    #[must_use]
    pub fn health(&self) -> &'static str {
        if self.settings.replicas() == 0 { "green" } else { "yellow" }
    }
}

/// Longest id, in bytes.
const MAX_ID_BYTES: usize = 512;

fn check_id(id: &str) -> Result<(), Failure> {
    if id.is_empty() {
        return Err(Failure::illegal_argument("if _id is specified it must not be empty"));
    }
    if id.len() > MAX_ID_BYTES {
        return Err(Failure::illegal_argument(format!(
            "id [{id}] is too long, must be no longer than {MAX_ID_BYTES} bytes but was: {}",
            id.len()
        )));
    }
    Ok(())
}
