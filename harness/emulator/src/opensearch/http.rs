//! A request and its answer, without a socket.

use bytes::Bytes;
use http::Method;
use percent_encoding::percent_decode_str;
use serde::Serialize;
use serde_json::Value;

use super::error::Failure;

/// One HTTP request to the domain.
#[derive(Debug, Clone)]
pub struct HttpRequest {
    /// The method; `HEAD` is answered like `GET` without a body.
    pub method: Method,
    /// The path as on the wire, percent-encoded, without the query string.
    pub path: String,
    /// The query parameters, decoded, in order.
    pub query: Vec<(String, String)>,
    /// The `Content-Type` header, if there was one.
    pub content_type: Option<String>,
    /// The body, already decompressed.
    pub body: Bytes,
}

impl HttpRequest {
    /// A request without query parameters; a body is declared as `application/json`.
    #[must_use]
    pub fn new(method: Method, path: &str, body: impl Into<Bytes>) -> Self {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let query = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                (decode(name), decode(value))
            })
            .collect();
        let body = body.into();
        let content_type = (!body.is_empty()).then(|| "application/json".to_owned());
        Self { method, path: path.to_owned(), query, content_type, body }
    }

    /// The last value of this query parameter.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&str> {
        self.query.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A boolean parameter: absent gives `default`, present and empty is true.
    ///
    /// # Errors
    /// `illegal_argument_exception` for anything but `true`, `false` and nothing.
    pub fn flag(&self, name: &str, default: bool) -> Result<bool, Failure> {
        match self.param(name) {
            None => Ok(default),
            Some("" | "true") => Ok(true),
            Some("false") => Ok(false),
            Some(other) => Err(Failure::illegal_argument(format!(
                "Failed to parse value [{other}] as only [true] or [false] are allowed."
            ))),
        }
    }

    /// A non-negative number parameter.
    ///
    /// # Errors
    /// `illegal_argument_exception` when it is not a number.
    pub fn number(&self, name: &str) -> Result<Option<i64>, Failure> {
        self.param(name)
            .map(|text| {
                text.parse().map_err(|_| {
                    Failure::illegal_argument(format!(
                        "Failed to parse int parameter [{name}] with value [{text}]"
                    ))
                    .because(Failure::number_format(text))
                })
            })
            .transpose()
    }

    /// The path's segments, decoded; empty ones are dropped, as `//` and a final `/` mean nothing.
    #[must_use]
    pub fn segments(&self) -> Vec<String> {
        self.path.split('/').filter(|part| !part.is_empty()).map(decode).collect()
    }

    /// The body as JSON; `None` when there is no body.
    ///
    /// # Errors
    /// `json_parse_exception` where the body is not JSON.
    pub fn json(&self) -> Result<Option<Value>, Failure> {
        if self.body.iter().all(u8::is_ascii_whitespace) {
            return Ok(None);
        }
        serde_json::from_slice(&self.body).map(Some).map_err(|e| Failure::json(&e))
    }
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The `Content-Type` of a JSON answer.
pub const JSON: &str = "application/json; charset=UTF-8";
/// The `Content-Type` of a `_cat` answer.
pub const TEXT: &str = "text/plain; charset=UTF-8";

/// The answer to a request.
#[derive(Debug, Clone)]
pub struct HttpResponse {
    /// The status code.
    pub status: u16,
    /// The `Content-Type` header.
    pub content_type: &'static str,
    /// The body; empty for `HEAD`.
    pub body: Bytes,
}

impl HttpResponse {
    /// A JSON answer.
    pub(super) fn json(status: u16, body: &impl Serialize) -> Self {
        // Serialising our own types to memory cannot fail: no map has a key that is not text.
        let body = serde_json::to_vec(body).unwrap_or_default();
        Self { status, content_type: JSON, body: body.into() }
    }

    /// A 200 JSON answer.
    pub(super) fn ok(body: &impl Serialize) -> Self {
        Self::json(200, body)
    }

    /// A 200 text answer, as `_cat` gives.
    pub(super) fn text(body: String) -> Self {
        Self { status: 200, content_type: TEXT, body: body.into() }
    }

    /// The body as JSON, `null` when it is none; for callers that look inside an answer.
    #[must_use]
    pub fn value(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }
}
