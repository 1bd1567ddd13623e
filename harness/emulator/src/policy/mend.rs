//! From a denial to what would mend it.

use super::decision::{Decision, Denial, MatchedStatement, Missed, NearMiss, Side};

impl Decision {
    /// What to change so that the request is allowed, as an imperative; `None` when it is. A mend
    /// is the smallest change that the explanation knows of, not the only one.
    #[must_use]
    pub fn mend(&self) -> Option<String> {
        self.denial().map(Denial::mend)
    }

    /// The statement that decided or came nearest to allowing; `None` when there is none such.
    #[must_use]
    pub fn decisive(&self) -> Option<&MatchedStatement> {
        let denial = self.denial()?;
        let nearest = denial.near_misses.first().map(|miss| &miss.statement);
        denial.denied_by.as_ref().or(nearest)
    }
}

impl Denial {
    fn mend(&self) -> String {
        let Self { caller, action, resource, .. } = self;
        if let Some(statement) = &self.denied_by {
            return format!("take {action} out of {}", statement.display());
        }
        if let Some((policy, _)) = &self.admits {
            return format!("add \"{}\" to the principals of {policy}", self.grantee());
        }
        if let Some(miss) = self.near_misses.first() {
            return self.mend_of(miss);
        }
        match self.side {
            Side::Resource => {
                format!("let the policy on {resource} allow {action} to {}", self.grantee())
            }
            side => format!("let an {} of {caller} allow {action} on {resource}", side.aws_name()),
        }
    }

    fn mend_of(&self, miss: &NearMiss) -> String {
        let statement = miss.statement.display();
        match &miss.missed {
            Missed::Principal => {
                format!("add \"{}\" to the principals of {statement}", self.grantee())
            }
            Missed::Action => format!("add \"{}\" to the actions of {statement}", self.action),
            Missed::Resource => {
                format!("add \"{}\" to the resources of {statement}", self.resource)
            }
            Missed::Condition { operator, key } => match miss.found.as_slice() {
                [] => format!("take the condition {operator} on {key} out of {statement}"),
                found => {
                    let found = found.join("\", \"");
                    format!(
                        "let the condition {operator} on {key} of {statement} admit \"{found}\""
                    )
                }
            },
        }
    }

    /// The caller as a policy on a resource would name it: an account by its id.
    fn grantee(&self) -> &str {
        match self.caller.strip_suffix(":root") {
            Some(root) => root.rsplit(':').next().unwrap_or(&self.caller),
            None => &self.caller,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{
        Context, NamedPolicy, Policies, PolicyDocument, PolicyKind, Principal, Request,
        ResourceService, evaluate,
    };

    const ARN: &str = "arn:aws:logs:us-west-2:111111111111:destination:kinesisDest";

    fn policy(name: &str, kind: PolicyKind, text: &str) -> NamedPolicy {
        let document = Arc::new(PolicyDocument::parse(text, kind).unwrap());
        NamedPolicy { name: name.to_owned(), document }
    }

    fn mend(caller: &str, action: &str, resource: &str, policies: &Policies) -> Option<String> {
        let principal = Principal::parse(caller).unwrap();
        let context = Context::new();
        let request = Request {
            principal: &principal,
            action,
            resource,
            resource_account: None,
            context: &context,
        };
        evaluate(&request, policies).mend()
    }

    #[test]
    fn names_the_smallest_change() {
        let destination = policy(
            "access policy of destination kinesisDest",
            PolicyKind::Resource(ResourceService::LogsDestination),
            &format!(
                r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"AWS":"222222222222"}},
                "Action":"logs:PutSubscriptionFilter","Resource":"{ARN}"}}]}}"#
            ),
        );
        let policies = Policies { resource: Some(destination), ..Policies::default() };
        let of = |account: &str| {
            mend(
                &format!("arn:aws:iam::{account}:root"),
                "logs:PutSubscriptionFilter",
                ARN,
                &policies,
            )
        };
        assert_eq!(of("222222222222"), None);
        assert_eq!(
            of("333333333333").unwrap(),
            "add \"333333333333\" to the principals of access policy of destination kinesisDest"
        );
        let role = policy(
            "inline policy p of role r",
            PolicyKind::Identity,
            r#"{"Statement":{"Effect":"Allow","Action":"kinesis:PutRecord","Resource":"arn:aws:kinesis:us-west-2:111111111111:stream/a"}}"#,
        );
        let policies = Policies { identity: vec![role], ..Policies::default() };
        let session = "arn:aws:sts::111111111111:assumed-role/r/s";
        let stream = |name: &str| format!("arn:aws:kinesis:us-west-2:111111111111:stream/{name}");
        assert_eq!(
            mend(session, "kinesis:PutRecord", &stream("b"), &policies).unwrap(),
            format!(
                "add \"{}\" to the resources of statement 1 (line 1) of inline policy p of role r",
                stream("b")
            )
        );
        assert_eq!(
            mend(session, "s3:PutObject", "arn:aws:s3:::b/k", &policies).unwrap(),
            format!(
                "let an identity-based policy of {session} allow s3:PutObject on arn:aws:s3:::b/k"
            )
        );
    }
}
