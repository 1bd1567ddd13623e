//! A trail as the operations answer it.

use serde::Serialize;

use crate::cloudtrail::selector::Selectors;
use crate::cloudtrail::trail::Trail;

/// What CreateTrail and UpdateTrail answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct TrailSettings {
    /// Its name.
    pub name: String,
    /// Its bucket.
    #[serde(rename = "S3BucketName")]
    pub s3_bucket_name: String,
    /// What stands before the keys of its objects.
    #[serde(rename = "S3KeyPrefix", skip_serializing_if = "Option::is_none")]
    pub s3_key_prefix: Option<String>,
    /// Whether it records events of global services.
    pub include_global_service_events: bool,
    /// Whether it records events of all Regions.
    pub is_multi_region_trail: bool,
    /// Its ARN.
    #[serde(rename = "TrailARN")]
    pub trail_arn: String,
    /// Whether it writes digest files.
    pub log_file_validation_enabled: bool,
    /// Its log group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cloud_watch_logs_log_group_arn: Option<String>,
    /// The role that writes there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cloud_watch_logs_role_arn: Option<String>,
    /// Never: trails of organizations are not offered.
    pub is_organization_trail: bool,
}

/// What GetTrail and DescribeTrails answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct TrailDescription {
    /// What was set.
    #[serde(flatten)]
    pub settings: TrailSettings,
    /// Where it was created.
    pub home_region: String,
    /// Whether PutEventSelectors was called.
    pub has_custom_event_selectors: bool,
    /// Never: Insights are not offered.
    pub has_insight_selectors: bool,
}

impl TrailSettings {
    pub(in crate::cloudtrail) fn of(trail: &Trail) -> Self {
        let logs = trail.logs.as_ref();
        Self {
            name: trail.key.name.to_string(),
            s3_bucket_name: trail.bucket.clone(),
            s3_key_prefix: trail.prefix.clone(),
            include_global_service_events: trail.global_events,
            is_multi_region_trail: trail.multi_region,
            trail_arn: trail.key.arn(),
            log_file_validation_enabled: trail.validation,
            cloud_watch_logs_log_group_arn: logs.map(|logs| logs.group_arn.clone()),
            cloud_watch_logs_role_arn: logs.map(|logs| logs.role_arn.clone()),
            is_organization_trail: false,
        }
    }
}

impl TrailDescription {
    pub(in crate::cloudtrail) fn of(trail: &Trail) -> Self {
        Self {
            settings: TrailSettings::of(trail),
            home_region: trail.key.region.to_string(),
            has_custom_event_selectors: trail.selectors != Selectors::Default,
            has_insight_selectors: false,
        }
    }
}
