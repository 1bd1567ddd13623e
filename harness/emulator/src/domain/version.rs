//! The engine versions of a domain.

use crate::kernel::ServiceError;

/// The versions that OpenSearch Service offers.
const OPENSEARCH: [&str; 12] =
    ["1.0", "1.1", "1.2", "1.3", "2.3", "2.5", "2.7", "2.9", "2.11", "2.13", "2.15", "2.17"];
const OPENSEARCH_LATEST: [&str; 4] = ["2.19", "3.1", "3.3", "3.5"];
const ELASTICSEARCH: [&str; 21] = [
    "1.5", "2.3", "5.1", "5.3", "5.5", "5.6", "6.0", "6.2", "6.3", "6.4", "6.5", "6.7", "6.8",
    "7.1", "7.4", "7.7", "7.8", "7.9", "7.10", "7.0", "7.2",
];

/// The version of a domain that was created without one.
pub(super) const DEFAULT: &str = "OpenSearch_2.19";
/// The same for the older control plane, which knows no OpenSearch versions by default.
pub(super) const DEFAULT_ELASTICSEARCH: &str = "Elasticsearch_7.10";

/// Reads an engine version such as `OpenSearch_2.19` or `Elasticsearch_7.10`.
///
/// # Errors
/// `ValidationException` when OpenSearch Service has no such version.
pub(super) fn check(text: &str) -> Result<(), ServiceError> {
    let known = match text.split_once('_') {
        Some(("OpenSearch", number)) => {
            OPENSEARCH.contains(&number) || OPENSEARCH_LATEST.contains(&number)
        }
        Some(("Elasticsearch", number)) => ELASTICSEARCH.contains(&number),
        _ => false,
    };
    if known {
        return Ok(());
    }
    Err(ServiceError::validation(format!(
        "'{text}' is not a valid engine version: OpenSearch_N with N one of {}, {}, or \
         Elasticsearch_N with N one of {}",
        OPENSEARCH.join(", "),
        OPENSEARCH_LATEST.join(", "),
        ELASTICSEARCH.join(", ")
    )))
}

/// The version as the older control plane writes it: `7.10`, but `OpenSearch_2.19` in full.
pub(super) fn elasticsearch_form(version: &str) -> &str {
    version.strip_prefix("Elasticsearch_").unwrap_or(version)
}
