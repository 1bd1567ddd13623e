//! A domain as the control plane describes it.

use serde_json::{Map, Value, json};
use tributary_vocabulary::Timestamp;

use super::form::Form;
use super::state::Domain;
use super::version;

/// `DomainStatus`.
pub(super) fn status(domain: &Domain, form: Form, now: Timestamp) -> Value {
    let mut status = Map::new();
    let mut put = |name: &str, value: Value| {
        status.insert(name.to_owned(), value);
    };
    put("DomainId", json!(super::name::id_of(domain.account, &domain.name)));
    put("DomainName", json!(domain.name));
    put("ARN", json!(domain.arn));
    put("Created", json!(true));
    put("Deleted", json!(domain.is_deleted));
    if domain.is_up {
        match domain.options.in_vpc() {
            true => put("Endpoints", json!({ "vpc": domain.host })),
            false => put("Endpoint", json!(domain.host)),
        }
    }
    put("Processing", json!(is_processing(domain, now)));
    put("UpgradeProcessing", json!(false));
    put(form.version(), json!(version_of(domain, form)));
    put(form.cluster_config(), cluster(domain, form));
    put("AccessPolicies", json!(access_policies(domain)));
    put("AdvancedOptions", Value::Object(domain.options.advanced.clone()));
    put(
        "AdvancedSecurityOptions",
        json!({ "Enabled": false, "InternalUserDatabaseEnabled": false }),
    );
    for (name, value) in defaults() {
        put(name, domain.options.kept.get(name).cloned().unwrap_or(value));
    }
    Value::Object(status)
}

/// `DomainConfig`: every option with its state.
pub(super) fn config(domain: &Domain, form: Form, now: Timestamp) -> Value {
    let state = if is_processing(domain, now) { "Processing" } else { "Active" };
    let wrap = |options: Value| {
        json!({
            "Options": options,
            "Status": {
                "CreationDate": now.epoch_seconds(),
                "UpdateDate": now.epoch_seconds(),
                "UpdateVersion": 1,
                "State": state,
                "PendingDeletion": false,
            },
        })
    };
    let mut config = Map::new();
    config.insert(form.version().to_owned(), wrap(json!(version_of(domain, form))));
    config.insert(form.cluster_config().to_owned(), wrap(cluster(domain, form)));
    config.insert("AccessPolicies".to_owned(), wrap(json!(access_policies(domain))));
    let advanced = Value::Object(domain.options.advanced.clone());
    config.insert("AdvancedOptions".to_owned(), wrap(advanced));
    for (name, value) in defaults() {
        let value = domain.options.kept.get(name).cloned().unwrap_or(value);
        config.insert(name.to_owned(), wrap(value));
    }
    Value::Object(config)
}

fn is_processing(domain: &Domain, now: Timestamp) -> bool {
    !domain.is_up || domain.is_deleted || now < domain.processing_until
}

fn version_of(domain: &Domain, form: Form) -> &str {
    match form {
        Form::Elasticsearch => version::elasticsearch_form(&domain.version),
        Form::OpenSearch => &domain.version,
    }
}

fn access_policies(domain: &Domain) -> &str {
    domain.options.policy.as_ref().map_or("", |policy| policy.document.text())
}

/// The cluster's configuration, with instance types in the form's own spelling.
fn cluster(domain: &Domain, form: Form) -> Value {
    let mut cluster = domain.options.cluster.clone();
    if let Some(members) = cluster.as_object_mut() {
        for value in members.values_mut() {
            let size = value.as_str().and_then(|kind| kind.strip_suffix(".search"));
            if let Some(kind) = size.map(|size| format!("{size}{}", form.instance_suffix())) {
                *value = json!(kind);
            }
        }
    }
    cluster
}

/// What is told of options that were not given.
fn defaults() -> [(&'static str, Value); 6] {
    [
        ("EBSOptions", json!({ "EBSEnabled": false })),
        ("SnapshotOptions", json!({})),
        ("CognitoOptions", json!({ "Enabled": false })),
        ("EncryptionAtRestOptions", json!({ "Enabled": false })),
        ("NodeToNodeEncryptionOptions", json!({ "Enabled": false })),
        (
            "DomainEndpointOptions",
            json!({
                "EnforceHTTPS": false,
                "TLSSecurityPolicy": "Policy-Min-TLS-1-0-2019-07",
                "CustomEndpointEnabled": false,
            }),
        ),
    ]
}
