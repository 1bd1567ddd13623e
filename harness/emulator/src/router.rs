//! Which service a request is for, and who sends it.

use std::sync::Arc;

use http::HeaderValue;
use tributary_vocabulary::{Region, Timestamp};

use crate::kernel::{Caller, RequestFacts, ServiceError, WireRequest, WireResponse, World};
use crate::policy::Principal;
use crate::protocol::{aws_json, ec2_query, query, rest};
use crate::{cloudtrail, domain, ec2, events, firehose, guardduty, iam, kinesis, lambda, logs, s3};

/// The services that answer at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ServiceName {
    /// Kinesis Data Streams.
    Kinesis,
    /// CloudWatch Logs.
    Logs,
    /// Data Firehose.
    Firehose,
    /// CloudTrail.
    CloudTrail,
    /// IAM.
    Iam,
    /// STS.
    Sts,
    /// Lambda.
    Lambda,
    /// OpenSearch Service: the control plane of domains.
    Es,
    /// The data plane of one domain, at its own host.
    Domain,
    /// S3.
    S3,
    /// EC2, as far as flow logs need it.
    Ec2,
    /// EventBridge.
    Events,
    /// GuardDuty.
    GuardDuty,
}

/// The credential scope of a request: `AKID/DATE/REGION/SERVICE/aws4_request`.
struct Scope<'a> {
    key: &'a str,
    region: &'a str,
    service: &'a str,
}

impl World {
    /// Answers a request of the wire at the time `now`: the caller is resolved from its credential.
    ///
    /// A signature is not verified here; the door that faces a socket does so.
    pub fn handle(&mut self, now: Timestamp, request: &WireRequest) -> WireResponse {
        self.advance(now);
        let scope = credential(request);
        let Some(service) = service_of(self, request, scope.as_ref()) else {
            return rest::error_response(
                &ServiceError::client(
                    "UnknownOperationException",
                    "this request names no service: it has neither an X-Amz-Target, nor a signed \
                     credential scope, nor the host of a domain or bucket",
                )
                .status(404),
            );
        };
        let response = match caller_of(self, request, scope.as_ref()) {
            Ok(caller) => {
                if let Some(scope) = &scope {
                    iam::note_use(self, scope.key, scope.service, scope.region);
                }
                self.call(now, &caller, service, request)
            }
            Err(error) => self.render(service, &error),
        };
        self.with_request_id(response)
    }

    /// Answers a request of this caller to this service at the time `now`.
    pub fn call(
        &mut self,
        now: Timestamp,
        caller: &Caller,
        service: ServiceName,
        request: &WireRequest,
    ) -> WireResponse {
        self.advance(now);
        match service {
            ServiceName::Kinesis => {
                aws_json::dispatch("kinesis", kinesis::OPERATIONS, self, caller, request)
            }
            ServiceName::Logs => {
                aws_json::dispatch("logs", logs::OPERATIONS, self, caller, request)
            }
            ServiceName::Firehose => {
                aws_json::dispatch("firehose", firehose::OPERATIONS, self, caller, request)
            }
            ServiceName::CloudTrail => {
                aws_json::dispatch("cloudtrail", cloudtrail::OPERATIONS, self, caller, request)
            }
            ServiceName::Iam => {
                query::dispatch("iam", iam::NAMESPACE, iam::OPERATIONS, self, caller, request)
            }
            ServiceName::Sts => query::dispatch(
                "sts",
                iam::STS_NAMESPACE,
                iam::STS_OPERATIONS,
                self,
                caller,
                request,
            ),
            ServiceName::Lambda => {
                rest::dispatch("lambda", lambda::OPERATIONS, self, caller, request)
            }
            ServiceName::Es => rest::dispatch("es", domain::OPERATIONS, self, caller, request),
            ServiceName::Domain => domain::data_plane(self, caller, request),
            ServiceName::S3 => s3::handle(self, caller, request),
            ServiceName::Ec2 => {
                ec2_query::dispatch("ec2", ec2::NAMESPACE, ec2::OPERATIONS, self, caller, request)
            }
            ServiceName::Events => {
                aws_json::dispatch("events", events::OPERATIONS, self, caller, request)
            }
            ServiceName::GuardDuty => {
                rest::dispatch("guardduty", guardduty::OPERATIONS, self, caller, request)
            }
        }
    }

