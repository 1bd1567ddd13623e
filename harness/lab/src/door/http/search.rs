//! OpenSearch by HTTP.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Response};
use serde_json::Value;

use super::address::Address;
use super::error::{TransportError, Trouble};
use super::limits::Limits;
use super::line::Line;
use crate::backend::BackendError;

const WHAT: &str = "OpenSearch";

/// Where OpenSearch is, and who asks. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct SearchDoor {
    address: Address,
    line: Line,
}

impl SearchDoor {
    /// A door to the OpenSearch at a URL, which may have user and password. Makes no call.
    pub(crate) fn open(url: &str, ca_bundle: Option<&Path>) -> Result<Self, BackendError> {
        Ok(Self { address: Address::parse(url)?, line: Line::open(WHAT, ca_bundle)? })
    }

    /// The URL without user and password.
    pub(crate) fn url(&self) -> &str {
        self.address.as_str()
    }

    /// One request, blocking, without retries.
    pub(crate) fn request(
        &self,
        method: Method,
        path: &str,
        content_type: &str,
        body: impl Into<Bytes>,
    ) -> Result<Response<Bytes>, TransportError> {
        let unfit = |error: http::Error| TransportError {
            what: WHAT,
            url: format!("{}{path}", self.url()),
            trouble: Trouble::Request,
            why: error.to_string(),
        };
        let body = body.into();
        let mut request =
            Request::builder().method(method).uri(self.address.at(path).map_err(unfit)?);
        if !body.is_empty() {
            request = request.header(CONTENT_TYPE, content_type);
        }
        if let Some((user, password)) = &self.address.login {
            let login = format!("Basic {}", STANDARD.encode(format!("{user}:{password}")));
            let mut value = HeaderValue::try_from(login).map_err(|error| unfit(error.into()))?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        self.line.send(request.body(body).map_err(unfit)?, Limits::default())
    }

    /// Asks who answers; gives OpenSearch's version number.
    pub(crate) fn check(&self) -> Result<String, BackendError> {
        let response = self.request(Method::GET, "/", "application/json", Bytes::new())?;
        let status = response.status().as_u16();
        if matches!(status, 401 | 403) {
            return Err(BackendError::Secured { url: self.url().to_owned(), status });
        }
        let answer: Value = serde_json::from_slice(response.body()).unwrap_or_default();
        let version = &answer["version"];
        match (version["distribution"].as_str(), version["number"].as_str()) {
            (Some("opensearch"), Some(number)) if status == 200 => Ok(number.to_owned()),
            (_, number) => Err(BackendError::SomethingElse {
                what: WHAT,
                url: self.url().to_owned(),
                found: found(status, &answer, number, response.body()),
            }),
        }
    }
}

/// What answered instead, in a few words.
fn found(status: u16, answer: &Value, number: Option<&str>, body: &[u8]) -> String {
    let distribution = answer["version"]["distribution"].as_str();
    if let (Some(number), None, Some(_)) = (number, distribution, answer["tagline"].as_str()) {
        return format!("it answers as Elasticsearch {number}");
    }
    let start: String = String::from_utf8_lossy(body).chars().take(80).collect();
    format!("GET / was answered with {status}: {}", start.trim())
}
