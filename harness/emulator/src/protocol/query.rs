//! AWS Query: a form body with `Action` and `Version`, XML back (wire-protocols reference, §4).

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

    /// The values of `name.member.1`, `name.member.2`, …
    #[must_use]
    pub fn list(&self, name: &str) -> Vec<&str> {
        (1..).map_while(|n| self.get(&format!("{name}.member.{n}"))).collect()
    }

    /// The structures of `name.member.1.…`, each with the rest of its members' names.
    #[must_use]
    pub fn structures(&self, name: &str) -> Vec<Parameters> {
        (1..)
            .map_while(|n| {
                let prefix = format!("{name}.member.{n}.");
                let members: Vec<_> = self
                    .0
                    .iter()
                    .filter_map(|(key, value)| {
                        Some((key.strip_prefix(&prefix)?.to_owned(), value.clone()))
                    })
                    .collect();
                (!members.is_empty()).then_some(Self(members))
            })
            .collect()
    }
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
        Some(operation) => (operation.call)(world, caller, &parameters),
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
}
