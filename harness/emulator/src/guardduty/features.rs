//! What a detector looks at: protection plans by their newer names, and as data sources by their
//! older ones.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tributary_vocabulary::Timestamp;

use super::error::{invalid, rejected};
use crate::kernel::ServiceError;

/// The sources that cannot be switched off.
const FOUNDATIONAL: [&str; 3] = ["CLOUD_TRAIL", "DNS_LOGS", "FLOW_LOGS"];
/// The protection plans, and whether a new detector has them. AWS documents the plans one by one,
/// for new accounts, in the console; here those without an agent are on.
const PLANS: [(&str, bool); 7] = [
    ("S3_DATA_EVENTS", true),
    ("EKS_AUDIT_LOGS", true),
    ("EBS_MALWARE_PROTECTION", true),
    ("RDS_LOGIN_EVENTS", true),
    ("LAMBDA_NETWORK_LOGS", true),
    ("EKS_RUNTIME_MONITORING", false),
    ("RUNTIME_MONITORING", false),
];
/// What runtime monitoring may manage itself.
const ADDITIONAL: [&str; 3] =
    ["EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"];

/// One protection plan.
#[derive(Debug, Clone)]
struct Feature {
    is_on: bool,
    additional: BTreeMap<String, bool>,
    updated: Timestamp,
}

/// The protection plans of a detector.
#[derive(Debug, Clone)]
pub(super) struct Features {
    plans: BTreeMap<&'static str, Feature>,
    created: Timestamp,
}

fn word(is_on: bool) -> &'static str {
    if is_on { "ENABLED" } else { "DISABLED" }
}

fn switch(value: Option<&Value>) -> Option<bool> {
    match value.and_then(Value::as_str) {
        Some("ENABLED") => Some(true),
        Some("DISABLED") => Some(false),
        _ => None,
    }
}

impl Features {
    /// Those of a new detector.
    pub(super) fn new(now: Timestamp) -> Self {
        let plans = PLANS.into_iter().map(|(name, is_on)| {
            (name, Feature { is_on, additional: BTreeMap::new(), updated: now })
        });
        Self { plans: plans.collect(), created: now }
    }

    /// Takes what a request says by either name, but not by both.
    pub(super) fn change(
        &mut self,
        now: Timestamp,
        features: Option<&Value>,
        sources: Option<&Value>,
    ) -> Result<(), ServiceError> {
        match (features, sources) {
            (Some(_), Some(_)) => Err(rejected(
                "both dataSources and features were provided. You can provide only one; it is \
                 recommended to use features.",
            )),
            (Some(features), None) => self.change_features(now, features),
            (None, Some(sources)) => self.change_sources(now, sources),
            (None, None) => Ok(()),
        }
    }

    fn change_features(&mut self, now: Timestamp, list: &Value) -> Result<(), ServiceError> {
        let list = list.as_array().ok_or_else(|| invalid("features"))?;
        for given in list {
            let name = given.get("name").and_then(Value::as_str).unwrap_or_default();
            let is_on = switch(given.get("status")).ok_or_else(|| invalid("features"))?;
            let feature = self.plans.get_mut(name).ok_or_else(|| invalid("features"))?;
            let extra = given.get("additionalConfiguration").and_then(Value::as_array);
            for extra in extra.into_iter().flatten() {
                let name = extra.get("name").and_then(Value::as_str).unwrap_or_default();
                let Some(status) =
                    switch(extra.get("status")).filter(|_| ADDITIONAL.contains(&name))
                else {
                    return Err(invalid("features"));
                };
                feature.additional.insert(name.to_owned(), status);
            }
            (feature.is_on, feature.updated) = (is_on, now);
        }
        Ok(())
    }

    fn change_sources(&mut self, now: Timestamp, sources: &Value) -> Result<(), ServiceError> {
        let paths = [
            ("/s3Logs/enable", "S3_DATA_EVENTS"),
            ("/kubernetes/auditLogs/enable", "EKS_AUDIT_LOGS"),
            ("/malwareProtection/scanEc2InstanceWithFindings/ebsVolumes", "EBS_MALWARE_PROTECTION"),
        ];
        for (path, name) in paths {
            let Some(value) = sources.pointer(path) else { continue };
            let is_on = value.as_bool().ok_or_else(|| invalid("dataSources"))?;
            if let Some(feature) = self.plans.get_mut(name) {
                (feature.is_on, feature.updated) = (is_on, now);
            }
        }
        Ok(())
    }

    /// By their newer names.
    pub(super) fn json(&self) -> Value {
        let always = FOUNDATIONAL.iter().map(|name| {
            json!({ "name": name, "status": "ENABLED", "updatedAt": self.created.epoch_seconds() })
        });
        let plans = self.plans.iter().map(|(name, feature)| {
            let mut plan = json!({
                "name": name,
                "status": word(feature.is_on),
                "updatedAt": feature.updated.epoch_seconds(),
            });
            if !feature.additional.is_empty() {
                let additional = feature.additional.iter().map(|(name, is_on)| {
                    json!({ "name": name, "status": word(*is_on), "updatedAt": feature.updated.epoch_seconds() })
                });
                plan["additionalConfiguration"] = additional.collect();
            }
            plan
        });
        always.chain(plans).collect()
    }

    /// By their older names.
    pub(super) fn sources_json(&self) -> Value {
        let status = |name: &str| json!({ "status": word(self.plans.get(name).is_some_and(|plan| plan.is_on)) });
        let on = json!({ "status": "ENABLED" });
        json!({
            "cloudTrail": on,
            "dnsLogs": on,
            "flowLogs": on,
            "s3Logs": status("S3_DATA_EVENTS"),
            "kubernetes": { "auditLogs": status("EKS_AUDIT_LOGS") },
            "malwareProtection": {
                "scanEc2InstanceWithFindings": { "ebsVolumes": status("EBS_MALWARE_PROTECTION") },
            },
        })
    }
}
