//! Why a policy document is refused.

use super::json::Position;

/// A policy document that may not be stored. The text of the error is AWS's own wording where
/// the reference has it; the service puts its own code (`MalformedPolicyDocument`,
/// `MalformedPolicy`, `InvalidParameterException`, …) in front.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{fault}")]
pub struct MalformedPolicy {
    /// What is wrong.
    pub fault: PolicyFault,
    /// Where it stands in the text.
    pub position: Position,
}

impl MalformedPolicy {
    /// The fault with its place and how to mend it, for a human.
    #[must_use]
    pub fn sentence(&self) -> String {
        let Position { line, column } = self.position;
        format!("line {line}, column {column}: {}; {}", self.fault, self.fault.mend())
    }
}

/// The ways a policy document can be wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyFault {
    /// The text is not a JSON object.
    #[error("This policy contains invalid Json")]
    InvalidJson,
    /// A JSON key stands twice in one object.
    #[error("Syntax errors in policy.")]
    DuplicateKey(String),
    /// An element that policies do not have.
    #[error("Syntax errors in policy.")]
    UnknownElement(String),
    /// An element has a value of a form it cannot have.
    #[error("Syntax errors in policy.")]
    WrongForm {
        /// The element.
        element: String,
        /// What may stand there.
        expected: &'static str,
    },
    /// Two elements exclude each other, such as `Action` and `NotAction`.
    #[error("Syntax errors in policy.")]
    Exclusive(&'static str, &'static str),
    /// `Version` is neither `2012-10-17` nor `2008-10-17`.
    #[error("Policy document must be version 2012-10-17 or greater.")]
    UnknownVersion(String),
    /// The document has no `Statement`, or an empty one.
    #[error("Syntax errors in policy.")]
    NoStatement,
    /// `Effect` is neither `Allow` nor `Deny`, or is missing.
    #[error("Syntax errors in policy.")]
    WrongEffect(String),
    /// Neither `Action` nor `NotAction`, or an empty list.
    #[error("Policy statement must contain actions.")]
    NoAction,
    /// Neither `Resource` nor `NotResource`, or an empty list.
    #[error("Policy statement must contain resources.")]
    NoResource,
    /// An action without its service.
    #[error("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")]
    ActionWithoutService(String),
    /// An action whose service has characters a service name does not have.
    #[error("Vendor {0} is not valid")]
    InvalidService(String),
    /// A trust policy with an action of another service.
    #[error("AssumeRole policy may only specify STS AssumeRole actions.")]
    NotAnAssumeRoleAction(String),
    /// A resource that is neither an ARN nor `*`.
    #[error("Resource {0} must be in ARN format or \"*\".")]
    ResourceNotArn(String),
    /// A trust policy with a `Resource`.
    #[error("Has prohibited field Resource")]
    ResourceProhibited,
    /// A policy of an identity or an organisation's service control with a `Principal`.
    #[error("Policy document should not specify a principal.")]
    PrincipalProhibited,
    /// A resource or trust policy without a `Principal`.
    #[error("Missing required field Principal")]
    NoPrincipal,
    /// `NotPrincipal` together with `Allow`, or in a trust policy.
    #[error("Syntax errors in policy.")]
    NotPrincipalProhibited,
    /// A principal that is none.
    #[error("Invalid principal in policy: \"{kind}\":\"{value}\"")]
    InvalidPrincipal {
        /// `AWS`, `Service`, `Federated` or `CanonicalUser`.
        kind: String,
        /// What stands there.
        value: String,
    },
    /// A condition operator that IAM does not have.
    #[error("Invalid Condition type : {0}")]
    UnknownOperator(String),
    /// A value its condition operator cannot read.
    #[error("Syntax errors in policy.")]
    InvalidLiteral {
        /// The condition operator.
        operator: String,
        /// The value.
        value: String,
    },
    /// A policy variable that is not closed, empty, or where none may stand.
    #[error("Syntax errors in policy.")]
    InvalidVariable(String),
    /// Two statements with one Sid.
    #[error("Statement IDs (SID) in a single policy must be unique.")]
    DuplicateSid(String),
    /// A Sid with characters other than letters and digits.
    #[error(
        "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*"
    )]
    InvalidSid(String),
    /// A resource control policy may only deny, to everyone.
    #[error("Syntax errors in policy.")]
    NotAResourceControl,
    /// A Logs destination policy with an ARN as principal.
    #[error("Principal section of policy contains ARN instead of account ID: {0}")]
    DestinationPrincipalArn(String),
    /// A Logs destination policy open to everyone.
    #[error("Principal section of policy contains `*` instead of account ID: *")]
    DestinationPrincipalAnyone,
    /// A Logs destination policy that names no account.
    #[error(
        "Error occurred while parsing accessPolicy. Please check if the accessPolicy has been constructed correctly using IAM grammar."
    )]
    DestinationGrammar,
    /// A Logs destination policy with a condition on anything but the organisation.
    #[error(
        "Only 'aws:PrincipalOrgID' and 'aws:PrincipalOrgPaths' condition keys are allowed in Condition block of the policy."
    )]
    DestinationConditionKey(String),
}

