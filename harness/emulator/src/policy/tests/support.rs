//! Requests and policies with as little to write as a test allows.

use std::sync::Arc;

use super::super::*;

pub(super) const A: &str = "111111111111";
pub(super) const B: &str = "222222222222";

pub(super) fn policy(name: &str, kind: PolicyKind, text: &str) -> NamedPolicy {
    let document = PolicyDocument::parse(text, kind).unwrap_or_else(|error| {
        panic!("{name}: {}\n{text}", error.sentence());
    });
    NamedPolicy { name: name.to_owned(), document: Arc::new(document) }
}

/// A document of these statements, comma-separated.
pub(super) fn document(statements: &str) -> String {
    format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#)
}

pub(super) fn identity(statements: &str) -> NamedPolicy {
    policy("identity policy", PolicyKind::Identity, &document(statements))
}

pub(super) fn resource(statements: &str) -> NamedPolicy {
    let kind = PolicyKind::Resource(ResourceService::Other);
    policy("resource policy", kind, &document(statements))
}

pub(super) fn trust(statements: &str) -> NamedPolicy {
    policy("trust policy", PolicyKind::Trust, &document(statements))
}

pub(super) fn caller(text: &str) -> Principal {
    if text == "nobody" { Principal::Anonymous } else { Principal::parse(text).unwrap() }
}

pub(super) fn decide(
    who: &str,
    action: &str,
    on: &str,
    context: &Context,
    policies: &Policies,
) -> Decision {
    let principal = caller(who);
    let request =
        Request { principal: &principal, action, resource: on, resource_account: None, context };
    evaluate(&request, policies)
}
