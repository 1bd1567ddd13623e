//! The scenario that comes with the crate, so that a lab needs no folder.

macro_rules! document {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../../scenarios/centralized-logging/policies/", $name)))
    };
}

/// The documents of `centralized-logging`, by file name.
pub(crate) const EMBEDDED_POLICIES: &[(&str, &str)] = &[
    document!("cwltrustpolicy.json"),
    document!("cwlpermissions.json"),
    document!("destination_policy.json"),
    document!("destination_policy_with_master.json"),
    document!("flowlogs_trust.json"),
    document!("flowlogs_permissions.json"),
    document!("cloudtrail_logs_trust.json"),
    document!("cloudtrail_logs_permissions.json"),
    document!("events_log_group_policy.json"),
    document!("firehose_trust.json"),
    document!("firehose_permissions.json"),
    document!("lambda_trust.json"),
    document!("lambda_permissions.json"),
    document!("domain_access.json"),
    document!("cloudtrail_bucket_policy.json"),
];

/// `scenario.yaml` of `centralized-logging`.
pub(crate) const EMBEDDED_SCENARIO: &str =
    include_str!("../../../../scenarios/centralized-logging/scenario.yaml");
