//! The policy documents that the set-up knows, by file name: what each hangs on, and what it has
//! to allow so that its hop goes.
//!
//! A document that a step of the set-up begins to use gets a row here; `tributary check` does the
//! rest. In the texts `<REGION>`, `<MASTER_ACCOUNT_ID>`, `<MEMBER_ACCOUNT_ID>` and
//! `<MEMBER_NUMBER>` stand for what they say.

use tributary_emulator::policy::{PolicyKind, ResourceService};

use tributary_vocabulary::Source;

use super::Names;

/// A document that the set-up knows.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) file: &'static str,
    pub(crate) kind: PolicyKind,
    pub(crate) carrier: Carrier,
    pub(crate) needed: Needed,
    pub(crate) asks: &'static [Ask],
}

/// What a document hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// A role of the master account.
    Role(&'static str),
    /// A role of every member account, whose document is filled in for that member alone.
    MemberRole(&'static str),
    /// Something with an ARN that the policy has to be about: the ARN, and the code with which
    /// its service refuses a malformed document.
    Resource { arn: &'static str, code: &'static str },
    /// The account and Region as a whole: a resource policy of CloudWatch Logs.
    Account,
}

/// When a scenario has to have a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needed {
    Always,
    /// When the topology has members.
    WithMembers,
    /// When the topology has this source.
    With(Source),
    /// Only checked when it is there.
    IfThere,
}

/// Something that a document has to allow.
#[derive(Debug)]
pub(crate) struct Ask {
    pub(crate) who: Who,
    /// Any one of these will do.
    pub(crate) actions: &'static [&'static str],
    pub(crate) resource: &'static str,
    pub(crate) context: &'static [(&'static str, &'static str)],
    pub(crate) for_each: ForEach,
    /// What stops without it.
    pub(crate) purpose: &'static str,
    /// Whether every run stops without it; else only some do.
    pub(crate) must: bool,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// A session of the role that carries the document.
    Holder,
    /// A service on its own behalf.
    Service(&'static str),
    /// The root of the account.
    Root,
}

/// For whom something is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ForEach {
    /// Once, in the master account.
    Master,
    /// In or for every member account.
    Member,
}

const STREAM: &str = "arn:aws:kinesis:<REGION>:<MASTER_ACCOUNT_ID>:stream/Demo_Kinesis_Stream";
const DESTINATION: &str = "arn:aws:logs:<REGION>:<MASTER_ACCOUNT_ID>:destination:kinesisDest";
const TRAIL_BUCKET: &str = "arn:aws:s3:::cloudtrail-all-accounts-demo";
const DOMAIN: &str = "arn:aws:es:<REGION>:<MASTER_ACCOUNT_ID>:domain/demo-logs";
const FLOW_GROUP: &str = "arn:aws:logs:<REGION>:<MEMBER_ACCOUNT_ID>:log-group:cwl_vpc_fl_member_account_<MEMBER_NUMBER>:*";
const FLOW_STREAM: &str = "arn:aws:logs:<REGION>:<MEMBER_ACCOUNT_ID>:log-group:cwl_vpc_fl_member_account_<MEMBER_NUMBER>:log-stream:eni-0123456789abcdef0-all";
const TRAIL_STREAM: &str = "arn:aws:logs:<REGION>:<MEMBER_ACCOUNT_ID>:log-group:CloudTrail/member_account_<MEMBER_NUMBER>:log-stream:<MEMBER_ACCOUNT_ID>_CloudTrail_<REGION>";
const TRAIL: &str = "arn:aws:cloudtrail:<REGION>:<MEMBER_ACCOUNT_ID>:trail/demo-cloud-trail";
const FINDINGS_STREAM: &str =
    "arn:aws:logs:<REGION>:<MASTER_ACCOUNT_ID>:log-group:/aws/events/guardduty-demo:log-stream:s";

