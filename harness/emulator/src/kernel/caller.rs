//! Who calls.

use std::sync::Arc;

use tributary_vocabulary::{AccountId, Region};

use crate::policy::Principal;

/// Who makes a call, and where: an argument of every call; there is no default account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Who it is.
    pub principal: Principal,
    /// The account in whose name the call acts: that of the principal, or, when a service calls,
    /// the account for which it does so.
    pub account: AccountId,
    /// The Region that is called.
    pub region: Region,
    /// The ARN of the resource on whose behalf a service calls: `aws:SourceArn`.
    pub source_arn: Option<String>,
    /// What the request of the wire tells beside that; a call through a typed door has none.
    pub request: Option<Arc<RequestFacts>>,
}

/// What a request of the wire tells of itself, whatever the operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestFacts {
    /// The access key that signed it.
    pub access_key: String,
    /// Where it comes from: `aws:SourceIp`.
    pub source_ip: Option<String>,
    /// What sent it: `aws:UserAgent`.
    pub user_agent: Option<String>,
}

impl Caller {
    /// The root of `account`, calling `region`.
    #[must_use]
    pub fn root(account: AccountId, region: Region) -> Self {
        Self {
            principal: Principal::Root { account },
            account,
            region,
            source_arn: None,
            request: None,
        }
    }

    /// An AWS service such as `logs.amazonaws.com`, calling for a resource of `account`.
    #[must_use]
    pub fn service(
        name: &str,
        account: AccountId,
        region: Region,
        source_arn: Option<String>,
    ) -> Self {
        Self {
            principal: Principal::Service { name: name.to_owned() },
            account,
            region,
            source_arn,
            request: None,
        }
    }

    /// The session `session` of the role `role` of `account`.
    #[must_use]
    pub fn session(account: AccountId, region: Region, role: &str, session: &str) -> Self {
        Self {
            principal: Principal::Session {
                account,
                role: role.to_owned(),
                session: session.to_owned(),
            },
            account,
            region,
            source_arn: None,
            request: None,
        }
    }
}
