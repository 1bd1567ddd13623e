//! What may be set of the OpenSearch domains.

/// Delays; on AWS a domain takes 10 to 30 minutes to come up, which a run on the real clock would
/// have to wait for.
#[derive(Debug, Clone)]
pub struct Settings {
    /// From CreateDomain until the domain has its endpoint, in ms.
    pub create_ms: i64,
    /// How long a domain is processing a change of its configuration, in ms.
    pub update_ms: i64,
    /// From DeleteDomain until the domain is gone, in ms.
    pub delete_ms: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { create_ms: 5_000, update_ms: 5_000, delete_ms: 5_000 }
    }
}
