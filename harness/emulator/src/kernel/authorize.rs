//! The one seam through which every call is authorised.

use std::borrow::Cow;

use tributary_vocabulary::AccountId;

use super::{ArnParts, Caller, Observation, ServiceError, World};
use crate::policy::{Context, Decision, Policies, Principal, Request, evaluate};
use crate::{iam, kinesis, lambda, logs, s3};

/// One question to the policies: may this caller do this to that.
#[derive(Debug, Clone)]
pub struct Access<'a> {
    /// The action, such as `kinesis:PutRecord`.
    pub action: &'a str,
    /// The ARN of the resource, or `*`.
    pub resource: &'a str,
    /// Who owns the resource, where the ARN does not say (an S3 bucket); `None` when it does.
    pub owner: Option<AccountId>,
    /// What the service itself tells about the call, beside the keys that every call has.
    pub context: Context,
}

impl<'a> Access<'a> {
    /// The question without further context.
    #[must_use]
    pub fn to(action: &'a str, resource: &'a str) -> Self {
        Self { action, resource, owner: None, context: Context::default() }
    }

    /// The same question about a resource of this owner.
    #[must_use]
    pub fn owned_by(mut self, owner: AccountId) -> Self {
        self.owner = Some(owner);
        self
    }

    /// The same question with one more key of context.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.context = self.context.with(key, value);
        self
    }
}

impl World {
    /// Whether the policies let `caller` do this; a refusal is told to the listener and to the
    /// caller in AWS's words.
    ///
    /// # Errors
    /// `AccessDeniedException` with the reason, when they do not.
    pub(crate) fn authorize(
        &mut self,
        caller: &Caller,
        access: Access<'_>,
    ) -> Result<(), ServiceError> {
        let decision = self.decide(caller, access);
        if decision.is_allowed() {
            return Ok(());
        }
        let error = ServiceError::access_denied(decision.sentence());
        self.refused(&decision);
        Err(error)
    }

    /// What the policies say, told to nobody.
    pub(crate) fn decide(&self, caller: &Caller, access: Access<'_>) -> Decision {
        let (owner, policies) = self.policies_for(caller, &access);
        self.decide_with(caller, &access, owner, &policies)
    }

    /// Every policy that has a say in a question, the organisation's included, and the account that owns the resource.
    pub(super) fn policies_for(
        &self,
        caller: &Caller,
        access: &Access<'_>,
    ) -> (AccountId, Policies) {
        let owner = access
            .owner
            .or_else(|| ArnParts::split(access.resource).and_then(|parts| parts.account_id()))
            .unwrap_or(caller.account);
        let mut policies = iam::policies_of(self, caller);
        policies.resource = self.resource_policy(access.action, access.resource, owner);
        iam::bind_to_organization(self, caller.principal.account(), owner, &mut policies);
        (owner, policies)
    }

    /// What these policies say, with the keys of context that every call has.
    fn decide_with(
        &self,
        caller: &Caller,
        access: &Access<'_>,
        owner: AccountId,
        policies: &Policies,
    ) -> Decision {
        // Most policies have no conditions, and most calls are those of services by the thousand.
        let context = if policies.ask_context() {
            Cow::Owned(self.call_context(caller, access, owner))
        } else {
            Cow::Borrowed(&access.context)
        };
        let request = Request {
            principal: &caller.principal,
            action: access.action,
            resource: access.resource,
            resource_account: Some(owner),
            context: &context,
        };
        evaluate(&request, policies)
    }

    /// Tells the listener of a refusal, and the trace.
    pub(crate) fn refused(&mut self, decision: &Decision) {
        let sentence = decision.sentence();
        self.trace("refused", "policy", sentence.as_bytes());
        self.observe(&Observation::Refused { decision });
    }

    /// Whether `caller` may hand this role to a service (`iam:PassRole`); it never crosses accounts.
    ///
    /// # Errors
    /// `AccessDeniedException` when it may not.
    pub(crate) fn authorize_pass_role(
        &mut self,
        caller: &Caller,
        role_arn: &str,
        service: &str,
    ) -> Result<(), ServiceError> {
        let owner = ArnParts::split(role_arn).and_then(|parts| parts.account_id());
        if owner.is_some_and(|owner| owner != caller.account) {
            return Err(ServiceError::access_denied(
                "Cross-account pass role is not allowed.".to_owned(),
            ));
        }
        self.authorize(
            caller,
            Access::to("iam:PassRole", role_arn).with("iam:PassedToService", service),
        )
    }

    /// The keys that every call has (iam reference, context keys an emulator should fill).
    pub(super) fn call_context(
        &self,
        caller: &Caller,
        access: &Access<'_>,
        owner: AccountId,
    ) -> Context {
        let mut context = access
            .context
            .clone()
            .with("aws:CurrentTime", self.now.to_string())
            .with("aws:EpochTime", self.now.s().to_string())
            .with("aws:SecureTransport", "true")
            .with("aws:RequestedRegion", caller.region.as_str())
            .with("aws:ViaAWSService", "false")
            .with("aws:ResourceAccount", owner.as_str());
        context = iam::tell_of_organization(self, "Resource", owner, context);
        if let Principal::Service { name } = &caller.principal {
            context = context
                .with("aws:PrincipalIsAWSService", "true")
                .with("aws:PrincipalServiceName", name.as_str())
                .with("aws:SourceAccount", caller.account.as_str());
            context = iam::tell_of_organization(self, "Source", caller.account, context);
        } else {
            context = iam::principal_context(self, caller, context)
                .with("aws:PrincipalIsAWSService", "false");
        }
        if let Some(source) = &caller.source_arn {
            context = context.with("aws:SourceArn", source.as_str());
        }
        if let Some(request) = caller.request.as_deref() {
            for (key, value) in
                [("aws:SourceIp", &request.source_ip), ("aws:UserAgent", &request.user_agent)]
            {
                if let Some(value) = value {
                    context = context.with(key, value.as_str());
                }
            }
        }
        context
    }

    /// The policy that hangs on a resource, if one does.
    fn resource_policy(
        &self,
        action: &str,
        resource: &str,
        owner: AccountId,
    ) -> Option<crate::policy::NamedPolicy> {
        match ArnParts::split(resource)?.service {
            "s3" => s3::resource_policy(self, resource),
            "logs" => logs::resource_policy(self, resource, owner),
            "kinesis" => kinesis::resource_policy(self, resource),
            "lambda" => lambda::resource_policy(self, resource),
            "iam" => iam::resource_policy(self, action, resource, owner),
            "es" => crate::domain::resource_policy(self, resource),
            "events" => crate::events::resource_policy(self, resource),
            _ => None,
        }
    }
}
