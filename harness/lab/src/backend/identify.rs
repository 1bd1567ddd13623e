//! Who answers at an endpoint.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde_json::Value;

use super::aws_host::{is_aws_url, names_aws};
use super::{BackendError, EndpointKind, guard};
use crate::door::AwsDoor;

/// The editions that LocalStack calls itself; others have its health page too, for its tools.
const LOCALSTACK_EDITIONS: &[&str] = &[
    "community",
    "pro",
    "base",
    "hobby",
    "freemium",
    "student",
    "teams",
    "ultimate",
    "enterprise",
];

/// Asks who answers. Unsigned, so that nobody gets credentials before it is known who it is.
///
/// # Errors
/// When nothing answers, or something that is no AWS endpoint, or one whose certificate is not
/// trusted.
pub(crate) fn identify(door: &AwsDoor) -> Result<EndpointKind, BackendError> {
    let Some(url) = door.url().filter(|url| !is_aws_url(url)) else {
        return Ok(EndpointKind::Aws);
    };
    let asked = Asked { door, url };
    let health = asked.get("/_localstack/health")?;
    let localstack = localstack(&health);
    if let (Some(kind), true) = (&localstack, health.headers().contains_key("x-localstack")) {
        return Ok(kind.clone());
    }
    // Tributary has the health page of LocalStack too, so its own is asked before that is believed.
    if let Some(version) = text(&json(&asked.get("/_tributary/health")?), "version") {
        return Ok(EndpointKind::Tributary { version });
    }
    if let Some(kind) = localstack {
        return Ok(kind);
    }
    if asked.is_moto()? {
        return Ok(EndpointKind::Moto);
    }
    let root = asked.get("/")?;
    let call = asked.call_without_signature()?;
    if asked.is_kinesis_local(&root, &call)? {
        return Ok(EndpointKind::KinesisLocal);
    }
    asked.other(&health, &root, &call)
}

struct Asked<'a> {
    door: &'a AwsDoor,
    url: &'a str,
}

impl Asked<'_> {
    fn get(&self, path: &str) -> Result<Response<Bytes>, BackendError> {
        self.send(Request::builder().method(Method::GET), path, Bytes::new())
    }

    fn call_without_signature(&self) -> Result<Response<Bytes>, BackendError> {
        let request = Request::builder()
            .method(Method::POST)
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", "Kinesis_20131202.ListStreams");
        self.send(request, "/", Bytes::from_static(b"{}"))
    }

    fn send(
        &self,
        request: http::request::Builder,
        path: &str,
        body: Bytes,
    ) -> Result<Response<Bytes>, BackendError> {
        let request = request.uri(format!("{}{path}", self.url)).body(body);
        let request = request.map_err(|error| BackendError::Url {
            url: self.url.to_owned(),
            why: error.to_string(),
        })?;
        self.door.send(request).map_err(|error| match BackendError::from(error) {
            BackendError::Certificate { why, .. } => guard::certificate(self.url, why),
            BackendError::Unreachable { what, why, .. } => {
                BackendError::Unreachable { what, url: self.url.to_owned(), why }
            }
            other => other,
        })
    }

    /// By its dashboard: the data behind it, `/moto-api/data.json`, is 500 once some services were used.
    fn is_moto(&self) -> Result<bool, BackendError> {
        let page = self.get("/moto-api/")?;
        let title = String::from_utf8_lossy(page.body()).contains("<title>Moto</title>");
        Ok(page.status().is_success() && title)
    }

    /// It does not say its name, but no other answers all three so.
    fn is_kinesis_local(
        &self,
        root: &Response<Bytes>,
        call: &Response<Bytes>,
    ) -> Result<bool, BackendError> {
        let here = root.status() == 404
            && &root.body()[..] == b"Not found"
            && call.status() == 400
            && text(&json(call), "__type").as_deref()
                == Some("MissingAuthenticationTokenException");
        if !here {
            return Ok(false);
        }
        let health = self.get("/healthcheck")?;
        Ok(health.status() == 200 && health.body().is_empty())
    }

    /// AWS itself under another name, something that answers calls of AWS, or none of these.
    fn other(
        &self,
        health: &Response<Bytes>,
        root: &Response<Bytes>,
        call: &Response<Bytes>,
    ) -> Result<EndpointKind, BackendError> {
        let answers = [call, root, health];
        if answers.iter().any(|it| is_surely_aws(it)) {
            return Ok(EndpointKind::Aws);
        }
        if let Some(found) = search_engine(root) {
            return Err(self.something_else(found));
        }
        if !answers.iter().any(|it| speaks_aws(it)) {
            return Err(self.something_else(shown(root)));
        }
        let told = json(health);
        let named = text(&told, "edition").map(|edition| {
            let version = text(&told, "version").unwrap_or_default();
            format!("{edition} {version}").trim().to_owned()
        });
        let server = named.or_else(|| answers.iter().find_map(|it| header(it, "server")));
        let server = server.unwrap_or_else(|| "it does not say what it is".to_owned());
        Ok(EndpointKind::Unknown { server })
    }

    fn something_else(&self, found: String) -> BackendError {
        BackendError::SomethingElse { what: "AWS endpoint", url: self.url.to_owned(), found }
    }
}

