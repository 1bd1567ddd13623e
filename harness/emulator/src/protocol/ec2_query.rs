//! EC2 Query: a form as AWS Query has it, with lists as `Name.N`; XML back with `requestId` in
//! front, lists as `<item>` (wire-protocols reference, §4).

use crate::kernel::{Caller, ServiceError, WireRequest, WireResponse, World};

use super::query::{Parameters, QueryOperation, parameters};
use super::xml::Element;

const CONTENT_TYPE: &str = "text/xml;charset=UTF-8";

/// The values of `name.1`, `name.2`, …
#[must_use]
pub fn list<'a>(parameters: &'a Parameters, name: &str) -> Vec<&'a str> {
    (1..).map_while(|n| parameters.get(&format!("{name}.{n}"))).collect()
}

/// The structures of `name.1.…`, each with the rest of its members' names.
#[must_use]
pub fn structures(parameters: &Parameters, name: &str) -> Vec<Parameters> {
    (1..)
        .map_while(|n| {
            let prefix = format!("{name}.{n}.");
            let members: Vec<_> = parameters
                .pairs()
                .filter_map(|(key, value)| {
                    Some((key.strip_prefix(&prefix)?.to_owned(), value.to_owned()))
                })
                .collect();
            (!members.is_empty()).then(|| Parameters::new(members))
        })
        .collect()
}

/// A list, each element of it an `<item>`.
pub fn set(name: &'static str, items: impl IntoIterator<Item = Element>) -> Element {
    let items = items.into_iter().map(|mut item| {
        item.rename("item");
        item
    });
    Element::new(name).children(items)
}

/// Finds the operation in the table and runs it; what its element holds is the answer.
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
        None => {
            let known: Vec<_> = table.iter().map(|operation| operation.name).collect();
            let error = ServiceError::unknown_operation(service, &name, &known);
            Err(ServiceError::client("InvalidAction", error.message))
        }
    };
    let request_id = world.request_ids.uuid();
    match result {
        Ok(output) => {
            let response = Element::new(format!("{name}Response"))
                .attribute("xmlns", namespace)
                .child(Element::text("requestId", request_id.as_str()));
            let response = match output {
                Some(output) => response.children(output.into_children()),
                None => response.child(Element::text("return", "true")),
            };
            WireResponse::new(200, CONTENT_TYPE, response.document())
        }
        Err(error) => error_response(&request_id, &error),
    }
    .header("x-amzn-requestid", &request_id)
}

/// The response of an error. What policies refuse is `UnauthorizedOperation` here, and a
/// credential of nobody `AuthFailure`.
#[must_use]
pub fn error_response(request_id: &str, error: &ServiceError) -> WireResponse {
    let (code, status, message) = if error.is_access_denied() {
        let message =
            format!("You are not authorized to perform this operation. {}", error.message);
        ("UnauthorizedOperation", 403, message)
    } else if error.code == "UnrecognizedClientException" {
        let message = format!(
            "AWS was not able to validate the provided access credentials. {}",
            error.message
        );
        ("AuthFailure", 401, message)
    } else {
        (error.code.as_ref(), error.status, error.message.clone())
    };
    let error = Element::new("Error")
        .child(Element::text("Code", code))
        .child(Element::text("Message", message));
    let body = Element::new("Response")
        .child(Element::new("Errors").child(error))
        .child(Element::text("RequestID", request_id));
    WireResponse::new(status, CONTENT_TYPE, body.document())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::decode_form;

    #[test]
    fn reads_lists_and_structures() {
        let parameters = Parameters::new(decode_form(
            "ResourceId.1=a&ResourceId.2=b&ResourceId.4=d&Filter.1.Name=x&Filter.1.Value.1=y",
        ));
        assert_eq!(list(&parameters, "ResourceId"), ["a", "b"]);
        let filters = structures(&parameters, "Filter");
        assert_eq!(filters.len(), 1);
        assert_eq!(filters[0].get("Name"), Some("x"));
        assert_eq!(list(&filters[0], "Value"), ["y"]);
    }

    #[test]
    fn words_a_refusal_as_ec2_does() {
        let response = error_response("r", &ServiceError::access_denied("Because."));
        assert_eq!(response.status, 403);
        let body = String::from_utf8_lossy(&response.body).into_owned();
        assert!(
            body.ends_with(
                "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not \
                 authorized to perform this operation. Because.</Message></Error></Errors>\
                 <RequestID>r</RequestID></Response>"
            ),
            "{body}"
        );
    }
}
