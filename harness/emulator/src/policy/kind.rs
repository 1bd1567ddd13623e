//! Where a policy hangs decides which elements it must, may and may not have.

/// The place a policy document is attached to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyKind {
    /// Inline or managed policy of a user, group or role.
    Identity,
    /// Permissions boundary of a user or role.
    Boundary,
    /// Policy passed to `sts:AssumeRole`; malformed literals in its conditions are kept.
    Session,
    /// Who may assume a role.
    Trust,
    /// Service control policy of an organisation.
    Scp,
    /// Resource control policy of an organisation.
    Rcp,
    /// Policy on a resource of a service.
    Resource(ResourceService),
}

/// The service whose resource carries a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResourceService {
    /// S3 bucket policy.
    S3,
    /// CloudWatch Logs destination access policy: account ids only.
    LogsDestination,
    /// CloudWatch Logs resource policy of an account.
    LogsResource,
    /// Lambda function policy.
    Lambda,
    /// Kinesis stream or consumer policy.
    Kinesis,
    /// SQS queue policy.
    Sqs,
    /// SNS topic policy.
    Sns,
    /// EventBridge event bus policy.
    EventBus,
    /// KMS key policy: it has to allow, an identity policy alone is not enough.
    Kms,
    /// OpenSearch domain access policy.
    OpenSearch,
    /// Any other service: the rules of IAM's grammar and nothing more.
    Other,
}

impl PolicyKind {
    /// Whether statements name principals.
    #[must_use]
    pub fn has_principal(self) -> bool {
        matches!(self, Self::Trust | Self::Rcp | Self::Resource(_))
    }

    /// Whether statements name resources.
    #[must_use]
    pub fn has_resource(self) -> bool {
        !matches!(self, Self::Trust)
    }

    /// Whether IAM itself stores the document, so that its rules for Sids and actions hold.
    pub(super) fn is_stored_by_iam(self) -> bool {
        !matches!(self, Self::Resource(_))
    }

    /// Whether malformed literals in conditions are refused. STS keeps those of a session policy
    /// (iam reference, condition operators).
    pub(super) fn checks_literals(self) -> bool {
        !matches!(self, Self::Session)
    }
}
