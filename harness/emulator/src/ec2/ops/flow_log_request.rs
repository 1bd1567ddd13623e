//! What CreateFlowLogs reads (vpc-flow-logs reference, §4).

use crate::ec2::error::{invalid_parameter, missing, not_in_enum};
use crate::ec2::flow_log::{Destination, TrafficType};
use crate::ec2::format::{DEFAULT, LogFormat};
use crate::ec2::request::{flag, given, number, required};
use crate::ec2::tags::{self, Tags};
use crate::kernel::{ArnParts, Caller, ServiceError};
use crate::logs::GroupKey;
use crate::protocol::ec2_query::{list, structures};
use crate::protocol::query::Parameters;

/// The most resources of one request.
const RESOURCES_MAX: usize = 300;
/// The same for transit gateways and what hangs on them.
const GATEWAYS_MAX: usize = 25;

/// What a flow log is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ResourceType {
    Vpc,
    Subnet,
    NetworkInterface,
    TransitGateway,
    TransitGatewayAttachment,
    RegionalNatGateway,
    CoreNetwork,
    CoreNetworkEdge,
    CoreNetworkAttachment,
}

impl ResourceType {
    const ALL: [(&'static str, Self); 9] = [
        ("VPC", Self::Vpc),
        ("Subnet", Self::Subnet),
        ("NetworkInterface", Self::NetworkInterface),
        ("TransitGateway", Self::TransitGateway),
        ("TransitGatewayAttachment", Self::TransitGatewayAttachment),
        ("RegionalNatGateway", Self::RegionalNatGateway),
        ("CoreNetwork", Self::CoreNetwork),
        ("CoreNetworkEdge", Self::CoreNetworkEdge),
        ("CoreNetworkAttachment", Self::CoreNetworkAttachment),
    ];

    /// As ARNs name it.
    pub(super) fn arn_name(self) -> &'static str {
        match self {
            Self::Vpc => "vpc",
            Self::Subnet => "subnet",
            Self::NetworkInterface => "network-interface",
            Self::TransitGateway => "transit-gateway",
            Self::TransitGatewayAttachment => "transit-gateway-attachment",
            Self::RegionalNatGateway => "natgateway",
            Self::CoreNetwork => "core-network",
            Self::CoreNetworkEdge => "core-network-edge",
            Self::CoreNetworkAttachment => "core-network-attachment",
        }
    }

    /// Whether its flow logs have no traffic type.
    fn is_gateway(self) -> bool {
        !matches!(
            self,
            Self::Vpc | Self::Subnet | Self::NetworkInterface | Self::RegionalNatGateway
        )
    }
}

/// A request whose shape is right.
#[derive(Debug)]
pub(super) struct Wanted<'a> {
    pub(super) resource_ids: Vec<&'a str>,
    pub(super) resource_type: ResourceType,
    pub(super) traffic: TrafficType,
    pub(super) destination: Destination,
    pub(super) format: LogFormat,
    pub(super) interval_s: i64,
    pub(super) tags: Tags,
}

impl<'a> Wanted<'a> {
    /// Reads a request.
    ///
    /// # Errors
    /// `MissingParameter`, `InvalidParameter`, `InvalidParameterValue`.
    pub(super) fn read(caller: &Caller, parameters: &'a Parameters) -> Result<Self, ServiceError> {
        let resource_ids = list(parameters, "ResourceId");
        if resource_ids.is_empty() {
            return Err(missing("ResourceIds"));
        }
        let name = required(parameters, "ResourceType")?;
        let found = ResourceType::ALL.iter().find(|(known, _)| *known == name);
        let names = ResourceType::ALL.map(|(name, _)| name);
        let (_, resource_type) = *found.ok_or_else(|| not_in_enum("resourceType", name, &names))?;
        let most = if resource_type.is_gateway() { GATEWAYS_MAX } else { RESOURCES_MAX };
        if resource_ids.len() > most {
            return Err(invalid_parameter(format!(
                "The request has {} resource IDs; the most for {name} is {most}",
                resource_ids.len()
            )));
        }
        if !structures(parameters, "TagFieldSpecification").is_empty() {
            return Err(invalid_parameter(
                "TagFieldSpecification is not supported by this emulator: fields of tags are \
                 always '-'; leave it out of the request",
            ));
        }
        Ok(Self {
            resource_ids,
            resource_type,
            traffic: traffic(resource_type, parameters)?,
            destination: destination(caller, parameters)?,
            format: LogFormat::parse(given(parameters, "LogFormat").unwrap_or(DEFAULT))?,
            interval_s: interval(resource_type, parameters)?,
            tags: tags::specified(parameters, "vpc-flow-log")?,
        })
    }
}

fn traffic(kind: ResourceType, parameters: &Parameters) -> Result<TrafficType, ServiceError> {
    match given(parameters, "TrafficType") {
        Some(_) if kind.is_gateway() => Err(invalid_parameter(format!(
            "TrafficType is not applicable for {} flow logs",
            kind.arn_name()
        ))),
        None if kind.is_gateway() => Ok(TrafficType::All),
        None => Err(missing("TrafficType")),
        Some(name) => TrafficType::named(name)
            .ok_or_else(|| not_in_enum("trafficType", name, &TrafficType::NAMES)),
    }
}

fn interval(kind: ResourceType, parameters: &Parameters) -> Result<i64, ServiceError> {
    match number(parameters, "MaxAggregationInterval")? {
        None if kind.is_gateway() => Ok(60),
        None => Ok(600),
        Some(600) if kind.is_gateway() => {
            Err(invalid_parameter("MaxAggregationInterval has to be 60 for this resource type"))
        }
        Some(seconds @ (60 | 600)) => Ok(seconds),
        Some(_) => Err(invalid_parameter("Invalid Flow Log Max Aggregation Interval")),
    }
}

