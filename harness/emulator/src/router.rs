//! Which service a request is for, and who sends it.

use http::HeaderValue;
use tributary_vocabulary::{Region, Timestamp};

use crate::kernel::{Caller, ServiceError, WireRequest, WireResponse, World};
use crate::policy::Principal;
use crate::protocol::{aws_json, query, rest};
use crate::{domain, firehose, iam, kinesis, lambda, logs, s3};

/// The services that answer at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ServiceName {
    /// Kinesis Data Streams.
    Kinesis,
    /// CloudWatch Logs.
    Logs,
    /// Data Firehose.
    Firehose,
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
        let response = match caller_of(self, scope.as_ref()) {
            Ok(caller) => self.call(now, &caller, service, request),
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
        }
    }

    /// The response of an error in the form of the service's protocol.
    fn render(&mut self, service: ServiceName, error: &ServiceError) -> WireResponse {
        match service {
            ServiceName::Kinesis | ServiceName::Logs | ServiceName::Firehose => {
                aws_json::error_response(error)
            }
            ServiceName::Iam | ServiceName::Sts => {
                let request_id = self.request_ids.uuid();
                let namespace = match service {
                    ServiceName::Sts => iam::STS_NAMESPACE,
                    _ => iam::NAMESPACE,
                };
                let mut error = error.clone();
                if error.code == "UnrecognizedClientException" {
                    error.code = "InvalidClientTokenId".into();
                    error.status = 403;
                }
                query::error_response(namespace, &request_id, &error)
            }
            ServiceName::Lambda | ServiceName::Es | ServiceName::Domain => {
                rest::error_response(&error.clone().status(403))
            }
            ServiceName::S3 => s3::error_response(self, error),
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
        Some("iam") => Some(ServiceName::Iam),
        Some("sts") => Some(ServiceName::Sts),
        Some("lambda") => Some(ServiceName::Lambda),
        Some("es") => Some(ServiceName::Es),
        Some("s3") => Some(ServiceName::S3),
        Some(_) => None,
        None if request.host.contains("s3") => Some(ServiceName::S3),
        None => None,
    }
}

/// Who sends the request: a 12-digit key is that account's root, keys of STS and IAM are theirs.
fn caller_of(world: &World, scope: Option<&Scope<'_>>) -> Result<Caller, ServiceError> {
    let Some(scope) = scope else {
        return Ok(Caller {
            principal: Principal::Anonymous,
            account: tributary_vocabulary::AccountId::repeated(0),
            region: Region::us_west_2(),
            source_arn: None,
        });
    };
    let region = scope.region.parse().unwrap_or_else(|_| Region::us_west_2());
    if let Ok(account) = scope.key.parse() {
        return Ok(Caller::root(account, region));
    }
    match iam::principal_of_key(world, scope.key) {
        Some(principal) => {
            let account =
                principal.account().unwrap_or(tributary_vocabulary::AccountId::repeated(0));
            Ok(Caller { principal, account, region, source_arn: None })
        }
        None => Err(ServiceError::client(
            "UnrecognizedClientException",
            format!(
                "The security token included in the request is invalid. (The access key id '{}' \
                 belongs to nobody here: use a 12-digit account id, which is that account's root, \
                 or a key made by iam:CreateAccessKey or sts:AssumeRole.)",
                scope.key
            ),
        )),
    }
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
        ("iam", query(iam::OPERATIONS)),
        ("sts", query(iam::STS_OPERATIONS)),
        ("lambda", rest(lambda::OPERATIONS)),
        ("es", rest(domain::OPERATIONS)),
        ("s3", s3::OPERATIONS.iter().map(|o| o.name).collect()),
    ]
}
