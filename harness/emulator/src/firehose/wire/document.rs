//! Documents, and the lines of a bulk request (firehose reference, §7).

use serde::de::IgnoredAny;

/// The document of a record: one JSON object on one line; one newline at its end is taken off,
/// which AWS may or may not do (firehose reference, §7: UNVERIFIED).
///
/// `None` when it is anything else: `OS.MalformedData`.
#[must_use]
pub fn one_line_object(data: &[u8]) -> Option<&[u8]> {
    let line = data.strip_suffix(b"\n").unwrap_or(data);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let begins = line.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    let one_line = !line.contains(&b'\n');
    // Skipping a value does not look at the encoding of its texts.
    let text = std::str::from_utf8(line).ok()?;
    (begins && one_line && serde_json::from_str::<IgnoredAny>(text).is_ok()).then_some(line)
}

/// What an action line says.
#[derive(Debug, Clone, Copy)]
pub struct Action<'a> {
    /// The index.
    pub index: &'a str,
    /// The type, for clusters that still have them; empty for none.
    pub type_name: &'a str,
    /// The document's id; `None` lets the cluster make one.
    pub id: Option<&'a str>,
}

/// Appends the line of an `index` action: it names its index, as Firehose needs
/// `rest.action.multi.allow_explicit_index`, and overwrites the same id on another delivery.
pub fn write_action(out: &mut Vec<u8>, action: Action<'_>) {
    out.extend_from_slice(b"{\"index\":{\"_index\":\"");
    out.extend_from_slice(action.index.as_bytes());
    if !action.type_name.is_empty() {
        out.extend_from_slice(b"\",\"_type\":\"");
        out.extend_from_slice(action.type_name.as_bytes());
    }
    if let Some(id) = action.id {
        out.extend_from_slice(b"\",\"_id\":\"");
        out.extend_from_slice(id.as_bytes());
    }
    out.extend_from_slice(b"\"}}\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_one_object_on_one_line() {
        for good in ["{}", "{\"a\":1}\n", "{\"a\":{\"b\":[1,2]}}\r\n", " {\"a\":\"x\\ny\"} "] {
            assert!(one_line_object(good.as_bytes()).is_some(), "{good:?}");
        }
        for bad in [
            "",
            "\n",
            "[]",
            "\"x\"",
            "{\"a\":1}{\"b\":2}",
            "{\"a\":1}\n{\"b\":2}\n",
            "{\"a\":\n1}",
            "{\"a\":1}\n\n",
            "{\"a\":",
            "2 1 flow log line",
        ] {
            assert!(one_line_object(bad.as_bytes()).is_none(), "{bad:?}");
        }
        assert!(one_line_object(b"{\"a\":\"\xff\"}").is_none(), "not UTF-8");
    }

    #[test]
    fn an_action_names_its_index() {
        let mut out = Vec::new();
        write_action(&mut out, Action { index: "logs-2026-01-01", type_name: "", id: Some("7.0") });
        write_action(&mut out, Action { index: "logs", type_name: "log", id: None });
        assert_eq!(
            String::from_utf8_lossy(&out),
            "{\"index\":{\"_index\":\"logs-2026-01-01\",\"_id\":\"7.0\"}}\n\
             {\"index\":{\"_index\":\"logs\",\"_type\":\"log\"}}\n"
        );
    }
}