fn destination(caller: &Caller, parameters: &Parameters) -> Result<Destination, ServiceError> {
    const TYPES: [&str; 3] = ["cloud-watch-logs", "s3", "kinesis-data-firehose"];
    let kind = given(parameters, "LogDestinationType").unwrap_or("cloud-watch-logs");
    let options = parameters.pairs().any(|(name, _)| name.starts_with("DestinationOptions."));
    if kind != "s3" && options {
        return Err(not_applicable("DestinationOptions", kind));
    }
    if kind != "cloud-watch-logs" && given(parameters, "LogGroupName").is_some() {
        return Err(not_applicable("LogGroupName", kind));
    }
    match kind {
        "cloud-watch-logs" => log_group(caller, parameters),
        "s3" => bucket(parameters),
        "kinesis-data-firehose" => Err(invalid_parameter(
            "LogDestinationType kinesis-data-firehose is not supported by this emulator: deliver \
             to a log group and subscribe the delivery stream to it",
        )),
        other => Err(not_in_enum("logDestinationType", other, &TYPES)),
    }
}

fn not_applicable(member: &str, kind: &str) -> ServiceError {
    invalid_parameter(format!("{member} is not applicable for {kind} delivery"))
}

fn log_group(caller: &Caller, parameters: &Parameters) -> Result<Destination, ServiceError> {
    let role = given(parameters, "DeliverLogsPermissionArn").map(str::to_owned);
    let cross_account_role = given(parameters, "DeliverCrossAccountRole").map(str::to_owned);
    let name = given(parameters, "LogGroupName");
    let arn = given(parameters, "LogDestination");
    let (account, group) = match (name, arn) {
        (Some(_), Some(_)) => {
            return Err(invalid_parameter(
                "Please only provide LogGroupName or only provide LogDestination.",
            ));
        }
        (None, None) => {
            return Err(invalid_parameter(
                "LogDestination can't be empty if LogGroupName is not provided.",
            ));
        }
        (Some(name), None) => (caller.account, name.to_owned()),
        (None, Some(arn)) => {
            let key = GroupKey::from_arn(arn).filter(|key| key.region == caller.region);
            let key = key.ok_or_else(|| {
                invalid_parameter(format!(
                    "LogDestination {arn} is not the ARN of a log group in {}",
                    caller.region
                ))
            })?;
            (key.account, key.name.as_ref().to_owned())
        }
    };
    let legal = |c: char| c.is_ascii_alphanumeric() || "._-/#".contains(c);
    if group.chars().count() > 512 || !group.chars().all(legal) {
        return Err(invalid_parameter(format!("LogGroupName {group} is invalid")));
    }
    let crosses = account != caller.account;
    if (role.is_none() && cross_account_role.is_some()) || (crosses && cross_account_role.is_none())
    {
        return Err(invalid_parameter(
            "When providing a role for cross-account delivery, both the DeliverLogsPermissionArn \
             and DeliverCrossAccountRole fields must be set.",
        ));
    }
    let role = role.ok_or_else(|| {
        invalid_parameter(
            "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.",
        )
    })?;
    for role in [Some(&role), cross_account_role.as_ref()].into_iter().flatten() {
        let parts = ArnParts::split(role).filter(|parts| parts.service == "iam");
        if !parts.is_some_and(|parts| parts.resource.starts_with("role/")) {
            return Err(invalid_parameter(format!("Invalid IAM role ARN: '{role}'")));
        }
    }
    Ok(Destination::Logs { account, group, arn: arn.map(str::to_owned), role, cross_account_role })
}

fn bucket(parameters: &Parameters) -> Result<Destination, ServiceError> {
    for member in ["DeliverLogsPermissionArn", "DeliverCrossAccountRole"] {
        if given(parameters, member).is_some() {
            return Err(not_applicable(member, "s3"));
        }
    }
    let arn = given(parameters, "LogDestination").ok_or_else(|| {
        invalid_parameter("LogDestination can't be empty if LogDestinationType is s3.")
    })?;
    let wrong = || invalid_parameter(format!("LogDestination {arn} is not the ARN of a bucket"));
    let place = arn.strip_prefix("arn:aws:s3:::").ok_or_else(wrong)?;
    let (bucket, folder) = place.split_once('/').unwrap_or((place, ""));
    if bucket.is_empty() {
        return Err(wrong());
    }
    let folder = folder.trim_end_matches('/');
    if folder.split('/').any(|part| part == "AWSLogs") {
        return Err(invalid_parameter(
            "LogDestination cannot have AWSLogs as a folder: this is a reserved term",
        ));
    }
    let format = given(parameters, "DestinationOptions.FileFormat").unwrap_or("plain-text");
    match format {
        "plain-text" => {}
        "parquet" => {
            return Err(invalid_parameter(
                "FileFormat parquet is not supported by this emulator: use plain-text",
            ));
        }
        other => return Err(not_in_enum("fileFormat", other, &["plain-text", "parquet"])),
    }
    Ok(Destination::Bucket {
        bucket: bucket.to_owned(),
        prefix: if folder.is_empty() { String::new() } else { format!("{folder}/") },
        arn: arn.to_owned(),
        hive: flag(parameters, "DestinationOptions.HiveCompatiblePartitions")?,
        per_hour: flag(parameters, "DestinationOptions.PerHourPartition")?,
    })
}
