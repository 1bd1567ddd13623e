//! The data plane of the lab's OpenSearch domain.

use bytes::Bytes;
use http::Method;
use serde_json::Value;

use crate::SignedError;
use crate::backend::BackendError;
use crate::door::{SearchDoor, SignedCall, SignedClient, SignedResponse};
use crate::driver::SharedCore;
use crate::topology::Names;

/// The data plane of the lab's OpenSearch: a domain of its own world, called as the master
/// account's root, or the OpenSearch of its backend.
#[derive(Clone)]
pub struct OpenSearch(Place);

#[derive(Clone)]
enum Place {
    Domain { client: SignedClient, core: SharedCore, names: Names },
    Server(SearchDoor),
    Nowhere,
}

impl OpenSearch {
    pub(super) fn domain(core: SharedCore, names: Names) -> Self {
        let client = SignedClient::new(core.clone(), names.master, names.region.clone());
        Self(Place::Domain { client, core, names })
    }

    pub(super) fn server(door: Option<SearchDoor>) -> Self {
        Self(door.map_or(Place::Nowhere, Place::Server))
    }

    /// The host of the domain's endpoint, or the URL of the backend's OpenSearch; empty when there
    /// is none.
    #[must_use]
    pub fn host(&self) -> String {
        match &self.0 {
            Place::Domain { core, names, .. } => {
                core.lock().world.domain_host(&names.domain_arn()).unwrap_or_default()
            }
            Place::Server(door) => door.url().to_owned(),
            Place::Nowhere => String::new(),
        }
    }

    /// Sends a request; `path` begins with a slash and may have a query.
    ///
    /// # Errors
    /// When the path makes no URL, or the backend has no OpenSearch, or it does not answer.
    pub fn request(
        &self,
        method: Method,
        path: &str,
        body: impl Into<Bytes>,
    ) -> Result<SignedResponse, SignedError> {
        match &self.0 {
            Place::Domain { client, .. } => client.send(&SignedCall {
                service: "es",
                method,
                url: format!("https://{}{path}", self.host()),
                content_type: "application/json",
                target: None,
                body: body.into(),
            }),
            Place::Server(door) => {
                let answer = door.request(method, path, "application/json", body);
                let answer = answer.map_err(BackendError::from)?;
                let status = answer.status().as_u16();
                Ok(SignedResponse { status, body: answer.into_body() })
            }
            Place::Nowhere => Err(SignedError::Refused {
                operation: path.to_owned(),
                status: 0,
                body: "this backend has no OpenSearch".to_owned(),
            }),
        }
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