    /// The response of an error in the form of the service's protocol.
    fn render(&mut self, service: ServiceName, error: &ServiceError) -> WireResponse {
        match service {
            ServiceName::Kinesis
            | ServiceName::Logs
            | ServiceName::Firehose
            | ServiceName::CloudTrail
            | ServiceName::Events => aws_json::error_response(error),
            ServiceName::Iam | ServiceName::Sts => {
                let request_id = self.request_ids.uuid();
                let namespace = match service {
                    ServiceName::Sts => iam::STS_NAMESPACE,
                    _ => iam::NAMESPACE,
                };
                let mut error = error.clone();
                let code = match error.code.as_ref() {
                    "UnrecognizedClientException" => Some("InvalidClientTokenId"),
                    "ExpiredTokenException" => Some("ExpiredToken"),
                    _ => None,
                };
                if let Some(code) = code {
                    error.code = code.into();
                    error.status = 403;
                }
                query::error_response(namespace, &request_id, &error)
            }
            ServiceName::Lambda
            | ServiceName::Es
            | ServiceName::Domain
            | ServiceName::GuardDuty => rest::error_response(&error.clone().status(403)),
            ServiceName::S3 => s3::error_response(self, error),
            ServiceName::Ec2 => {
                let request_id = self.request_ids.uuid();
                ec2_query::error_response(&request_id, error)
            }
        }
    }

    fn with_request_id(&mut self, mut response: WireResponse) -> WireResponse {
        if !response.headers.contains_key("x-amzn-requestid")
            && let Ok(value) = HeaderValue::from_str(&self.request_ids.uuid())
        {
            response.headers.insert("x-amzn-requestid", value);
        }
        let date = self.now().format("%a, %d %b %Y %H:%M:%S GMT");
        if let Ok(value) = HeaderValue::from_str(&date) {
            response.headers.insert(http::header::DATE, value);
        }
        response
    }
}

/// The credential scope, from the Authorization header or a presigned query.
fn credential(request: &WireRequest) -> Option<Scope<'_>> {
    let text = match request.header("authorization") {
        Some(header) => header.split_once("Credential=")?.1,
        None => request.query.split('&').find_map(|pair| pair.strip_prefix("X-Amz-Credential="))?,
    };
    let end = text.find([',', ' ', '&']).unwrap_or(text.len());
    let mut parts = text[..end].split('/').flat_map(|part| part.split("%2F"));
    Some(Scope { key: parts.next()?, region: parts.nth(1)?, service: parts.next()? })
}

/// The service that a request is for (wire-protocols reference, service routing order).
fn service_of(
    world: &World,
    request: &WireRequest,
    scope: Option<&Scope<'_>>,
) -> Option<ServiceName> {
    if let Some(target) = request.header("x-amz-target") {
        let prefix = target.rsplit_once('.').map_or("", |(prefix, _)| prefix);
        match prefix {
            "Kinesis_20131202" => return Some(ServiceName::Kinesis),
            "Logs_20140328" => return Some(ServiceName::Logs),
            "Firehose_20150804" => return Some(ServiceName::Firehose),
            "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101" | "CloudTrail_20131101" => {
                return Some(ServiceName::CloudTrail);
            }
            "AWSEvents" => return Some(ServiceName::Events),
            _ => {}
        }
    }
    if domain::is_domain_host(world, &request.host) {
        return Some(ServiceName::Domain);
    }
    match scope.map(|scope| scope.service) {
        Some("kinesis") => Some(ServiceName::Kinesis),
        Some("logs") => Some(ServiceName::Logs),
        Some("firehose") => Some(ServiceName::Firehose),
        Some("cloudtrail") => Some(ServiceName::CloudTrail),
        Some("iam") => Some(ServiceName::Iam),
        Some("sts") => Some(ServiceName::Sts),
        Some("lambda") => Some(ServiceName::Lambda),
        Some("es") => Some(ServiceName::Es),
        Some("s3") => Some(ServiceName::S3),
        Some("ec2") => Some(ServiceName::Ec2),
        Some("events") => Some(ServiceName::Events),
        Some("guardduty") => Some(ServiceName::GuardDuty),
        Some(_) => None,
        None if request.host.contains("s3") => Some(ServiceName::S3),
        None => None,
    }
}