/// The role of a member with which its flow logs are written.
const FLOW_ROLE: &str = "Demo_flowlogsrole";
/// The role of a member with which CloudTrail writes to its log group.
const TRAIL_ROLE: &str = "CloudTrail_CloudWatchLogs_Role";

const LOGS_CODE: &str = "InvalidParameterException";

const fn ask(
    who: Who,
    actions: &'static [&'static str],
    resource: &'static str,
    for_each: ForEach,
    purpose: &'static str,
) -> Ask {
    Ask { who, actions, resource, context: &[], for_each, purpose, must: true }
}

/// A service assumes the role that carries the document.
const fn assumes(
    service: &'static str,
    context: &'static [(&'static str, &'static str)],
    for_each: ForEach,
    purpose: &'static str,
) -> Ask {
    let actions = &["sts:AssumeRole"];
    Ask {
        who: Who::Service(service),
        actions,
        resource: "",
        context,
        for_each,
        purpose,
        must: true,
    }
}

/// The table.
pub(crate) const DOCUMENTS: &[Document] = &[
    Document {
        file: "cwltrustpolicy.json",
        kind: PolicyKind::Trust,
        carrier: Carrier::Role(Names::LOGS_ROLE),
        needed: Needed::Always,
        asks: &[assumes(
            "logs.amazonaws.com",
            &[("aws:SourceArn", FLOW_GROUP), ("aws:SourceAccount", "<MEMBER_ACCOUNT_ID>")],
            ForEach::Member,
            "the destination writes to the stream",
        )],
    },
    Document {
        file: "cwlpermissions.json",
        kind: PolicyKind::Identity,
        carrier: Carrier::Role(Names::LOGS_ROLE),
        needed: Needed::Always,
        asks: &[ask(
            Who::Holder,
            &["kinesis:PutRecord"],
            STREAM,
            ForEach::Master,
            "the destination writes to the stream",
        )],
    },
    Document {
        file: "destination_policy.json",
        kind: PolicyKind::Resource(ResourceService::LogsDestination),
        carrier: Carrier::Resource { arn: DESTINATION, code: LOGS_CODE },
        needed: Needed::WithMembers,
        asks: &[ask(
            Who::Root,
            &["logs:PutSubscriptionFilter"],
            DESTINATION,
            ForEach::Member,
            "members subscribe to the destination",
        )],
    },
    Document {
        file: "destination_policy_with_master.json",
        kind: PolicyKind::Resource(ResourceService::LogsDestination),
        carrier: Carrier::Resource { arn: DESTINATION, code: LOGS_CODE },
        needed: Needed::IfThere,
        asks: &[
            ask(
                Who::Root,
                &["logs:PutSubscriptionFilter"],
                DESTINATION,
                ForEach::Member,
                "members subscribe to the destination",
            ),
            ask(
                Who::Root,
                &["logs:PutSubscriptionFilter"],
                DESTINATION,
                ForEach::Master,
                "the master subscribes to its own destination",
            ),
        ],
    },
    Document {
        file: "firehose_trust.json",
        kind: PolicyKind::Trust,
        carrier: Carrier::Role(Names::DELIVERY_ROLE),
        needed: Needed::Always,
        asks: &[assumes(
            "firehose.amazonaws.com",
            &[
                ("sts:ExternalId", "<MASTER_ACCOUNT_ID>"),
                ("aws:SourceAccount", "<MASTER_ACCOUNT_ID>"),
                (
                    "aws:SourceArn",
                    "arn:aws:firehose:<REGION>:<MASTER_ACCOUNT_ID>:deliverystream/Demo_Firehose",
                ),
            ],
            ForEach::Master,
            "the delivery stream reads and writes",
        )],
    },
    Document {
        file: "firehose_permissions.json",
        kind: PolicyKind::Identity,
        carrier: Carrier::Role(Names::DELIVERY_ROLE),
        needed: Needed::Always,
        asks: &[
            ask(
                Who::Holder,
                &["kinesis:ListShards", "kinesis:DescribeStream"],
                STREAM,
                ForEach::Master,
                "the delivery stream finds the shards",
            ),
            ask(
                Who::Holder,
                &["kinesis:GetShardIterator"],
                STREAM,
                ForEach::Master,
                "the delivery stream reads",
            ),
            ask(
                Who::Holder,
                &["kinesis:GetRecords"],
                STREAM,
                ForEach::Master,
                "the delivery stream reads",
            ),
            ask(
                Who::Holder,
                &["lambda:InvokeFunction"],
                "arn:aws:lambda:<REGION>:<MASTER_ACCOUNT_ID>:function:cloudwatch_handler",
                ForEach::Master,
                "the delivery stream transforms",
            ),
            ask(
                Who::Holder,
                &["es:ESHttpPost"],
                "arn:aws:es:<REGION>:<MASTER_ACCOUNT_ID>:domain/demo-logs/logs-2026-01-01/_bulk",
                ForEach::Master,
                "the delivery stream indexes",
            ),
            ask(
                Who::Holder,
                &["s3:PutObject"],
                "arn:aws:s3:::demo-logs-s3/2026/01/01/00/object",
                ForEach::Master,
                "the delivery stream backs up",
            ),
        ],
    },
    Document {
        file: "lambda_trust.json",
        kind: PolicyKind::Trust,
        carrier: Carrier::Role(Names::FUNCTION_ROLE),
        needed: Needed::Always,
        asks: &[assumes(
            "lambda.amazonaws.com",
            &[
                ("aws:SourceAccount", "<MASTER_ACCOUNT_ID>"),
                (
                    "aws:SourceArn",
                    "arn:aws:lambda:<REGION>:<MASTER_ACCOUNT_ID>:function:cloudwatch_handler",
                ),
            ],
            ForEach::Master,
            "the function runs",
        )],
    },
    Document {
        file: "lambda_permissions.json",
        kind: PolicyKind::Identity,
        carrier: Carrier::Role(Names::FUNCTION_ROLE),
        needed: Needed::Always,
        asks: &[Ask {
            who: Who::Holder,
            actions: &["kinesis:PutRecords"],
            resource: STREAM,
            context: &[],
            for_each: ForEach::Master,
            purpose: "the function puts records back when its answer grows too large",
            must: false,
        }],
    },
    Document {
        file: "domain_access.json",
        kind: PolicyKind::Resource(ResourceService::OpenSearch),
        carrier: Carrier::Resource { arn: DOMAIN, code: "ValidationException" },
        needed: Needed::Always,
        asks: &[],
    },
    Document {
        file: "cloudtrail_bucket_policy.json",
        kind: PolicyKind::Resource(ResourceService::S3),
        carrier: Carrier::Resource { arn: TRAIL_BUCKET, code: "MalformedPolicy" },
        needed: Needed::WithMembers,
        asks: &[
            Ask {
                who: Who::Service("cloudtrail.amazonaws.com"),
                actions: &["s3:GetBucketAcl"],
                resource: TRAIL_BUCKET,
                context: TRAIL_SOURCE,
                for_each: ForEach::Member,
                purpose: "the members' trails find the bucket",
                must: true,
            },
            Ask {
                who: Who::Service("cloudtrail.amazonaws.com"),
                actions: &["s3:PutObject"],
                resource: "arn:aws:s3:::cloudtrail-all-accounts-demo/AWSLogs/<MEMBER_ACCOUNT_ID>/CloudTrail/<REGION>/2026/01/01/file.json.gz",
                context: TRAIL_SOURCE,
                for_each: ForEach::Member,
                purpose: "the members' trails write to the bucket",
                must: true,
            },
        ],
    },
    Document {
        file: "flowlogs_trust.json",
        kind: PolicyKind::Trust,
        carrier: Carrier::MemberRole(FLOW_ROLE),
        needed: Needed::With(Source::VpcFlowLogs),
        asks: &[assumes(
            "vpc-flow-logs.amazonaws.com",
            &[
                ("aws:SourceAccount", "<MEMBER_ACCOUNT_ID>"),
                (
                    "aws:SourceArn",
                    "arn:aws:ec2:<REGION>:<MEMBER_ACCOUNT_ID>:vpc-flow-log/fl-0123456789abcdef0",
                ),
            ],
            ForEach::Member,
            "flow logs are written",
        )],
    },
    Document {
        file: "flowlogs_permissions.json",
        kind: PolicyKind::Identity,
        carrier: Carrier::MemberRole(FLOW_ROLE),
        needed: Needed::With(Source::VpcFlowLogs),
        asks: &[
            flow_log(&["logs:CreateLogStream"], FLOW_STREAM, true),
            flow_log(&["logs:PutLogEvents"], FLOW_STREAM, true),
            flow_log(&["logs:DescribeLogStreams"], FLOW_GROUP, false),
            flow_log(&["logs:DescribeLogGroups"], FLOW_GROUP, false),
            flow_log(&["logs:CreateLogGroup"], FLOW_GROUP, false),
        ],
    },
    Document {
        file: "cloudtrail_logs_trust.json",
        kind: PolicyKind::Trust,
        carrier: Carrier::MemberRole(TRAIL_ROLE),
        needed: Needed::With(Source::CloudTrail),
        asks: &[assumes(
            "cloudtrail.amazonaws.com",
            &[("aws:SourceAccount", "<MEMBER_ACCOUNT_ID>"), ("aws:SourceArn", TRAIL)],
            ForEach::Member,
            "trails write to their log group",
        )],
    },
    Document {
        file: "cloudtrail_logs_permissions.json",
        kind: PolicyKind::Identity,
        carrier: Carrier::MemberRole(TRAIL_ROLE),
        needed: Needed::With(Source::CloudTrail),
        asks: &[
            ask(
                Who::Holder,
                &["logs:CreateLogStream"],
                TRAIL_STREAM,
                ForEach::Member,
                "trails write to their log group",
            ),
            ask(
                Who::Holder,
                &["logs:PutLogEvents"],
                TRAIL_STREAM,
                ForEach::Member,
                "trails write to their log group",
            ),
        ],
    },
    Document {
        file: "events_log_group_policy.json",
        kind: PolicyKind::Resource(ResourceService::LogsResource),
        carrier: Carrier::Account,
        needed: Needed::With(Source::GuardDuty),
        asks: &[
            finding("events.amazonaws.com", &["logs:CreateLogStream"]),
            finding("events.amazonaws.com", &["logs:PutLogEvents"]),
            finding("delivery.logs.amazonaws.com", &["logs:CreateLogStream"]),
            finding("delivery.logs.amazonaws.com", &["logs:PutLogEvents"]),
        ],
    },
];

const TRAIL_SOURCE: &[(&str, &str)] = &[
    ("s3:x-amz-acl", "bucket-owner-full-control"),
    ("aws:SourceAccount", "<MEMBER_ACCOUNT_ID>"),
    ("aws:SourceArn", TRAIL),
];

const fn flow_log(actions: &'static [&'static str], resource: &'static str, must: bool) -> Ask {
    let (who, for_each) = (Who::Holder, ForEach::Member);
    Ask { who, actions, resource, context: &[], for_each, purpose: "flow logs are written", must }
}

const fn finding(service: &'static str, actions: &'static [&'static str]) -> Ask {
    let purpose = "findings are written to the log group";
    ask(Who::Service(service), actions, FINDINGS_STREAM, ForEach::Master, purpose)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::scenario::EMBEDDED_POLICIES;

    #[test]
    fn every_document_that_comes_with_the_crate_has_one_row() {
        let rows: BTreeSet<&str> = DOCUMENTS.iter().map(|document| document.file).collect();
        assert_eq!(rows.len(), DOCUMENTS.len());
        for (file, _) in EMBEDDED_POLICIES {
            assert!(rows.contains(file), "{file}");
        }
    }
}
