//! AWS Query: a form body with `Action` and `Version`, XML back (wire-protocols reference, §4).

use std::collections::BTreeMap;

use crate::kernel::{Caller, ServiceError, WireRequest, WireResponse, World, decode_form};

use super::xml::Element;

/// The parameters of a Query request, percent-decoded.
#[derive(Debug, Clone, Default)]
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// From pairs, as a form has them.
    #[must_use]
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The value of a parameter.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All pairs, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// The values of `name.member.1`, `name.member.2`, …; a gap is an empty value.
    #[must_use]
    pub fn list(&self, name: &str) -> Vec<&str> {
        let value = |n| self.get(&format!("{name}.member.{n}")).unwrap_or_default();
        (1..=self.extent(name)).map(value).collect()
    }

    /// The structures of `name.member.1.…`, each with the rest of its members' names; a gap is an
    /// empty structure.
    #[must_use]
    pub fn structures(&self, name: &str) -> Vec<Parameters> {
        let structure = |n| {
            let prefix = format!("{name}.member.{n}.");
            let rest = |(key, value): &(String, String)| {
                Some((key.strip_prefix(&prefix)?.to_owned(), value.clone()))
            };
            Self(self.0.iter().filter_map(rest).collect())
        };
        (1..=self.extent(name)).map(structure).collect()
    }

    /// The highest index of a list.
    fn extent(&self, name: &str) -> usize {
        let prefix = format!("{name}.member.");
        let indices = self.0.iter().filter_map(|(key, _)| {
            key.strip_prefix(&prefix)?.split('.').next()?.parse::<usize>().ok()
        });
        indices.max().unwrap_or(0)
    }

    /// A whole number: leading zeros and a sign are read; blanks, fractions, exponents and what
    /// does not fit 32 bits are not (iam reference, protocol).
    ///
    /// # Errors
    /// `MalformedInput`.
    pub fn integer(&self, name: &str) -> Result<Option<i64>, ServiceError> {
        let read = |text: &str| text.parse::<i32>().map(i64::from).map_err(|_| malformed_input());
        self.get(name).map(read).transpose()
    }

    /// `true`, `1`, `false` or `0`.
    ///
    /// # Errors
    /// `MalformedInput` for anything else.
    pub fn boolean(&self, name: &str) -> Result<Option<bool>, ServiceError> {
        let read = |text: &str| match text {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => Err(malformed_input()),
        };
        self.get(name).map(read).transpose()
    }

    /// The same parameters with list indices in one spelling: `.01` is `.1`. Each index may
    /// extend its list by ten at the most (iam reference, protocol).
    ///
    /// # Errors
    /// `MalformedInput` for an index that is no positive number, or too far out.
    pub fn with_plain_indices(self) -> Result<Self, ServiceError> {
        if !self.0.iter().any(|(key, _)| key.contains(".member.")) {
            return Ok(self);
        }
        let mut extents: BTreeMap<String, usize> = BTreeMap::new();
        let mut pairs = Vec::with_capacity(self.0.len());
        for (key, value) in self.0 {
            let mut parts = key.split(".member.");
            let mut plain = parts.next().unwrap_or_default().to_owned();
            for part in parts {
                let (index, rest) = part.split_once('.').unwrap_or((part, ""));
                let is_number = !index.is_empty() && index.bytes().all(|b| b.is_ascii_digit());
                let number = index.parse::<usize>().ok().filter(|&n| is_number && n > 0);
                let number = number.ok_or_else(malformed_input)?;
                let extent = extents.entry(plain.clone()).or_default();
                if number > *extent + 10 {
                    return Err(malformed_input());
                }
                *extent = number.max(*extent);
                plain.push_str(&format!(".member.{number}"));
                if !rest.is_empty() {
                    plain.push('.');
                    plain.push_str(rest);
                }
            }
            pairs.push((plain, value));
        }
        Ok(Self(pairs))
    }
}

/// A parameter is not of its type; AWS's wording is not known.
fn malformed_input() -> ServiceError {
    ServiceError::client("MalformedInput", "The request contains a value of the wrong type.")
}

/// One operation of a service that speaks AWS Query.
#[derive(Clone, Copy)]
pub struct QueryOperation {
    /// AWS's name, such as `CreateRole`.
    pub name: &'static str,
    /// Runs it; `None` when the operation has no result element.
    pub call: fn(&mut World, &Caller, &Parameters) -> Result<Option<Element>, ServiceError>,
}

/// The parameters of a request: its query string, then its form.
#[must_use]
pub fn parameters(request: &WireRequest) -> Parameters {
    let mut pairs = request.query_pairs();
    pairs.extend(decode_form(&String::from_utf8_lossy(&request.body)));
    Parameters(pairs)
}

