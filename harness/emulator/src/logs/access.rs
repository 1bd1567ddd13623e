//! The policies that hang on resources of this service, and what AWS accepts as such.

use std::sync::Arc;

use serde_json::{Value, json};
use tributary_vocabulary::AccountId;

use super::error::invalid;
use super::{DestinationKey, GroupKey, ResourcePolicy};
use crate::kernel::{ServiceError, World};
use crate::policy::{NamedPolicy, PolicyDocument, PolicyKind, ResourceService};

/// The policy that hangs on a destination or a log group; on a log group it is its own and the
/// account-wide ones as one document.
pub(crate) fn resource_policy(
    world: &World,
    resource: &str,
    owner: AccountId,
) -> Option<NamedPolicy> {
    if let Some(key) = DestinationKey::from_arn(resource) {
        return world.logs.destinations.get(&key)?.policy.clone();
    }
    let key = GroupKey::from_arn(resource)?;
    let own = world.logs.groups.get(&key).and_then(|group| group.policy.as_ref());
    let account = world.logs.resource_policies.get(&(owner, key.region));
    match (own, account) {
        (None, None) => None,
        (None, Some(account)) => account.merged.clone(),
        (Some(own), None) => Some(own.policy.clone()),
        (Some(own), Some(account)) => merged(account.by_name.values().chain(std::iter::once(own))),
    }
}

/// All statements of these policies as one document; `None` when there is none of them.
pub(super) fn merged<'a>(
    policies: impl Iterator<Item = &'a ResourcePolicy>,
) -> Option<NamedPolicy> {
    let (mut names, mut statements) = (Vec::new(), Vec::new());
    for ResourcePolicy { policy, text, .. } in policies {
        let mut document: Value = serde_json::from_str(text).unwrap_or_default();
        names.push(policy.name.as_str());
        match document.get_mut("Statement").map(Value::take) {
            Some(Value::Array(several)) => statements.extend(several),
            Some(one) => statements.push(one),
            None => {}
        }
    }
    if statements.is_empty() {
        return None;
    }
    // Sids are unique in one document, and two documents may use the same.
    for statement in statements.iter_mut().filter_map(Value::as_object_mut) {
        statement.shift_remove("Sid");
    }
    let text = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
    parse(names.join(", "), &text, ResourceService::LogsResource).ok()
}

/// Parses a policy.
pub(super) fn parse(
    name: String,
    text: &str,
    service: ResourceService,
) -> Result<NamedPolicy, ServiceError> {
    let document = PolicyDocument::parse(text, PolicyKind::Resource(service))
        .map_err(|malformed| invalid(malformed.to_string()))?;
    Ok(NamedPolicy { name, document: Arc::new(document) })
}
