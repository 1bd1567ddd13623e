//! Who makes a request.

use std::fmt;

use tributary_vocabulary::AccountId;

/// Who makes a request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Principal {
    /// The root of an account.
    Root {
        /// The account.
        account: AccountId,
    },
    /// An IAM user.
    User {
        /// The account.
        account: AccountId,
        /// The name with its path in front and no leading slash: `ann`, `division/ann`.
        name: String,
    },
    /// An IAM role itself, as a resource or grantee; calls are made by its sessions.
    Role {
        /// The account.
        account: AccountId,
        /// The name with its path in front and no leading slash: `cwrole`, `service-role/cwrole`.
        name: String,
    },
    /// A session of an assumed role.
    Session {
        /// The account of the role.
        account: AccountId,
        /// The role's name with its path in front; the session's ARN drops the path.
        role: String,
        /// The session's name.
        session: String,
    },
    /// A service on its own behalf.
    Service {
        /// `logs.amazonaws.com`, `logs.us-east-1.amazonaws.com`.
        name: String,
    },
    /// Nobody: the request is not signed.
    Anonymous,
}

/// Text that names no principal that makes calls.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' is no caller: write the ARN of a user, a role, an account's root or an assumed-role session, or a service such as cloudtrail.amazonaws.com"
)]
pub struct PrincipalError(pub String);

impl Principal {
    /// The principal behind an ARN or the name of a service.
    ///
    /// # Errors
    /// [`PrincipalError`] when the text is neither.
    pub fn parse(text: &str) -> Result<Self, PrincipalError> {
        let unknown = || PrincipalError(text.to_owned());
        if !text.starts_with("arn:") {
            let is_service =
                text.ends_with(".amazonaws.com") || text.ends_with(".amazonaws.com.cn");
            let is_name = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
            return if is_service && is_name && !text.starts_with('.') {
                Ok(Self::Service { name: text.to_owned() })
            } else {
                text.parse().map(|account| Self::Root { account }).map_err(|_| unknown())
            };
        }
        let mut parts = text.splitn(6, ':').skip(2);
        let (Some(service), Some(""), Some(account), Some(resource)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(unknown());
        };
        let account: AccountId = account.parse().map_err(|_| unknown())?;
        let (kind, name) = resource.split_once('/').unwrap_or((resource, ""));
        match (service, kind) {
            ("iam", "root") if name.is_empty() => Ok(Self::Root { account }),
            ("iam", "user") if !name.is_empty() => Ok(Self::User { account, name: name.into() }),
            ("iam", "role") if !name.is_empty() => Ok(Self::Role { account, name: name.into() }),
            ("sts", "assumed-role") => match name.rsplit_once('/') {
                Some((role, session)) if !role.is_empty() && !session.is_empty() => {
                    Ok(Self::Session { account, role: role.into(), session: session.into() })
                }
                _ => Err(unknown()),
            },
            _ => Err(unknown()),
        }
    }

    /// The account the principal belongs to; a service and nobody have none.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::Root { account }
            | Self::User { account, .. }
            | Self::Role { account, .. }
            | Self::Session { account, .. } => Some(*account),
            Self::Service { .. } | Self::Anonymous => None,
        }
    }

    /// The ARN as `GetCallerIdentity` gives it; the name of a service; `anonymous`.
    #[must_use]
    pub fn arn(&self) -> String {
        self.to_string()
    }

    /// The value of `aws:PrincipalArn`: of a session, the ARN of its role with the path.
    /// A service and nobody have none.
    #[must_use]
    pub fn principal_arn(&self) -> Option<String> {
        match self {
            Self::Session { account, role, .. } => {
                Some(format!("arn:aws:iam::{account}:role/{role}"))
            }
            Self::Service { .. } | Self::Anonymous => None,
            _ => Some(self.arn()),
        }
    }

    /// The value of `aws:PrincipalType`; a service has none that is documented.
    #[must_use]
    pub fn principal_type(&self) -> Option<&'static str> {
        match self {
            Self::Root { .. } => Some("Account"),
            Self::User { .. } => Some("User"),
            Self::Role { .. } | Self::Session { .. } => Some("AssumedRole"),
            Self::Anonymous => Some("Anonymous"),
            Self::Service { .. } => None,
        }
    }

    /// The value of `aws:username`: a user's name without its path.
    #[must_use]
    pub fn user_name(&self) -> Option<&str> {
        match self {
            Self::User { name, .. } => Some(last_segment(name)),
            _ => None,
        }
    }

    /// Somebody of an account of whom nothing is known, as simulation has it.
    pub(super) fn unnamed(account: AccountId) -> Self {
        Self::User { account, name: String::new() }
    }

    pub(super) fn is_unnamed(&self) -> bool {
        matches!(self, Self::User { name, .. } if name.is_empty())
    }

    /// Whether this is a role, or a session of one, that belongs to a service; organisation
    /// policies do not bind it.
    #[must_use]
    pub fn is_service_linked_role(&self) -> bool {
        match self {
            Self::Role { name: role, .. } | Self::Session { role, .. } => {
                role.starts_with("aws-service-role/") || role.starts_with("AWSServiceRoleFor")
            }
            _ => false,
        }
    }
}

/// A name without the path in front of it.
pub(super) fn last_segment(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, last)| last)
}

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root { account } => write!(f, "arn:aws:iam::{account}:root"),
            Self::User { account, name } => write!(f, "arn:aws:iam::{account}:user/{name}"),
            Self::Role { account, name } => write!(f, "arn:aws:iam::{account}:role/{name}"),
            Self::Session { account, role, session } => {
                write!(f, "arn:aws:sts::{account}:assumed-role/{}/{session}", last_segment(role))
            }
            Self::Service { name } => f.write_str(name),
            Self::Anonymous => f.write_str("anonymous"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for text in [
            "arn:aws:iam::111111111111:root",
            "arn:aws:iam::111111111111:user/division/ann",
            "arn:aws:iam::111111111111:role/service-role/cwrole",
            "arn:aws:sts::111111111111:assumed-role/cwrole/firehose",
            "logs.us-east-1.amazonaws.com",
        ] {
            assert_eq!(Principal::parse(text).unwrap().arn(), text);
        }
        assert!(matches!(Principal::parse("111111111111"), Ok(Principal::Root { .. })));
        for text in ["", "*", "ann", "arn:aws:iam::1:root", "arn:aws:s3:::b", ".amazonaws.com"] {
            assert!(Principal::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_session_is_its_role_to_conditions() {
        let account = AccountId::repeated(1);
        let session =
            Principal::Session { account, role: "service-role/r".into(), session: "s".into() };
        assert_eq!(session.arn(), "arn:aws:sts::111111111111:assumed-role/r/s");
        assert_eq!(
            session.principal_arn().as_deref(),
            Some("arn:aws:iam::111111111111:role/service-role/r")
        );
        let user = Principal::User { account, name: "division/ann".into() };
        assert_eq!(user.user_name(), Some("ann"));
    }
}
