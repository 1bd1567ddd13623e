//! What goes wrong, in OpenSearch's own words.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::http::HttpResponse;

/// An exception of OpenSearch: a status, a type in snake case, a reason, and what caused it
/// (OpenSearch reference, "Error body").
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{}: {}", .0.kind, .0.reason)]
pub struct Failure(Box<Detail>);

#[derive(Debug, Clone, PartialEq)]
struct Detail {
    status: u16,
    kind: Cow<'static, str>,
    reason: String,
    /// Members beside `type` and `reason`, such as `index`.
    extra: Map<String, Value>,
    cause: Option<Failure>,
    /// `root_cause` when it is not the exception itself.
    roots: Option<Vec<Failure>>,
}

impl Failure {
    /// An exception of this status, type and reason.
    #[must_use]
    pub fn new(status: u16, kind: impl Into<Cow<'static, str>>, reason: impl Into<String>) -> Self {
        Self(Box::new(Detail {
            status,
            kind: kind.into(),
            reason: reason.into(),
            extra: Map::new(),
            cause: None,
            roots: None,
        }))
    }

    /// 400 `illegal_argument_exception`.
    #[must_use]
    pub fn illegal_argument(reason: impl Into<String>) -> Self {
        Self::new(400, "illegal_argument_exception", reason)
    }

    /// 400 `parsing_exception`: a request body that is JSON but not what it should be.
    #[must_use]
    pub fn parsing(reason: impl Into<String>) -> Self {
        Self::new(400, "parsing_exception", reason)
    }

    /// 400 `mapper_parsing_exception`: a document or mapping that does not fit.
    #[must_use]
    pub fn mapper_parsing(reason: impl Into<String>) -> Self {
        Self::new(400, "mapper_parsing_exception", reason)
    }

    /// 400 `number_format_exception`, in Java's words.
    #[must_use]
    pub fn number_format(text: &str) -> Self {
        let reason = if text.is_empty() {
            "empty String".to_owned()
        } else {
            format!("For input string: \"{text}\"")
        };
        Self::new(400, "number_format_exception", reason)
    }

    /// 400 for something OpenSearch knows and this subset does not.
    #[must_use]
    pub fn outside_subset(what: &str) -> Self {
        Self::illegal_argument(format!(
            "{what} exists in OpenSearch but is not part of this emulation; leave it out"
        ))
    }

    /// 400 for a request body that is not JSON.
    #[must_use]
    pub fn json(error: &serde_json::Error) -> Self {
        Self::new(400, "json_parse_exception", error.to_string())
            .with("line", error.line())
            .with("col", error.column())
    }

    /// 404 `index_not_found_exception` (OpenSearch reference, "Error body").
    #[must_use]
    pub fn no_such_index(name: &str) -> Self {
        Self::new(404, "index_not_found_exception", format!("no such index [{name}]"))
            .with("index", name)
            .with("resource.id", name)
            .with("resource.type", "index_or_alias")
            .with("index_uuid", "_na_")
    }

    /// The exception that led to this one.
    #[must_use]
    pub fn because(mut self, cause: Self) -> Self {
        self.0.cause = Some(cause);
        self
    }

    /// With a further member.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.extra.insert(name.to_owned(), value.into());
        self
    }

    /// With these as `root_cause`.
    #[must_use]
    pub fn rooted(mut self, roots: Vec<Self>) -> Self {
        self.0.roots = Some(roots);
        self
    }

    /// With another status.
    #[must_use]
    pub fn status_of(mut self, status: u16) -> Self {
        self.0.status = status;
        self
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// The exception's type, such as `mapper_parsing_exception`.
    #[must_use]
    pub fn kind(&self) -> &str {
        &self.0.kind
    }

    /// The sentence.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// The exception that led to this one.
    #[must_use]
    pub fn cause(&self) -> Option<&Self> {
        self.0.cause.as_ref()
    }

    /// The exception as it stands in `error` of a bulk item: without `root_cause`.
    #[must_use]
    pub fn detail(&self) -> Value {
        let mut detail = self.head();
        if let Some(cause) = &self.0.cause {
            detail.insert("caused_by".to_owned(), cause.detail());
        }
        Value::Object(detail)
    }

    fn head(&self) -> Map<String, Value> {
        let mut head = Map::new();
        head.insert("type".to_owned(), json!(self.0.kind));
        head.insert("reason".to_owned(), json!(self.0.reason));
        head.extend(self.0.extra.clone());
        head
    }

    /// The whole error body.
    #[must_use]
    pub fn body(&self) -> Value {
        let roots = match &self.0.roots {
            Some(roots) => roots.iter().map(|root| Value::Object(root.head())).collect(),
            None => vec![Value::Object(self.head())],
        };
        let mut error = Map::new();
        error.insert("root_cause".to_owned(), Value::Array(roots));
        if let Value::Object(detail) = self.detail() {
            error.extend(detail);
        }
        json!({ "error": error, "status": self.0.status })
    }

    /// The answer that carries this error.
    #[must_use]
    pub fn response(&self) -> HttpResponse {
        HttpResponse::json(self.0.status, &self.body())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_the_body_of_a_missing_index() {
        assert_eq!(
            Failure::no_such_index("x").body().to_string(),
            r#"{"error":{"root_cause":[{"type":"index_not_found_exception","reason":"no such index [x]","index":"x","resource.id":"x","resource.type":"index_or_alias","index_uuid":"_na_"}],"type":"index_not_found_exception","reason":"no such index [x]","index":"x","resource.id":"x","resource.type":"index_or_alias","index_uuid":"_na_"},"status":404}"#
        );
    }
}