impl PolicyFault {
    /// What to write instead, as the end of a sentence.
    #[must_use]
    pub fn mend(&self) -> String {
        match self {
            Self::InvalidJson => "write one JSON object".into(),
            Self::DuplicateKey(key) => format!("\"{key}\" stands twice in one object, keep one"),
            Self::UnknownElement(name) => format!("no policy has an element \"{name}\", remove it"),
            Self::WrongForm { element, expected } => format!("\"{element}\" has to be {expected}"),
            Self::Exclusive(one, other) => format!("keep either {one} or {other}"),
            Self::UnknownVersion(version) => {
                format!("\"{version}\" is no version, write \"2012-10-17\"")
            }
            Self::NoStatement => "give \"Statement\" at least one statement".into(),
            Self::WrongEffect(text) => {
                format!("\"Effect\" is \"Allow\" or \"Deny\" in exactly this spelling, not \"{text}\"")
            }
            Self::NoAction => "give \"Action\" or \"NotAction\" a value".into(),
            Self::NoResource => "give \"Resource\" or \"NotResource\" a value".into(),
            Self::ActionWithoutService(action) => {
                format!("write \"service:{action}\", such as \"logs:PutLogEvents\"")
            }
            Self::InvalidService(service) => {
                format!("\"{service}\" is no service prefix, wildcards go behind the colon")
            }
            Self::NotAnAssumeRoleAction(action) => {
                format!("a trust policy allows sts:AssumeRole and its kin, not \"{action}\"")
            }
            Self::ResourceNotArn(_) => "write a whole ARN or \"*\"".into(),
            Self::ResourceProhibited => "a trust policy is about its own role, remove it".into(),
            Self::PrincipalProhibited => {
                "the policy applies to whom it is attached to, remove \"Principal\"".into()
            }
            Self::NoPrincipal => "say who, such as {\"AWS\": \"111111111111\"}".into(),
            Self::NotPrincipalProhibited => {
                "\"NotPrincipal\" goes only with \"Deny\" in a resource policy".into()
            }
            Self::InvalidPrincipal { .. } => {
                "write \"*\", an account id, or the ARN of a user, role or session without wildcards"
                    .into()
            }
            Self::UnknownOperator(_) => "use an operator such as StringEquals or ArnLike".into(),
            Self::InvalidLiteral { operator, value } => {
                format!("{operator} cannot read \"{value}\"")
            }
            Self::InvalidVariable(text) => {
                format!("\"{text}\" is no policy variable that may stand here")
            }
            Self::DuplicateSid(sid) => format!("rename one of the statements \"{sid}\""),
            Self::InvalidSid(sid) => format!("rename \"{sid}\" to letters and digits"),
            Self::NotAResourceControl => {
                "write \"Effect\": \"Deny\" and \"Principal\": \"*\" without NotAction".into()
            }
            Self::DestinationPrincipalArn(_) | Self::DestinationPrincipalAnyone => {
                "write the 12-digit ids of the sending accounts".into()
            }
            Self::DestinationGrammar => {
                "name the sending accounts as {\"AWS\": [\"111111111111\"]}".into()
            }
            Self::DestinationConditionKey(key) => {
                format!("remove the condition on \"{key}\"")
            }
        }
    }
}
