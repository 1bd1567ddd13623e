//! The data plane of the lab's OpenSearch domain.

use bytes::Bytes;
use http::Method;
use serde_json::Value;

use crate::SignedError;
use crate::door::{SignedCall, SignedClient, SignedResponse};
use crate::driver::SharedCore;
use crate::topology::Names;

/// The data plane of the lab's OpenSearch domain, called as the master account's root.
#[derive(Clone)]
pub struct OpenSearch {
    client: SignedClient,
    core: SharedCore,
    names: Names,
}

impl OpenSearch {
    pub(super) fn new(core: SharedCore, names: Names) -> Self {
        let client = SignedClient::new(core.clone(), names.master, names.region.clone());
        Self { client, core, names }
    }

    /// The host of the domain's endpoint.
    #[must_use]
    pub fn host(&self) -> String {
        self.core.lock().world.domain_host(&self.names.domain_arn()).unwrap_or_default()
    }

    /// Sends a request to the domain; `path` begins with a slash and may have a query.
    ///
    /// # Errors
    /// When the path makes no URL.
    pub fn request(
        &self,
        method: Method,
        path: &str,
        body: impl Into<Bytes>,
    ) -> Result<SignedResponse, SignedError> {
        self.client.send(&SignedCall {
            service: "es",
            method,
            url: format!("https://{}{path}", self.host()),
            content_type: "application/json",
            target: None,
            body: body.into(),
        })
    }

    /// Searches an index, an index pattern or a list of them, and gives OpenSearch's answer.
    ///
    /// # Errors
    /// When the index is no part of a URL, or OpenSearch refuses the search.
    pub fn search(&self, index: &str, query: &Value) -> Result<Value, SignedError> {
        let response = self
            .request(Method::POST, &format!("/{index}/_search"), query.to_string())?
            .success("_search")?;
        Ok(serde_json::from_slice(&response.body).unwrap_or_default())
    }

    /// How many documents an index, an index pattern or a list of them has.
    ///
    /// # Errors
    /// As [`OpenSearch::search`].
    pub fn count(&self, index: &str) -> Result<u64, SignedError> {
        let response =
            self.request(Method::GET, &format!("/{index}/_count"), "")?.success("_count")?;
        let answer: Value = serde_json::from_slice(&response.body).unwrap_or_default();
        Ok(answer["count"].as_u64().unwrap_or(0))
    }
}

impl std::fmt::Debug for OpenSearch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenSearch").field("host", &self.host()).finish()
    }
}
