//! A request as the matchers see it: what it says, and what follows from who calls.

use std::borrow::Cow;

use tributary_vocabulary::AccountId;

use super::context::{Context, ContextValue};
use super::principal::Principal;

/// One call to decide on.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Who calls.
    pub principal: &'a Principal,
    /// The action with its service: `logs:PutLogEvents`.
    pub action: &'a str,
    /// The ARN of the resource, or `*` for an action that has none.
    pub resource: &'a str,
    /// The account that owns the resource. `None`: that of the ARN, else the caller's. To be
    /// given where the ARN names none, as those of S3 do.
    pub resource_account: Option<AccountId>,
    /// The request's condition keys.
    pub context: &'a Context,
}

impl Request<'_> {
    /// The account that owns the resource, as far as it can be told.
    #[must_use]
    pub fn owner(&self) -> Option<AccountId> {
        self.resource_account.or_else(|| arn_account(self.resource)).or(self.principal.account())
    }
}

/// The account in the fifth part of an ARN.
pub(super) fn arn_account(arn: &str) -> Option<AccountId> {
    let mut parts = arn.splitn(6, ':');
    if parts.next() != Some("arn") {
        return None;
    }
    parts.nth(3)?.parse().ok()
}

/// The value of a condition key in a request.
pub(super) enum Fact<'a> {
    Absent,
    One(Cow<'a, str>),
    Many(&'a [String]),
}

/// A request and what follows from it.
pub(super) struct Facts<'a> {
    pub(super) request: &'a Request<'a>,
    pub(super) owner: Option<AccountId>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(request: &'a Request<'a>) -> Self {
        Self { request, owner: request.owner() }
    }

    /// The value of a key, its name in lower case.
    pub(super) fn lookup(&self, key: &str) -> Fact<'a> {
        match self.request.context.get(key) {
            Some(ContextValue::Single(value)) => Fact::One(Cow::Borrowed(value)),
            Some(ContextValue::List(values)) => Fact::Many(values),
            None => self.derived(key).map_or(Fact::Absent, Fact::One),
        }
    }

    /// Keys that follow from the caller and the resource (iam reference, context keys).
    fn derived(&self, key: &str) -> Option<Cow<'a, str>> {
        let principal = self.request.principal;
        if principal.is_unnamed() && key != "aws:resourceaccount" {
            return None;
        }
        let owned = |text: String| Some(Cow::Owned(text));
        match key {
            "aws:principalarn" => principal.principal_arn().map(Cow::Owned),
            "aws:principalaccount" => match principal {
                Principal::Anonymous => Some(Cow::Borrowed("anonymous")),
                _ => principal.account().and_then(|account| owned(account.to_string())),
            },
            "aws:principaltype" => principal.principal_type().map(Cow::Borrowed),
            "aws:username" => principal.user_name().map(Cow::Borrowed),
            "aws:userid" => match principal {
                Principal::Root { account } => owned(account.to_string()),
                Principal::Anonymous => Some(Cow::Borrowed("anonymous")),
                _ => None,
            },
            "aws:principalisawsservice" => match principal {
                Principal::Anonymous => None,
                Principal::Service { .. } => Some(Cow::Borrowed("true")),
                _ => Some(Cow::Borrowed("false")),
            },
            "aws:principalservicename" => match principal {
                Principal::Service { name } => Some(Cow::Borrowed(name)),
                _ => None,
            },
            "aws:resourceaccount" => self.owner.and_then(|account| owned(account.to_string())),
            _ => None,
        }
    }
}
