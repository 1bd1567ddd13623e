//! The options of a domain: those that change how it behaves here, and those that are kept and
//! told again.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::form::Form;
use crate::kernel::ServiceError;
use crate::policy::{NamedPolicy, PolicyDocument, PolicyKind, ResourceService};

/// The members that are kept as they were given; an emulated domain has no machines, no disks and
/// no network of its own, so that they change nothing.
const KEPT: [&str; 10] = [
    "EBSOptions",
    "SnapshotOptions",
    "VPCOptions",
    "CognitoOptions",
    "EncryptionAtRestOptions",
    "NodeToNodeEncryptionOptions",
    "LogPublishingOptions",
    "DomainEndpointOptions",
    "AutoTuneOptions",
    "IPAddressType",
];

/// What a domain was told to be.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `ClusterConfig`, with defaults.
    pub(super) cluster: Value,
    /// `AdvancedOptions`, with defaults.
    pub(super) advanced: Map<String, Value>,
    /// The other members, as they were given.
    pub(super) kept: Map<String, Value>,
    /// `AccessPolicies`.
    pub(super) policy: Option<NamedPolicy>,
}

impl Options {
    /// What a domain without any options is.
    pub(super) fn new() -> Self {
        let cluster = json!({
            "InstanceType": "m4.large.search",
            "InstanceCount": 1,
            "DedicatedMasterEnabled": false,
            "ZoneAwarenessEnabled": false,
            "WarmEnabled": false,
            "ColdStorageOptions": { "Enabled": false },
            "MultiAZWithStandbyEnabled": false,
        });
        let mut advanced = Map::new();
        advanced.insert("rest.action.multi.allow_explicit_index".to_owned(), json!("true"));
        advanced.insert("override_main_response_version".to_owned(), json!("false"));
        Self { cluster, advanced, kept: Map::new(), policy: None }
    }

    /// Takes over what a request says.
    ///
    /// # Errors
    /// `ValidationException`, `InvalidTypeException` for a policy that cannot be stored.
    pub(super) fn change(
        &mut self,
        form: Form,
        domain: &str,
        input: &Map<String, Value>,
    ) -> Result<(), ServiceError> {
        let mut changed = self.clone();
        if let Some(cluster) = object(input, form.cluster_config())? {
            changed.change_cluster(form, cluster)?;
        }
        if let Some(advanced) = object(input, "AdvancedOptions")? {
            for (name, value) in advanced {
                changed.advanced.insert(name.clone(), checked_option(name, value)?);
            }
        }
        let security = object(input, "AdvancedSecurityOptions")?;
        if security.is_some_and(|options| options.get("Enabled") == Some(&Value::Bool(true))) {
            return Err(ServiceError::validation(
                "AdvancedSecurityOptions.Enabled: fine-grained access control is not implemented in \
                 this emulator; leave it out, and let the access policy decide",
            ));
        }
        for name in KEPT {
            if let Some(value) = input.get(name).filter(|value| !value.is_null()) {
                changed.kept.insert(name.to_owned(), value.clone());
            }
        }
        match input.get("AccessPolicies") {
            None | Some(Value::Null) => {}
            Some(Value::String(text)) if text.trim().is_empty() => changed.policy = None,
            Some(Value::String(text)) => changed.policy = Some(policy(domain, text)?),
            Some(_) => return Err(not_a("AccessPolicies", "a string that holds JSON")),
        }
        *self = changed;
        Ok(())
    }

    fn change_cluster(
        &mut self,
        form: Form,
        given: &Map<String, Value>,
    ) -> Result<(), ServiceError> {
        for (name, value) in given {
            if name.ends_with("InstanceType") || name.ends_with("MasterType") {
                let kind = value.as_str().unwrap_or_default();
                let Some(size) = kind.strip_suffix(form.instance_suffix()) else {
                    return Err(ServiceError::validation(format!(
                        "'{kind}' is not a valid instance type: it ends with {}",
                        form.instance_suffix()
                    )));
                };
                self.cluster[name] = json!(format!("{size}.search"));
                continue;
            }
            if name == "InstanceCount" && !value.as_i64().is_some_and(|n| (1..=1_002).contains(&n))
            {
                return Err(ServiceError::validation(format!(
                    "InstanceCount must be between 1 and 1002; it is {value}"
                )));
            }
            self.cluster[name] = value.clone();
        }
        Ok(())
    }

    /// Whether a bulk action may name an index (`rest.action.multi.allow_explicit_index`).
    pub(super) fn allows_explicit_index(&self) -> bool {
        self.advanced.get("rest.action.multi.allow_explicit_index") != Some(&json!("false"))
    }

    /// Whether the domain lies in a VPC.
    pub(super) fn in_vpc(&self) -> bool {
        self.kept.get("VPCOptions").and_then(Value::as_object).is_some_and(|vpc| !vpc.is_empty())
    }
}

fn object<'a>(
    input: &'a Map<String, Value>,
    name: &'static str,
) -> Result<Option<&'a Map<String, Value>>, ServiceError> {
    match input.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(members)) => Ok(Some(members)),
        Some(_) => Err(not_a(name, "an object")),
    }
}

fn not_a(name: &str, what: &str) -> ServiceError {
    ServiceError::serialization(format!("{name} is not {what}"))
}

fn checked_option(name: &str, value: &Value) -> Result<Value, ServiceError> {
    const KNOWN: [&str; 5] = [
        "rest.action.multi.allow_explicit_index",
        "override_main_response_version",
        "indices.fielddata.cache.size",
        "indices.query.bool.max_clause_count",
        "plugins.security.restapi.roles_enabled",
    ];
    if !KNOWN.contains(&name) {
        return Err(ServiceError::validation(format!(
            "Unrecognized advanced option '{name}' passed."
        )));
    }
    if value.is_string() { Ok(value.clone()) } else { Err(not_a(name, "a string")) }
}

fn policy(domain: &str, text: &str) -> Result<NamedPolicy, ServiceError> {
    let kind = PolicyKind::Resource(ResourceService::OpenSearch);
    let document = PolicyDocument::parse(text, kind).map_err(|error| {
        ServiceError::client(
            "InvalidTypeException",
            format!("Error setting policy: [{text}]: {}", error.sentence()),
        )
        .status(409)
    })?;
    Ok(NamedPolicy {
        name: format!("the access policy of domain {domain}"),
        document: Arc::new(document),
    })
}
