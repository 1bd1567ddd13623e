//! Requests to AWS services: from `kinesis:CreateStream` with its members as JSON to HTTP, and
//! answers of the three protocols in one form.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use crate::answer::{Answer, Request};
use crate::case::Step;
use crate::variables::Variables;

/// The account that a step without one is of.
pub const ACCOUNT: &str = "111111111111";
/// The Region of all cases.
pub const REGION: &str = "us-east-1";

const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The request of a step.
///
/// # Errors
/// When the step is not written as one.
pub fn request(step: &Step, variables: &Variables) -> Result<Request, String> {
    let line = variables.fill(&step.line);
    let (service, rest) = line.split_once(':').ok_or(format!("no service in '{line}'"))?;
    let mut words = rest.split_whitespace();
    let operation = words.next().ok_or(format!("no operation in '{line}'"))?;
    let body = match service {
        "s3" => variables.fill(&step.body),
        _ => variables.escaped().fill(&step.body),
    };
    let mut request = match service {
        "kinesis" => json("Kinesis_20131202", service, operation, "1.1", &body),
        "logs" => json("Logs_20140328", service, operation, "1.1", &body),
        "firehose" => json("Firehose_20150804", service, operation, "1.1", &body),
        "iam" => form(service, operation, "2010-05-08", &body)?,
        "sts" => form(service, operation, "2011-06-15", &body)?,
        "s3" => {
            let target = words.next().ok_or(format!("no path in '{line}'"))?.to_owned();
            let body = body.strip_suffix('\n').unwrap_or(&body).to_owned();
            let mut request = plain(service, operation, &target, body);
            request.headers.push(("x-amz-content-sha256".into(), "UNSIGNED-PAYLOAD".into()));
            request
        }
        other => return Err(format!("no service '{other}'")),
    };
    let account = words.next().unwrap_or(ACCOUNT);
    sign(&mut request, service, account);
    for (name, value) in &step.headers {
        request.headers.push((name.clone(), variables.fill(value)));
    }
    Ok(request)
}

fn plain(service: &str, method: &str, target: &str, body: String) -> Request {
    Request {
        method: method.to_owned(),
        target: target.to_owned(),
        host: format!("{service}.{REGION}.amazonaws.com"),
        headers: Vec::new(),
        body,
    }
}

fn json(prefix: &str, service: &str, operation: &str, version: &str, body: &str) -> Request {
    let body = if body.trim().is_empty() { "{}" } else { body.trim() };
    let mut request = plain(service, "POST", "/", body.to_owned());
    request.headers = vec![
        ("content-type".into(), format!("application/x-amz-json-{version}")),
        ("x-amz-target".into(), format!("{prefix}.{operation}")),
    ];
    request
}

fn form(service: &str, operation: &str, version: &str, body: &str) -> Result<Request, String> {
    let body = if body.trim().is_empty() { "{}" } else { body };
    let members: Map<String, Value> =
        serde_json::from_str(body).map_err(|error| format!("{operation}: {error}"))?;
    let mut text = format!("Action={operation}&Version={version}");
    for (name, value) in members {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        text.push_str(&format!("&{name}={}", utf8_percent_encode(&value, FORM)));
    }
    let mut request = plain(service, "POST", "/", text);
    request
        .headers
        .push(("content-type".into(), "application/x-www-form-urlencoded; charset=utf-8".into()));
    Ok(request)
}

/// What LocalStack and moto read of a signature: whose key, which Region and service. Neither
/// verifies it, and the embedded world does not at this door.
fn sign(request: &mut Request, service: &str, account: &str) {
    request.headers.push((
        "authorization".into(),
        format!(
            "AWS4-HMAC-SHA256 Credential={account}/20260101/{REGION}/{service}/aws4_request, \
             SignedHeaders=host;x-amz-date, Signature={}",
            "0".repeat(64)
        ),
    ));
    request.headers.push(("x-amz-date".into(), "20260101T000000Z".into()));
    // Moto takes a key of 12 digits for one that it does not know.
    request.headers.push(("x-moto-account-id".into(), account.to_owned()));
}

/// The answer with what its protocol varies made the same: an error is `code` and `message`
/// whatever its form, and a result stands without its envelope.
#[must_use]
pub fn normal(mut answer: Answer) -> Answer {
    let header = answer.header("x-amzn-errortype").map(str::to_owned);
    let body = answer.body.take();
    answer.body = match body {
        Value::Object(members) if answer.status >= 400 => error(members, header.as_deref()),
        Value::Object(mut members) => match members.iter().next() {
            Some((name, _)) if members.len() == 1 && name.ends_with("Response") => {
                let name = name.clone();
                let response = members.remove(&name).unwrap_or_default();
                let result = name.strip_suffix("Response").map(|name| format!("{name}Result"));
                result.and_then(|name| response.get(&name).cloned()).unwrap_or(response)
            }
            _ => Value::Object(members),
        },
        other => other,
    };
    answer
}

fn error(members: Map<String, Value>, header: Option<&str>) -> Value {
    let mut members = Value::Object(members);
    for path in ["/ErrorResponse/Error", "/Error"] {
        if let Some(inner) = members.pointer(path) {
            members = inner.clone();
        }
    }
    let text = |names: &[&str]| {
        names.iter().find_map(|name| members.get(name)).and_then(Value::as_str).map(str::to_owned)
    };
    let code = text(&["__type", "Code", "code"]).or(header.map(str::to_owned)).unwrap_or_default();
    let code = code.rsplit('#').next().unwrap_or_default();
    let code = code.split(':').next().unwrap_or_default().to_owned();
    let message = text(&["message", "Message"]).unwrap_or_default();
    serde_json::json!({ "code": code, "message": message, "members": members })
}
