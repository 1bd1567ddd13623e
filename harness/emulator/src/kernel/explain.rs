//! Answers why the policies of a world decide as they do.

use tributary_vocabulary::AccountId;

use super::{Access, ArnParts, Caller, World};
use crate::iam;
use crate::policy::{Answer, Request, answer};

impl World {
    /// What the policies of this world say to a question, and why: the decision that a call would
    /// meet, told to nobody. Keys of the question's context win over those that every call has.
    #[must_use]
    pub fn explain(&self, caller: &Caller, access: &Access<'_>) -> Answer {
        let access =
            Access { owner: access.owner.or(self.owner_of(access.resource)), ..access.clone() };
        let (owner, policies) = self.policies_for(caller, &access);
        let mut context = self.call_context(caller, &access, owner);
        context.extend(&access.context);
        let request = Request {
            principal: &caller.principal,
            action: access.action,
            resource: access.resource,
            resource_account: Some(owner),
            context: &context,
        };
        answer(&request, &policies)
    }

    /// The account that owns a resource: that of its ARN, or the owner of its bucket.
    #[must_use]
    pub fn owner_of(&self, arn: &str) -> Option<AccountId> {
        let parts = ArnParts::split(arn)?;
        if parts.service == "s3" {
            let bucket = parts.resource.split('/').next().unwrap_or_default();
            return self.s3.buckets.get(bucket).map(|bucket| bucket.owner);
        }
        parts.account_id()
    }

    /// The ARN of the role of this name in an account, whatever its path; `None` when there is none.
    #[must_use]
    pub fn role_arn(&self, account: AccountId, name: &str) -> Option<String> {
        iam::role_arn(self, account, name)
    }
}
