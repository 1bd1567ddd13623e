//! The steps by which the topology is set up, in the order of the walk-through.

use std::fmt;
use std::str::FromStr;

use tributary_vocabulary::{Source, Stage};

macro_rules! steps {
    ($(#[doc = $doc:literal] $step:ident $name:literal $stops:ident $source:expr;)+) => {
        /// One step of setting up the topology. A lab can be built without any of them
        /// ([`crate::LabBuilder::without`]): what follows then fails or stays silent as on AWS, and
        /// the report says whose events stopped where.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Step {
            $(#[doc = $doc] $step,)+
        }

        impl Step {
            /// All steps, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$step,)+];

            /// The name that scenario files use, such as `trail-bucket-policy`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$step => $name,)+ }
            }

            /// Where it is done and what it makes, in a line.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $(Self::$step => $doc.trim_ascii(),)+ }
            }

            /// The stage that events do not reach without it.
            pub(crate) const fn stops(self) -> Stage {
                match self { $(Self::$step => Stage::$stops,)+ }
            }

            /// The source whose events it is about; `None` when it is about all.
            pub(crate) const fn source(self) -> Option<Source> {
                match self { $(Self::$step => $source,)+ }
            }
        }
    };
}

steps! {
    /// Master: the OpenSearch domain.
    Domain "domain" OpenSearch None;
    /// Master: the bucket for what the delivery stream backs up and gives up.
    Bucket "bucket" S3 None;
    /// Master: the bucket for the trails of all accounts.
    TrailBucket "trail-bucket" Logs Some(Source::CloudTrail);
    /// Master: the trails' bucket policy, `cloudtrail_bucket_policy.json`.
    TrailBucketPolicy "trail-bucket-policy" Logs Some(Source::CloudTrail);
    /// Master: the Kinesis data stream and its retention.
    Stream "stream" Kinesis None;
    /// Master: the function that transforms, and its role.
    Function "function" Transform None;
    /// Master: the delivery stream, and its role.
    DeliveryStream "delivery-stream" Firehose None;
    /// Master: `cwrole`, with which CloudWatch Logs writes to the stream.
    LogsRole "logs-role" Subscription None;
    /// Master: the destination `kinesisDest`.
    Destination "destination" Subscription None;
    /// Master: who may subscribe to it, `destination_policy.json`.
    DestinationPolicy "destination-policy" Subscription None;
    /// Members: the log group of the flow logs.
    FlowLogsGroup "flow-logs-group" Logs Some(Source::VpcFlowLogs);
    /// Members: `Demo_flowlogsrole`, with which flow logs are published.
    FlowLogsRole "flow-logs-role" Logs Some(Source::VpcFlowLogs);
    /// Members: flow logs on all their VPCs.
    FlowLogs "flow-logs" Logs Some(Source::VpcFlowLogs);
    /// Members: the subscription filter `vpc_flow_logs_filter`.
    FlowLogsFilter "flow-logs-filter" Subscription Some(Source::VpcFlowLogs);
    /// Members: the log group of the trail.
    TrailGroup "trail-group" Logs Some(Source::CloudTrail);
    /// Members: the role with which CloudTrail writes to it.
    TrailRole "trail-role" Logs Some(Source::CloudTrail);
    /// Members: a trail in all Regions, and that it logs.
    Trail "trail" Logs Some(Source::CloudTrail);
    /// Members: the subscription filter `ct_filter`.
    TrailFilter "trail-filter" Subscription Some(Source::CloudTrail);
    /// Master: its detector.
    Detector "detector" Logs Some(Source::GuardDuty);
    /// Members: their detectors.
    MemberDetectors "member-detectors" Logs Some(Source::GuardDuty);
    /// Master: members are added and invited.
    Invitations "invitations" Logs Some(Source::GuardDuty);
    /// Members: they accept.
    Acceptances "acceptances" Logs Some(Source::GuardDuty);
    /// Master: the log group `/aws/events/guardduty-demo`.
    FindingsGroup "findings-group" Logs Some(Source::GuardDuty);
    /// Master: what lets EventBridge write to it, `events_log_group_policy.json`.
    FindingsGroupPolicy "findings-group-policy" Logs Some(Source::GuardDuty);
    /// Master: the EventBridge rule for findings, with the log group as target.
    FindingsRule "findings-rule" Logs Some(Source::GuardDuty);
    /// Master: the destination admits the master itself, `destination_policy_with_master.json`.
    DestinationPolicyWithMaster "destination-policy-with-master" Subscription Some(Source::GuardDuty);
    /// Master: the subscription filter `gd_filter`.
    FindingsFilter "findings-filter" Subscription Some(Source::GuardDuty);
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Text that names no step.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no step '{name}': the steps are {}", Step::ALL.iter().map(|step| step.name()).collect::<Vec<_>>().join(", "))]
pub struct StepError {
    /// The text.
    pub name: String,
}

impl FromStr for Step {
    type Err = StepError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.iter().find(|step| step.name() == text);
        found.copied().ok_or_else(|| StepError { name: text.to_owned() })
    }
}

impl<'de> serde::Deserialize<'de> for Step {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        for step in Step::ALL {
            assert_eq!(step.name().parse(), Ok(*step));
        }
        let error = "trial".parse::<Step>().unwrap_err().to_string();
        assert!(error.contains("'trial'") && error.contains("trail-bucket-policy"), "{error}");
    }
}
