//! Signed calls in the three protocols of AWS, and what their answers say.

use bytes::Bytes;
use http::Method;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use tributary_vocabulary::Region;

use super::SignedCall;

impl<'a> SignedCall<'a> {
    /// A call of IAM.
    pub(crate) fn iam(action: &str, form: &[(&str, &str)]) -> Self {
        Self::query("iam", "https://iam.amazonaws.com/".to_owned(), "2010-05-08", action, form)
    }

    /// A call of EC2.
    pub(crate) fn ec2(region: &Region, action: &str, form: &[(&str, &str)]) -> Self {
        Self::query("ec2", url_of("ec2", region, "/"), "2016-11-15", action, form)
    }

    fn query(
        service: &'a str,
        url: String,
        version: &str,
        action: &str,
        form: &[(&str, &str)],
    ) -> Self {
        let mut body = format!("Action={action}&Version={version}");
        for (name, value) in form {
            body.push_str(&format!("&{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)));
        }
        Self {
            service,
            method: Method::POST,
            url,
            content_type: "application/x-www-form-urlencoded",
            target: None,
            body: Bytes::from(body),
        }
    }

    /// A call of a service that speaks AWS JSON 1.1; `target` is such as `Logs_20140328.TagResource`.
    pub(crate) fn json(service: &'a str, region: &Region, target: &'a str, body: &Value) -> Self {
        Self {
            service,
            method: Method::POST,
            url: url_of(service, region, "/"),
            content_type: "application/x-amz-json-1.1",
            target: Some(target),
            body: Bytes::from(body.to_string()),
        }
    }

    /// A call of a service that speaks REST with JSON bodies, such as `guardduty`.
    pub(crate) fn rest(
        service: &'a str,
        region: &Region,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Self {
        Self {
            service,
            method,
            url: url_of(service, region, path),
            content_type: "application/json",
            target: None,
            body: body.map(|body| Bytes::from(body.to_string())).unwrap_or_default(),
        }
    }
}

fn url_of(service: &str, region: &Region, path: &str) -> String {
    format!("https://{service}.{region}.amazonaws.com{path}")
}

/// The JSON of an answer; `null` when it is none.
pub(crate) fn parsed(body: &str) -> Value {
    serde_json::from_str(body).unwrap_or_default()
}

/// Code and message of an error, in whichever protocol it comes, OpenSearch's included.
pub(crate) fn told(body: &str) -> (String, String) {
    if let Ok(Value::Object(error)) = serde_json::from_str::<Value>(body) {
        let text = |names: &[&str]| names.iter().find_map(|name| error.get(*name)?.as_str());
        let of_search = error.get("error").and_then(|inner| inner.get("type")?.as_str());
        let code = text(&["__type", "code", "Code"]).or(of_search).unwrap_or_default();
        let code = code.rsplit('#').next().unwrap_or_default();
        return (code.to_owned(), text(&["message", "Message"]).unwrap_or_default().to_owned());
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

/// The texts of all elements of this name; of nested ones, up to the first end.
pub(crate) fn elements<'a>(xml: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
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
