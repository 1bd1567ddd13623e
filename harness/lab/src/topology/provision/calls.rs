//! Signed calls in the name of an account's root, in the three protocols of AWS.

use bytes::Bytes;
use http::Method;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use tributary_vocabulary::Region;

use super::outcome::CallError;
use crate::door::{SignedCall, SignedClient};

/// Calls services in the name of one account's root.
pub(super) struct Calls {
    client: SignedClient,
    region: Region,
}

impl Calls {
    pub(super) fn new(client: SignedClient) -> Self {
        let region = client.region().clone();
        Self { client, region }
    }

    /// A call of IAM.
    pub(super) fn iam(&self, action: &str, form: &[(&str, &str)]) -> Result<String, CallError> {
        self.query("iam", "https://iam.amazonaws.com/", "2010-05-08", action, form)
    }

    /// A call of EC2.
    pub(super) fn ec2(&self, action: &str, form: &[(&str, &str)]) -> Result<String, CallError> {
        let url = format!("https://ec2.{}.amazonaws.com/", self.region);
        self.query("ec2", &url, "2016-11-15", action, form)
    }

    fn query(
        &self,
        service: &str,
        url: &str,
        version: &str,
        action: &str,
        form: &[(&str, &str)],
    ) -> Result<String, CallError> {
        let mut body = format!("Action={action}&Version={version}");
        for (name, value) in form {
            body.push_str(&format!("&{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)));
        }
        let call = SignedCall {
            service,
            method: Method::POST,
            url: url.to_owned(),
            content_type: "application/x-www-form-urlencoded",
            target: None,
            body: Bytes::from(body),
        };
        self.send(action, &call)
    }

    /// A call of a service that speaks AWS JSON 1.1, such as `events`.
    pub(super) fn json(
        &self,
        service: &str,
        target: &str,
        body: &Value,
    ) -> Result<Value, CallError> {
        let call = SignedCall {
            service,
            method: Method::POST,
            url: format!("https://{service}.{}.amazonaws.com/", self.region),
            content_type: "application/x-amz-json-1.1",
            target: Some(target),
            body: Bytes::from(body.to_string()),
        };
        self.send(target, &call).map(|body| parsed(&body))
    }

    /// A call of a service that speaks REST with JSON bodies, such as `guardduty`.
    pub(super) fn rest(
        &self,
        service: &str,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, CallError> {
        let call = SignedCall {
            service,
            method,
            url: format!("https://{service}.{}.amazonaws.com{path}", self.region),
            content_type: "application/json",
            target: None,
            body: body.map(|body| Bytes::from(body.to_string())).unwrap_or_default(),
        };
        self.send(path, &call).map(|body| parsed(&body))
    }

    fn send(&self, what: &str, call: &SignedCall<'_>) -> Result<String, CallError> {
        let unsent = |error: &dyn std::error::Error| CallError {
            code: String::new(),
            message: error.to_string(),
            whole: error.to_string(),
        };
        let response = self.client.send(call).map_err(|error| unsent(&error))?;
        let body = String::from_utf8_lossy(&response.body).into_owned();
        if (200..300).contains(&response.status) {
            return Ok(body);
        }
        let (code, message) = told(&body);
        let whole = format!("{what} was answered with {}: {body}", response.status);
        Err(CallError { code, message, whole })
    }
}

fn parsed(body: &str) -> Value {
    serde_json::from_str(body).unwrap_or_default()
}

/// Code and message of an error, in whichever protocol it comes.
fn told(body: &str) -> (String, String) {
    if let Ok(Value::Object(error)) = serde_json::from_str::<Value>(body) {
        let text = |names: &[&str]| {
            let found = names.iter().find_map(|name| error.get(*name)).and_then(Value::as_str);
            found.unwrap_or_default().to_owned()
        };
        let code = text(&["__type", "code"]);
        let code = code.rsplit('#').next().unwrap_or_default().to_owned();
        return (code, text(&["message", "Message"]));
    }
    let element = |name: &str| {
        let found = elements(body, name).next().unwrap_or_default();
        let unescape = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")];
        let text =
            unescape.iter().fold(found.to_owned(), |text, (from, to)| text.replace(from, to));
        text.replace("&apos;", "'").replace("&amp;", "&")
    };
    (element("Code"), element("Message"))
}

/// The texts of all elements of this name.
pub(super) fn elements<'a>(xml: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let mut rest = xml;
    std::iter::from_fn(move || {
        let start = rest.find(&open)? + open.len();
        let end = start + rest[start..].find(&close)?;
        let text = &rest[start..end];
        rest = &rest[end..];
        Some(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_errors_of_every_protocol() {
        for (body, code, message) in [
            (
                r#"{"__type":"com.x#AccessDeniedException","message":"no"}"#,
                "AccessDeniedException",
                "no",
            ),
            (r#"{"__type":"X","Message":"m"}"#, "X", "m"),
            (
                "<ErrorResponse><Error><Code>AccessDenied</Code><Message>a &quot;b&quot; &amp; c</Message></Error></ErrorResponse>",
                "AccessDenied",
                "a \"b\" & c",
            ),
            ("", "", ""),
        ] {
            assert_eq!(told(body), (code.to_owned(), message.to_owned()), "{body}");
        }
        let vpcs: Vec<&str> = elements("<a><id>1</id><id>2</id></a>", "id").collect();
        assert_eq!(vpcs, ["1", "2"]);
    }
}
