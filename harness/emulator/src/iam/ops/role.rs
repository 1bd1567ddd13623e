//! A role as IAM answers it.

use tributary_vocabulary::AccountId;

use crate::iam::Role;
use crate::iam::document::encoded;
use crate::protocol::xml::Element;

/// The element `Role`.
pub(super) fn element(role: &Role, account: AccountId) -> Element {
    Element::new("Role")
        .child(Element::text("Path", role.path.as_str()))
        .child(Element::text("RoleName", role.name.as_str()))
        .child(Element::text("RoleId", role.id.as_str()))
        .child(Element::text("Arn", role.arn(account)))
        .child(Element::text("CreateDate", role.created.format("%Y-%m-%dT%H:%M:%SZ")))
        .child(Element::text("AssumeRolePolicyDocument", encoded(role.trust.document.text())))
        .maybe(role.description.as_deref().map(|text| Element::text("Description", text)))
        .child(Element::text("MaxSessionDuration", role.max_session_s.to_string()))
}