/// Who sends the request: a 12-digit key is that account's root, keys of STS and IAM are theirs.
fn caller_of(
    world: &World,
    request: &WireRequest,
    scope: Option<&Scope<'_>>,
) -> Result<Caller, ServiceError> {
    let nobody = tributary_vocabulary::AccountId::repeated(0);
    let facts = request_facts(world, request, scope);
    let (principal, region) = match scope {
        None => (Principal::Anonymous, Region::us_west_2()),
        Some(scope) => {
            let principal = match scope.key.parse() {
                Ok(account) => Principal::Root { account },
                Err(_) => {
                    let token = session_token(request);
                    iam::principal_of_key(world, scope.key, token.as_deref())?
                }
            };
            (principal, scope.region.parse().unwrap_or_else(|_| Region::us_west_2()))
        }
    };
    let account = principal.account().unwrap_or(nobody);
    Ok(Caller { principal, account, region, source_arn: None, request: Some(Arc::new(facts)) })
}

/// What the request tells of itself. Both doors are local, so the address is that of the machine
/// itself unless a proxy names another.
fn request_facts(world: &World, request: &WireRequest, scope: Option<&Scope<'_>>) -> RequestFacts {
    let forwarded = request.header("x-forwarded-for").and_then(|list| list.split(',').next());
    let source_ip = forwarded.map_or(world.settings.iam.source_ip.as_str(), str::trim);
    RequestFacts {
        access_key: scope.map_or_else(String::new, |scope| scope.key.to_owned()),
        source_ip: Some(source_ip.to_owned()),
        user_agent: request.header("user-agent").map(str::to_owned),
    }
}

/// The token of a session's key, from its header or a presigned query.
fn session_token(request: &WireRequest) -> Option<String> {
    let header = request.header("x-amz-security-token").map(str::to_owned);
    header.or_else(|| {
        let mut pairs = request.query_pairs().into_iter();
        pairs.find(|(name, _)| name == "X-Amz-Security-Token").map(|(_, value)| value)
    })
}

/// The operations that each service has, by AWS's names; the support page is made from it.
#[must_use]
pub fn support() -> Vec<(&'static str, Vec<&'static str>)> {
    let json = |table: &'static [aws_json::JsonOperation]| table.iter().map(|o| o.name).collect();
    let rest = |table: &'static [rest::RestOperation]| table.iter().map(|o| o.name).collect();
    let query = |table: &'static [query::QueryOperation]| table.iter().map(|o| o.name).collect();
    vec![
        ("kinesis", json(kinesis::OPERATIONS)),
        ("logs", json(logs::OPERATIONS)),
        ("firehose", json(firehose::OPERATIONS)),
        ("cloudtrail", json(cloudtrail::OPERATIONS)),
        ("iam", query(iam::OPERATIONS)),
        ("sts", query(iam::STS_OPERATIONS)),
        ("lambda", rest(lambda::OPERATIONS)),
        ("es", rest(domain::OPERATIONS)),
        ("s3", s3::OPERATIONS.iter().map(|o| o.name).collect()),
        ("ec2", query(ec2::OPERATIONS)),
        ("events", json(events::OPERATIONS)),
        ("guardduty", rest(guardduty::OPERATIONS)),
    ]
}
