//! Entities and policies as IAM answers them.

use tributary_vocabulary::Timestamp;

use crate::protocol::xml::Element;

use super::document::encoded;
use super::entity::{Entity, EntityKind};
use super::managed::ManagedPolicy;
use super::page::member;
use super::role::Role;
use super::state::State;
use super::tags::Tags;

/// A time as AWS Query writes it: whole seconds.
pub(super) fn time(at: Timestamp) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ")
}

/// `true` or `false`.
pub(super) fn boolean(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

/// Whether all that is known is told, or what listings leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// Of Get and Create.
    Whole,
    /// Of listings: neither tags nor boundary.
    Listed,
}

/// The element `Role`, `User` or `Group` as far as the three are alike.
pub(super) fn entity(entity: &Entity, detail: Detail) -> Element {
    let (name, id) = match entity.kind {
        EntityKind::Role => ("RoleName", "RoleId"),
        EntityKind::User => ("UserName", "UserId"),
        EntityKind::Group => ("GroupName", "GroupId"),
    };
    let element = Element::new(entity.kind.title())
        .child(Element::text("Path", entity.path.as_str()))
        .child(Element::text(name, entity.name.as_str()))
        .child(Element::text(id, entity.id.as_str()))
        .child(Element::text("Arn", entity.arn()))
        .child(Element::text("CreateDate", time(entity.created)));
    if detail == Detail::Listed {
        return element;
    }
    let boundary = entity.boundary.as_deref().map(|arn| {
        Element::new("PermissionsBoundary")
            .child(Element::text("PermissionsBoundaryType", "Policy"))
            .child(Element::text("PermissionsBoundaryArn", arn))
    });
    let tags = (!entity.tags.is_empty()).then(|| tags(&entity.tags));
    element.maybe(boundary).maybe(tags)
}

/// The element `Role`.
pub(super) fn role(role: &Role, detail: Detail) -> Element {
    entity(&role.entity, detail)
        .child(Element::text("AssumeRolePolicyDocument", encoded(role.trust.document.text())))
        .maybe(role.description.as_deref().map(|text| Element::text("Description", text)))
        .child(Element::text("MaxSessionDuration", role.max_session_s.to_string()))
}

/// The element `Tags`.
pub(super) fn tags(tags: &Tags) -> Element {
    Element::new("Tags").children(tags.iter().map(|(key, value)| tag(key, value)))
}

/// One tag.
pub(super) fn tag(key: &str, value: &str) -> Element {
    Element::new("member").child(Element::text("Key", key)).child(Element::text("Value", value))
}

/// A list of texts.
pub(super) fn texts<'a>(name: &'static str, texts: impl IntoIterator<Item = &'a str>) -> Element {
    Element::new(name).children(texts.into_iter().map(|text| Element::text("member", text)))
}

/// The element `Policy`; a listing leaves out description and tags.
pub(super) fn policy(
    state: &State,
    account: tributary_vocabulary::AccountId,
    policy: &ManagedPolicy,
    detail: Detail,
) -> Element {
    let (attached, bounds) = usage(state, account, &policy.arn);
    let whole = detail == Detail::Whole;
    let description = policy.description.as_deref().filter(|_| whole);
    Element::new("Policy")
        .child(Element::text("PolicyName", policy.name.as_str()))
        .child(Element::text("PolicyId", policy.id.as_str()))
        .child(Element::text("Arn", policy.arn.as_str()))
        .child(Element::text("Path", policy.path.as_str()))
        .child(Element::text("DefaultVersionId", format!("v{}", policy.default)))
        .child(Element::text("AttachmentCount", attached.to_string()))
        .child(Element::text("PermissionsBoundaryUsageCount", bounds.to_string()))
        .child(Element::text("IsAttachable", "true"))
        .maybe(description.map(|text| Element::text("Description", text)))
        .child(Element::text("CreateDate", time(policy.created)))
        .child(Element::text("UpdateDate", time(policy.updated)))
        .maybe((whole && !policy.tags.is_empty()).then(|| tags(&policy.tags)))
}

/// How many entities of the account a managed policy is attached to, and how many it bounds.
pub(super) fn usage(
    state: &State,
    account: tributary_vocabulary::AccountId,
    arn: &str,
) -> (usize, usize) {
    let Some(directory) = state.accounts.get(&account) else { return (0, 0) };
    let attached = directory.all().filter(|e| e.attached.iter().any(|known| known == arn)).count();
    let bounds = directory.all().filter(|e| e.boundary.as_deref() == Some(arn)).count();
    (attached, bounds)
}

/// The element `PolicyVersion`; its document only where AWS tells it.
pub(super) fn version(policy: &ManagedPolicy, number: u32, with_document: bool) -> Option<Element> {
    let version = policy.versions.get(&number)?;
    let document =
        with_document.then(|| Element::text("Document", encoded(version.policy.document.text())));
    Some(
        Element::new("PolicyVersion")
            .maybe(document)
            .child(Element::text("VersionId", format!("v{number}")))
            .child(Element::text("IsDefaultVersion", boolean(number == policy.default)))
            .child(Element::text("CreateDate", time(version.created))),
    )
}

/// `PolicyName` and `PolicyArn` of an attached policy.
pub(super) fn attached(name: &str, arn: &str) -> Element {
    member(
        Element::new("member")
            .child(Element::text("PolicyName", name))
            .child(Element::text("PolicyArn", arn)),
    )
}