/// Finds the operation in the table and runs it.
pub fn dispatch(
    service: &str,
    namespace: &str,
    table: &[QueryOperation],
    world: &mut World,
    caller: &Caller,
    request: &WireRequest,
) -> WireResponse {
    let parameters = parameters(request);
    let name = parameters.get("Action").unwrap_or_default().to_owned();
    let result = match table.iter().find(|operation| operation.name == name) {
        Some(operation) => parameters
            .with_plain_indices()
            .and_then(|parameters| (operation.call)(world, caller, &parameters)),
        None => Err(ServiceError::client(
            "InvalidAction",
            ServiceError::unknown_operation(
                service,
                &name,
                &table.iter().map(|operation| operation.name).collect::<Vec<_>>(),
            )
            .message,
        )),
    };
    let request_id = world.request_ids.uuid();
    let metadata =
        Element::new("ResponseMetadata").child(Element::text("RequestId", request_id.as_str()));
    match result {
        Ok(output) => {
            let mut response =
                Element::new(format!("{name}Response")).attribute("xmlns", namespace);
            if let Some(mut output) = output {
                output.rename(format!("{name}Result"));
                response = response.child(output);
            }
            WireResponse::new(200, "text/xml", response.child(metadata).document())
        }
        Err(error) => error_response(namespace, &request_id, &error),
    }
    .header("x-amzn-requestid", &request_id)
}

/// The response of an error; `AccessDeniedException` is written `AccessDenied` here.
#[must_use]
pub fn error_response(namespace: &str, request_id: &str, error: &ServiceError) -> WireResponse {
    let denied = error.is_access_denied();
    let code = if denied { "AccessDenied" } else { error.code.as_ref() };
    let status = if denied { 403 } else { error.status };
    let kind = if status < 500 { "Sender" } else { "Receiver" };
    let body = Element::new("ErrorResponse")
        .attribute("xmlns", namespace)
        .child(
            Element::new("Error")
                .child(Element::text("Type", kind))
                .child(Element::text("Code", code))
                .child(Element::text("Message", error.message.as_str())),
        )
        .child(Element::text("RequestId", request_id));
    WireResponse::new(status, "text/xml", body.document())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lists_and_structures() {
        let parameters = Parameters(decode_form(
            "Action=X&Tags.member.1.Key=a&Tags.member.1.Value=b+c&Tags.member.2.Key=d%2Fe&N.member.1=1",
        ));
        assert_eq!(parameters.list("N"), ["1"]);
        let tags = parameters.structures("Tags");
        assert_eq!(tags.len(), 2);
        assert_eq!((tags[0].get("Value"), tags[1].get("Key")), (Some("b c"), Some("d/e")));
    }

    #[test]
    fn scalars_are_read_as_the_wire_has_them() {
        let of = |text: &str| Parameters::new(vec![("N".into(), text.into())]);
        let rows = [("7", Some(7)), ("007", Some(7)), ("+7", Some(7)), ("-1", Some(-1))];
        for (text, expected) in rows {
            assert_eq!(of(text).integer("N"), Ok(expected), "{text}");
        }
        for text in ["", " 7", "7.0", "7e0", "2147483648", "x"] {
            assert!(of(text).integer("N").is_err_and(|e| e.code == "MalformedInput"), "{text}");
        }
        for (text, expected) in [("true", true), ("1", true), ("false", false), ("0", false)] {
            assert_eq!(of(text).boolean("N"), Ok(Some(expected)), "{text}");
        }
        for text in ["True", "yes", "", " true"] {
            assert!(of(text).boolean("N").is_err(), "{text}");
        }
        assert_eq!((of("1").integer("M"), of("1").boolean("M")), (Ok(None), Ok(None)));
    }

    #[test]
    fn indices_are_numbers_that_stay_near() {
        let of = |text: &str| Parameters(decode_form(text)).with_plain_indices();
        let read =
            of("L.member.01=a&L.member.3=c&T.member.2.Key=k&T.member.02.V.member.1=v").unwrap();
        assert_eq!(read.list("L"), ["a", "", "c"]);
        let tags = read.structures("T");
        assert_eq!((tags[0].get("Key"), tags[1].get("Key")), (None, Some("k")));
        assert_eq!(tags[1].list("V"), ["v"]);
        for text in
            ["L.member.0=a", "L.member.-1=a", "L.member.x=a", "L.member.11=a", "L.member.=a"]
        {
            assert!(of(text).is_err_and(|e| e.code == "MalformedInput"), "{text}");
        }
        assert!(of("L.member.10=a&L.member.20=b").is_ok());
    }
}