fn localstack(health: &Response<Bytes>) -> Option<EndpointKind> {
    let told = json(health);
    let edition = text(&told, "edition").unwrap_or_else(|| "community".to_owned());
    let known = LOCALSTACK_EDITIONS.contains(&edition.as_str());
    if !(health.status().is_success() && told["services"].is_object() && known) {
        return None;
    }
    let mut version = text(&told, "version")?;
    if edition != "community" {
        version = format!("{version} ({edition})");
    }
    Some(EndpointKind::LocalStack { version })
}

/// S3 of AWS names itself so, and sends whoever has no name to a page of AWS. Emulators that do the
/// same have told who they are before.
fn is_surely_aws(answer: &Response<Bytes>) -> bool {
    header(answer, "server").is_some_and(|it| it == "AmazonS3")
        || header(answer, "location")
            .is_some_and(|it| names_aws(&it) || it.contains("aws.amazon.com"))
}

fn speaks_aws(answer: &Response<Bytes>) -> bool {
    let ids = ["x-amzn-requestid", "x-amz-request-id", "x-amz-id-2"];
    let body = String::from_utf8_lossy(answer.body());
    let told = json(answer);
    ids.iter().any(|it| answer.headers().contains_key(*it))
        || told["__type"].is_string()
        || told["StreamNames"].is_array()
        || (body.contains("<Code>") && body.contains("<Error>"))
        || body.contains("<ListAllMyBucketsResult")
}

fn search_engine(root: &Response<Bytes>) -> Option<String> {
    let told = json(root);
    let number = told["version"]["number"].as_str()?;
    let name = told["version"]["distribution"].as_str().unwrap_or("elasticsearch");
    let name = if name == "opensearch" { "OpenSearch" } else { "Elasticsearch" };
    Some(format!("it answers as {name} {number}; name it with --opensearch"))
}

/// What answered, in a few words.
fn shown(answer: &Response<Bytes>) -> String {
    let server = header(answer, "server").map(|it| format!(" by {it}")).unwrap_or_default();
    let body = String::from_utf8_lossy(answer.body());
    let words: Vec<&str> = body.split_whitespace().collect();
    let start: String = words.join(" ").chars().take(80).collect();
    let body = if start.is_empty() { String::new() } else { format!(": {start}") };
    format!("GET / was answered with {}{server}{body}", answer.status().as_u16())
}

fn json(answer: &Response<Bytes>) -> Value {
    serde_json::from_slice(answer.body()).unwrap_or_default()
}

fn text(value: &Value, member: &str) -> Option<String> {
    value[member].as_str().map(str::to_owned)
}

/// The value of a header; moto sends `server` twice, and the last one is its own.
fn header(answer: &Response<Bytes>, name: &str) -> Option<String> {
    let value = answer.headers().get_all(name).iter().next_back()?;
    value.to_str().ok().map(str::to_owned)
}

#[cfg(test)]
mod tests;
