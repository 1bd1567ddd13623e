//! Requests and answers as cases have them.

use serde_json::Value;

/// A request over HTTP, to whichever arm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path with its query string, percent-encoded.
    pub target: String,
    /// The host that AWS would be called at; an arm that is a server has its own.
    pub host: String,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

/// What an arm answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body: JSON as it is, XML as a tree, anything else as text, nothing as `null`.
    pub body: Value,
}

impl Answer {
    /// The answer with this body, read as its content says.
    #[must_use]
    pub fn read(status: u16, headers: Vec<(String, String)>, body: &[u8]) -> Self {
        let text = String::from_utf8_lossy(body);
        let body = if text.is_empty() {
            Value::Null
        } else if text.starts_with('<') && !text.starts_with("<!") {
            crate::xml::read(&text)
        } else {
            serde_json::from_str(&text).unwrap_or_else(|_| Value::String(text.into_owned()))
        };
        Self { status, headers, body }
    }

    /// The first value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}
