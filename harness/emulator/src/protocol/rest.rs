//! REST-JSON: an operation is a method and a path with labels (wire-protocols reference, §5).

use std::collections::BTreeMap;

use http::Method;
use percent_encoding::percent_decode_str;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::kernel::{Caller, ServiceError, WireRequest, WireResponse, World};

/// A request whose path was matched.
#[derive(Debug)]
pub struct RestRequest<'a> {
    /// The values of the path's labels, percent-decoded.
    pub labels: BTreeMap<&'static str, String>,
    /// The query's pairs.
    pub query: Vec<(String, String)>,
    /// The request itself.
    pub wire: &'a WireRequest,
}

impl RestRequest<'_> {
    /// The value of a label; the table's path has it, so it is there.
    #[must_use]
    pub fn label(&self, name: &str) -> &str {
        self.labels.get(name).map_or("", String::as_str)
    }

    /// The first value of a query parameter.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The body as the operation's input; an empty body is `{}`.
    ///
    /// # Errors
    /// `SerializationException` when it is not.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, ServiceError> {
        let body: &[u8] = if self.wire.body.is_empty() { b"{}" } else { &self.wire.body };
        serde_json::from_slice(body).map_err(|error| ServiceError::serialization(error.to_string()))
    }
}

/// One operation of a service that speaks REST-JSON.
#[derive(Clone, Copy)]
pub struct RestOperation {
    /// AWS's name, such as `CreateFunction`.
    pub name: &'static str,
    /// The method.
    pub method: RestMethod,
    /// The path, its labels in braces: `/2015-03-31/functions/{FunctionName}`.
    pub path: &'static str,
    /// Runs it.
    pub call: fn(&mut World, &Caller, &RestRequest<'_>) -> Result<WireResponse, ServiceError>,
}

/// The methods that REST-JSON operations use (`http::Method` is no constant).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestMethod {
    /// GET.
    Get,
    /// POST.
    Post,
    /// PUT.
    Put,
    /// DELETE.
    Delete,
}

impl RestMethod {
    fn is(self, method: &Method) -> bool {
        match self {
            Self::Get => method == Method::GET,
            Self::Post => method == Method::POST,
            Self::Put => method == Method::PUT,
            Self::Delete => method == Method::DELETE,
        }
    }
}

/// The labels of `path` when it has the form of `template`.
fn matches(template: &'static str, path: &str) -> Option<BTreeMap<&'static str, String>> {
    let mut labels = BTreeMap::new();
    let mut wanted = template.trim_matches('/').split('/');
    let mut given = path.trim_matches('/').split('/');
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(labels),
            (Some(wanted), Some(given)) => {
                if let Some(label) = wanted.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
                    let value = percent_decode_str(given).decode_utf8_lossy().into_owned();
                    labels.insert(label, value);
                } else if wanted != given {
                    return None;
                }
            }
            _ => return None,
        }
    }
}

/// Finds the operation in the table and runs it.
pub fn dispatch(
    service: &str,
    table: &[RestOperation],
    world: &mut World,
    caller: &Caller,
    request: &WireRequest,
) -> WireResponse {
    let found = table.iter().filter(|operation| operation.method.is(&request.method)).find_map(
        |operation| matches(operation.path, &request.path).map(|labels| (operation, labels)),
    );
    let result = match found {
        Some((operation, labels)) => (operation.call)(
            world,
            caller,
            &RestRequest { labels, query: request.query_pairs(), wire: request },
        ),
        None => Err(ServiceError::unknown_operation(
            service,
            &format!("{} {}", request.method, request.path),
            &table.iter().map(|operation| operation.name).collect::<Vec<_>>(),
        )
        .status(404)),
    };
    match result {
        Ok(response) => response,
        Err(error) => error_response(&error),
    }
}

/// A JSON response with this status.
///
/// # Errors
/// `InternalFailure` when the output cannot be written as JSON.
pub fn json_response(status: u16, output: &impl Serialize) -> Result<WireResponse, ServiceError> {
    let body = serde_json::to_vec(output)
        .map_err(|error| ServiceError::client("InternalFailure", error.to_string()).status(500))?;
    Ok(WireResponse::new(status, "application/json", body))
}

/// The response of an error; `AccessDeniedException` is 403 here.
#[must_use]
pub fn error_response(error: &ServiceError) -> WireResponse {
    let status = if error.is_access_denied() { 403 } else { error.status };
    let mut body = serde_json::Map::new();
    body.insert("message".to_owned(), error.message.as_str().into());
    body.insert("Message".to_owned(), error.message.as_str().into());
    body.insert("Type".to_owned(), if status < 500 { "User" } else { "Service" }.into());
    for (name, value) in &error.fields {
        body.insert((*name).to_owned(), value.as_str().into());
    }
    WireResponse::new(status, "application/json", serde_json::Value::Object(body).to_string())
        .header("x-amzn-errortype", &error.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_decoded_and_paths_match_whole() {
        let template = "/2015-03-31/functions/{FunctionName}/policy";
        let labels = matches(template, "/2015-03-31/functions/arn%3Aaws%3Alambda/policy");
        assert_eq!(
            labels.and_then(|l| l.get("FunctionName").cloned()).as_deref(),
            Some("arn:aws:lambda")
        );
        assert_eq!(matches(template, "/2015-03-31/functions/f"), None);
        assert!(matches("/2015-03-31/functions", "/2015-03-31/functions/").is_some());
    }
}
