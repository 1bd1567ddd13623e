//! The catalogue, compiled for one Region: every call as the pieces that a record is put together
//! from.

use std::collections::BTreeMap;

use super::agent::command;
use super::catalog::{self, Api, Fail, Kind, is_global, version};
use super::template::{Template, UnknownPlace};

/// Number of a call in [`Calls`].
pub(super) type CallId = u16;

/// A call, ready to write.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) service: &'static str,
    pub(super) kind: Kind,
    pub(super) read_only: bool,
    /// `{"eventVersion":"1.11","userIdentity":`
    pub(super) open: Vec<u8>,
    /// `Z","eventSource":…` to `"sourceIPAddress":"`.
    pub(super) named: Vec<u8>,
    /// `ec2.describe-instances`
    pub(super) command: Vec<u8>,
    /// `ec2#1.32.5`
    pub(super) sdk: Vec<u8>,
    pub(super) request: Template,
    pub(super) response: Template,
    pub(super) additional: Template,
    pub(super) resources: Template,
    pub(super) details: Template,
    /// The name that a client connects to.
    pub(super) host: Template,
    pub(super) fails: Vec<Failure>,
    /// How it fails when the caller may not, and when it calls too often.
    pub(super) general: [Failure; 2],
}

/// A way to fail, ready to write.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) permille: u32,
    /// Empty for a sign-in, which has a message only.
    pub(super) code: &'static str,
    pub(super) message: Template,
}

/// All calls, by number and by name.
#[derive(Debug)]
pub(super) struct Calls {
    pub(super) all: Vec<Call>,
    names: BTreeMap<String, CallId>,
    /// Where the long tail begins.
    pub(super) tail: CallId,
}

impl Calls {
    pub(super) fn new(region: &str) -> Result<Self, UnknownPlace> {
        let mut calls = Self { all: Vec::new(), names: BTreeMap::new(), tail: 0 };
        for api in catalog::described() {
            calls.push(api, region)?;
        }
        calls.tail = calls.all.len() as CallId;
        for (service, name, request) in catalog::tail() {
            calls.push(&catalog::rare(service, name, request), region)?;
        }
        Ok(calls)
    }

    fn push(&mut self, api: &Api, region: &str) -> Result<(), UnknownPlace> {
        let id = self.all.len() as CallId;
        let name = match api.alias {
            "" => format!("{}:{}", api.service, api.name),
            alias => alias.to_owned(),
        };
        self.names.insert(name, id);
        self.all.push(Call::new(api, region)?);
        Ok(())
    }

    /// The call of this name, `ec2:DescribeInstances`.
    pub(super) fn named(&self, name: &str) -> Option<CallId> {
        self.names.get(name).copied()
    }

    /// Calls of the long tail, from one service or from all.
    pub(super) fn tail_of(&self, service: &str) -> Vec<CallId> {
        (self.tail..self.all.len() as CallId)
            .filter(|id| service.is_empty() || self.all[usize::from(*id)].service == service)
            .collect()
    }
}

impl Call {
    fn new(api: &Api, region: &str) -> Result<Self, UnknownPlace> {
        let service = api.service;
        let place = if is_global(service) { "us-east-1" } else { region };
        let failure = |fail: &Fail| {
            let action = format!("{service}:{}", api.name);
            Ok(Failure {
                permille: fail.permille,
                code: fail.code,
                message: Template::new(&fail.message.replace("${api}", &action))?,
            })
        };
        let general = catalog::general_failures(service);
        let optional = |text: &str| {
            if text.is_empty() { Ok(Template::default()) } else { Template::new(text) }
        };
        Ok(Self {
            service,
            kind: api.kind,
            read_only: api.read_only,
            open: format!(r#"{{"eventVersion":"{}","userIdentity":"#, version(service)).into(),
            named: format!(
                r#"","eventSource":"{service}.amazonaws.com","eventName":"{}","awsRegion":"{place}","sourceIPAddress":""#,
                api.name
            )
            .into(),
            command: format!("{service}.{}", command(api.name)).into(),
            sdk: format!("{service}#1.{}.{}", 20 + service.len(), api.name.len() % 9).into(),
            request: Template::new(api.request)?,
            response: Template::new(api.response)?,
            additional: optional(api.additional)?,
            resources: optional(api.resources)?,
            details: optional(api.details)?,
            host: Template::new(&host(api, region))?,
            fails: api.fails.iter().map(failure).collect::<Result<_, _>>()?,
            general: [failure(&general[0])?, failure(&general[1])?],
        })
    }
}

fn host(api: &Api, region: &str) -> String {
    match api.service {
        "s3" if api.request.contains(r#""Host":"$bucket.s3"#) => {
            format!("$bucket.s3.{region}.amazonaws.com")
        }
        "iam" | "organizations" | "route53" | "cloudfront" => {
            format!("{}.amazonaws.com", api.service)
        }
        "ce" | "health" | "support" => format!("{}.us-east-1.amazonaws.com", api.service),
        "ecr" => format!("api.ecr.{region}.amazonaws.com"),
        "signin" => format!("{region}.signin.aws.amazon.com"),
        service => format!("{service}.{region}.amazonaws.com"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_catalogue_compiles_and_names_are_unique() {
        let calls = Calls::new("us-west-2").unwrap();
        assert_eq!(calls.names.len(), calls.all.len());
        assert!(calls.all.len() - usize::from(calls.tail) >= 300, "{}", calls.all.len());
        assert!(calls.named("ec2:DescribeInstances").is_some());
        assert!(calls.tail_of("iam").len() > 20);
    }
}
