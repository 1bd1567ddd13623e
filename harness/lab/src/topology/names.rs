//! The names of the pipeline, as its author chose them; where he chose none, ours.

use tributary_vocabulary::{AccountId, Region, Source};

/// The names of one lab's resources.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    pub(crate) region: Region,
    pub(crate) master: AccountId,
}

impl Names {
    pub(crate) const STREAM: &'static str = "Demo_Kinesis_Stream";
    /// A member's stream at endpoints where destinations of other accounts deliver nothing.
    pub(crate) const OUTBOX: &'static str = "tributary-outbox";
    pub(crate) const DESTINATION: &'static str = "kinesisDest";
    pub(crate) const LOGS_ROLE: &'static str = "cwrole";
    pub(crate) const LOGS_ROLE_POLICY: &'static str = "cwlpolicy";
    pub(crate) const BUCKET: &'static str = "demo-logs-s3";
    pub(crate) const TRAIL_BUCKET: &'static str = "cloudtrail-all-accounts-demo";
    pub(crate) const DOMAIN: &'static str = "demo-logs";
    pub(crate) const INDEX: &'static str = "logs";
    pub(crate) const DELIVERY_STREAM: &'static str = "Demo_Firehose";
    /// The delivery stream of the documents, where no delivery stream runs the transform.
    pub(crate) const DOCUMENTS_STREAM: &'static str = "Demo_Firehose_Documents";
    pub(crate) const DELIVERY_ROLE: &'static str = "firehose_delivery_role";
    pub(crate) const FUNCTION: &'static str = "cloudwatch_handler";
    pub(crate) const FUNCTION_ROLE: &'static str = "lambda_execution_role";
    pub(crate) const FLOW_LOGS_ROLE: &'static str = "Demo_flowlogsrole";
    pub(crate) const TRAIL: &'static str = "demo-cloud-trail";
    pub(crate) const TRAIL_ROLE: &'static str = "CloudTrail_CloudWatchLogs_Role";
    pub(crate) const EVENTS_POLICY: &'static str = "TrustEventsToStoreLogEvents";
    pub(crate) const FINDINGS_RULE: &'static str = "guardduty-demo";

    pub(crate) fn stream_arn(&self) -> String {
        format!("arn:aws:kinesis:{}:{}:stream/{}", self.region, self.master, Self::STREAM)
    }

    /// The ARN of an account's outbox.
    pub(crate) fn outbox_arn(&self, account: AccountId) -> String {
        format!("arn:aws:kinesis:{}:{account}:stream/{}", self.region, Self::OUTBOX)
    }

    pub(crate) fn destination_arn(&self) -> String {
        format!("arn:aws:logs:{}:{}:destination:{}", self.region, self.master, Self::DESTINATION)
    }

    /// The ARN of a role of the master.
    pub(crate) fn role_arn(&self, role: &str) -> String {
        self.role_arn_in(self.master, role)
    }

    /// The ARN of a role of an account.
    #[expect(clippy::unused_self, reason = "all names are asked of the topology's")]
    pub(crate) fn role_arn_in(&self, account: AccountId, role: &str) -> String {
        format!("arn:aws:iam::{account}:role/{role}")
    }

    pub(crate) fn domain_arn(&self) -> String {
        format!("arn:aws:es:{}:{}:domain/{}", self.region, self.master, Self::DOMAIN)
    }

    pub(crate) fn function_arn(&self) -> String {
        format!("arn:aws:lambda:{}:{}:function:{}", self.region, self.master, Self::FUNCTION)
    }

    pub(crate) fn delivery_stream_arn(&self) -> String {
        let (region, master) = (&self.region, self.master);
        format!("arn:aws:firehose:{region}:{master}:deliverystream/{}", Self::DELIVERY_STREAM)
    }

    pub(crate) fn bucket_arn() -> String {
        format!("arn:aws:s3:::{}", Self::BUCKET)
    }

    pub(crate) fn findings_rule_arn(&self) -> String {
        format!("arn:aws:events:{}:{}:rule/{}", self.region, self.master, Self::FINDINGS_RULE)
    }

    pub(crate) fn findings_group_arn(&self) -> String {
        let group = Self::log_group(Source::GuardDuty, 0);
        format!("arn:aws:logs:{}:{}:log-group:{group}", self.region, self.master)
    }

    /// The subscription filter of this source.
    pub(crate) fn filter(source: Source) -> &'static str {
        match source {
            Source::VpcFlowLogs => "vpc_flow_logs_filter",
            Source::CloudTrail => "ct_filter",
            Source::GuardDuty => "gd_filter",
        }
    }

    /// The log group of a member's events of this source; members count from 1. Findings have one log
    /// group, the master's.
    pub(crate) fn log_group(source: Source, member: usize) -> String {
        match source {
            Source::VpcFlowLogs => format!("cwl_vpc_fl_member_account_{member}"),
            Source::CloudTrail => format!("CloudTrail/member_account_{member}"),
            Source::GuardDuty => "/aws/events/guardduty-demo".to_owned(),
        }
    }
}
