//! What may be set, where AWS's behaviour is not known or differs between accounts.

/// The settings of all services; the defaults are AWS's defaults.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Of Kinesis Data Streams.
    pub kinesis: crate::kinesis::Settings,
    /// Of CloudWatch Logs.
    pub logs: crate::logs::Settings,
    /// Of Data Firehose.
    pub firehose: crate::firehose::Settings,
    /// Of IAM and STS.
    pub iam: crate::iam::Settings,
    /// Of the OpenSearch domains.
    pub domain: crate::domain::Settings,
    /// Of EC2, as far as flow logs need it.
    pub ec2: crate::ec2::Settings,
    /// Of CloudTrail.
    pub cloudtrail: crate::cloudtrail::Settings,
    /// Of EventBridge.
    pub events: crate::events::Settings,
    /// Of GuardDuty.
    pub guardduty: crate::guardduty::Settings,
}
