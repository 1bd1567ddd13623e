//! One thing that a topology makes: what it is, whose account it is in, and its name.

use std::fmt;

use tributary_vocabulary::AccountId;

/// What a thing is, in the order in which things are removed: what writes goes before what is
/// written to, and a role goes when nothing works with it any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// The flow logs that write to the log group of this name.
    FlowLogs,
    /// A trail.
    Trail,
    /// An account's GuardDuty detector, with its members.
    Detector,
    /// An EventBridge rule, with its targets.
    Rule,
    /// A Firehose delivery stream.
    DeliveryStream,
    /// A Lambda function.
    Function,
    /// A destination of CloudWatch Logs.
    Destination,
    /// A resource policy of CloudWatch Logs, which lets a service write to this log group.
    ResourcePolicy {
        /// The log group that it is for: whose the group is, his is the policy.
        group: &'static str,
    },
    /// A log group, with its subscription filters.
    LogGroup,
    /// A Kinesis data stream.
    Stream,
    /// A bucket, with its objects.
    Bucket,
    /// A role, with its policies.
    Role,
    /// A domain of OpenSearch Service.
    Domain,
    /// The indices of OpenSearch whose names match a pattern.
    Indices,
    /// An index template of OpenSearch.
    IndexTemplate,
}

impl Kind {
    /// What it is called in sentences.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::FlowLogs => "flow log",
            Self::Trail => "trail",
            Self::Detector => "GuardDuty detector",
            Self::Rule => "EventBridge rule",
            Self::DeliveryStream => "delivery stream",
            Self::Function => "function",
            Self::Destination => "destination",
            Self::ResourcePolicy { .. } => "logs resource policy",
            Self::LogGroup => "log group",
            Self::Stream => "stream",
            Self::Bucket => "bucket",
            Self::Role => "role",
            Self::Domain => "domain",
            Self::Indices => "index",
            Self::IndexTemplate => "index template",
        }
    }

    /// Whether it is in OpenSearch, which knows no accounts.
    pub(crate) const fn is_in_opensearch(self) -> bool {
        matches!(self, Self::Indices | Self::IndexTemplate)
    }
}

/// One thing that a topology makes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Thing {
    /// What it is.
    pub(crate) kind: Kind,
    /// The account that it is in; the master's for what is in OpenSearch.
    pub(crate) account: AccountId,
    /// Its name; of flow logs, that of their log group; of indices, the pattern.
    pub(crate) name: String,
}

impl Thing {
    /// A thing of an account.
    pub(crate) fn new(kind: Kind, account: AccountId, name: impl Into<String>) -> Self {
        Self { kind, account, name: name.into() }
    }

    /// Where it is, in words.
    pub(super) fn place(&self) -> String {
        if self.kind.is_in_opensearch() {
            return "of OpenSearch".to_owned();
        }
        format!("of account {}", self.account)
    }
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.kind.noun(), self.name, self.place())
    }
}
