//! The calls that records tell of: their parameters, answers, resources and ways to fail.
//!
//! Forms follow captured records (CloudTrail reference, 1 and 3); names in `$` are filled by
//! [`super::template`].

mod compute;
mod data;
mod events;
mod identity;
mod network;
mod storage;
mod tail;

/// One API call as a table has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Api {
    /// The service as its event source begins: `ec2`, `monitoring`.
    pub(super) service: &'static str,
    pub(super) name: &'static str,
    /// How it is called here, when its service and name are not enough.
    pub(super) alias: &'static str,
    pub(super) read_only: bool,
    pub(super) request: &'static str,
    pub(super) response: &'static str,
    pub(super) additional: &'static str,
    pub(super) resources: &'static str,
    pub(super) details: &'static str,
    pub(super) kind: Kind,
    pub(super) fails: &'static [Fail],
}

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A management call.
    Call,
    /// A call on data: objects, functions.
    Data,
    /// A call through a VPC endpoint that its policy refused.
    Network,
    /// What a service did by itself.
    Service,
    /// A sign-in to the console.
    SignIn,
    /// Something that happens in the console alone.
    Console,
}

/// A way to fail.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fail {
    /// Of 1,000 calls.
    pub(super) permille: u32,
    pub(super) code: &'static str,
    pub(super) message: &'static str,
}

const fn fail(permille: u32, code: &'static str, message: &'static str) -> Fail {
    Fail { permille, code, message }
}

const fn api(service: &'static str, name: &'static str, read_only: bool) -> Api {
    Api {
        service,
        name,
        alias: "",
        read_only,
        request: "null",
        response: "null",
        additional: "",
        resources: "",
        details: "",
        kind: Kind::Call,
        fails: &[],
    }
}

/// A call that reads.
const fn read(service: &'static str, name: &'static str, request: &'static str) -> Api {
    api(service, name, true).asking(request)
}

/// A call that writes.
const fn write(
    service: &'static str,
    name: &'static str,
    request: &'static str,
    response: &'static str,
) -> Api {
    api(service, name, false).asking(request).giving(response)
}

impl Api {
    const fn asking(mut self, request: &'static str) -> Self {
        self.request = request;
        self
    }

    const fn giving(mut self, response: &'static str) -> Self {
        self.response = response;
        self
    }

    const fn with(mut self, additional: &'static str) -> Self {
        self.additional = additional;
        self
    }

    const fn on(mut self, resources: &'static str) -> Self {
        self.resources = resources;
        self
    }

    const fn failing(mut self, fails: &'static [Fail]) -> Self {
        self.fails = fails;
        self
    }

    const fn being(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    const fn aka(mut self, alias: &'static str) -> Self {
        self.alias = alias;
        self
    }

    const fn telling(mut self, details: &'static str) -> Self {
        self.details = details;
        self
    }
}

/// All calls that are described one by one.
pub(super) fn described() -> impl Iterator<Item = &'static Api> {
    [compute::APIS, data::APIS, events::APIS, identity::APIS, network::APIS, storage::APIS]
        .into_iter()
        .flatten()
}

/// The long tail: reads of 300 names, each rare.
pub(super) fn tail() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    tail::NAMES.iter().flat_map(|(service, names)| {
        names.split_whitespace().map(move |name| (*service, name, tail::request(service, name)))
    })
}

/// A read of the long tail.
pub(super) const fn rare(service: &'static str, name: &'static str, request: &'static str) -> Api {
    read(service, name, request)
}

/// How any call of a service fails when the caller may not make it, and when it makes it too
/// often. `${api}` becomes the action.
pub(super) fn general_failures(service: &str) -> [Fail; 2] {
    let denied = "User: $callerarn is not authorized to perform: ${api} because no identity-based \
                  policy allows the ${api} action";
    let (code, message) = match service {
        "ec2" => (
            "Client.UnauthorizedOperation",
            "You are not authorized to perform this operation. User: $callerarn is not authorized \
             to perform: ${api} because no identity-based policy allows the ${api} action. \
             Encoded authorization failure message: $code320",
        ),
        "s3" => (
            "AccessDenied",
            "User: $callerarn is not authorized to perform: ${api} on resource: \
             \\\"arn:aws:s3:::$bucket\\\" because no identity-based policy allows the ${api} action",
        ),
        "kms" | "secretsmanager" | "ssm" | "logs" | "dynamodb" | "ecs" | "ecr" | "eks" => {
            ("AccessDeniedException", denied)
        }
        "signin" => ("", "Failed authentication"),
        _ => ("AccessDenied", denied),
    };
    let (often, said) = match service {
        "ec2" => ("Client.RequestLimitExceeded", "Request limit exceeded."),
        "s3" => ("SlowDown", "Please reduce your request rate."),
        "iam" | "autoscaling" | "elasticloadbalancing" | "rds" => ("Throttling", "Rate exceeded"),
        "signin" => ("", "Failed authentication"),
        _ => ("ThrottlingException", "Rate exceeded"),
    };
    [fail(0, code, message), fail(0, often, said)]
}

/// Services whose records are of one place, whatever the Region (reference, 1).
pub(super) const fn is_global(service: &str) -> bool {
    matches!(
        service.as_bytes(),
        b"iam"
            | b"signin"
            | b"route53"
            | b"organizations"
            | b"cloudfront"
            | b"health"
            | b"support"
            | b"trustedadvisor"
            | b"sso-directory"
    )
}

/// The version that a service's records carry; live traffic mixes them (reference, 1).
pub(super) const fn version(service: &str) -> &'static str {
    match service.as_bytes() {
        b"sts" | b"signin" | b"health" | b"sso" | b"trustedadvisor" => "1.08",
        b"ec2" | b"autoscaling" | b"monitoring" | b"config" | b"elasticfilesystem" => "1.10",
        b"rds" | b"ecr" | b"elasticloadbalancing" | b"route53" | b"cloudfront" => "1.09",
        _ => "1.11",
    }
}
