//! CreateDeliveryStream.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::tags::{self, Tag};
use crate::firehose::config::{
    self, Destination, DestinationMembers, KinesisSourceMembers, Plan, PlanContext, invalid,
};
use crate::firehose::stream::{DeliveryStream, PutWindow, Status, stream_arn};
use crate::firehose::{FirehoseStatistics, Timer, hop};
use crate::kernel::{Access, Caller, ServiceError, Timer as AnyTimer, Validation, World};

const TYPES: &[&str] = &["DirectPut", "KinesisStreamAsSource", "MSKAsSource", "DatabaseAsSource"];

/// What CreateDeliveryStream reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Input {
    /// 1 to 64 characters of `[a-zA-Z0-9_.-]`.
    pub delivery_stream_name: Option<String>,
    /// `DirectPut` (the default) or `KinesisStreamAsSource`; the others are not supported.
    pub delivery_stream_type: Option<String>,
    /// The source of `KinesisStreamAsSource`.
    pub kinesis_stream_source_configuration: Option<KinesisSourceMembers>,
    /// Not supported.
    #[serde(rename = "MSKSourceConfiguration")]
    pub msk_source_configuration: Option<Value>,
    /// Not supported.
    pub database_source_configuration: Option<Value>,
    /// Not supported.
    pub direct_put_source_configuration: Option<Value>,
    /// Not supported.
    pub delivery_stream_encryption_configuration_input: Option<Value>,
    /// The one destination.
    #[serde(flatten)]
    pub destination: DestinationMembers,
    /// At most 50.
    pub tags: Option<Vec<Tag>>,
}

/// What CreateDeliveryStream answers.
#[derive(Debug, Clone, Serialize)]
pub struct Output {
    /// The ARN of the delivery stream.
    #[serde(rename = "DeliveryStreamARN")]
    pub delivery_stream_arn: String,
}

/// Creates a delivery stream; it is CREATING, and ACTIVE a while later. Records that are put on its
/// source from now on are delivered.
///
/// That every role can be assumed by Firehose is checked here, as AWS does; whether their policies
/// suffice shows when data is delivered.
///
/// # Errors
/// Those of the reference, §2 and §2.4.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let (name, kind, mut destination) = checked(&input)?;
    let arn = stream_arn(caller, &name);
    world.authorize(caller, Access::to("firehose:CreateDeliveryStream", &arn))?;
    if world.firehose.by_arn.contains_key(&arn) {
        return Err(ServiceError::client(
            "ResourceInUseException",
            format!("Firehose {name} under accountId {} already exists", caller.account),
        ));
    }
    check_quota(world, caller)?;
    destination.complete()?;
    let source = input.kinesis_stream_source_configuration.filter(|_| kind != "DirectPut");
    let context = PlanContext {
        arn: Arc::from(arn.as_str()),
        name,
        version: 1,
        account: caller.account,
        region: caller.region.clone(),
        created: world.now(),
    };
    let plan = Plan::of(context, source.as_ref(), &destination)?;
    check_roles(world, caller, &plan, source.as_ref(), &destination)?;
    insert(world, plan, source, destination, tags::map(input.tags.unwrap_or_default()));
    world.trace("create", &arn, kind.as_bytes());
    Ok(Output { delivery_stream_arn: arn })
}

/// The name, the type and the destination, when their shapes are right and go together.
fn checked(input: &Input) -> Result<(String, String, Destination), ServiceError> {
    let mut validation = Validation::new();
    config::check_name(&mut validation, input.delivery_stream_name.as_ref());
    let kind = input.delivery_stream_type.clone().unwrap_or_else(|| "DirectPut".to_owned());
    validation.one_of("deliveryStreamType", &kind, TYPES);
    if let Some(source) = &input.kinesis_stream_source_configuration {
        source.validate(&mut validation);
    }
    tags::validate(&mut validation, input.tags.as_deref().unwrap_or_default());
    let destination = input.destination.clone().only();
    if let Ok(destination) = &destination {
        destination.validate(&mut validation, true);
    }
    validation.finish()?;
    tags::check(input.tags.as_deref().unwrap_or_default(), 0)?;
    let destination = destination?;
    let given = input.kinesis_stream_source_configuration.is_some();
    match (kind.as_str(), given) {
        ("DirectPut", false) | ("KinesisStreamAsSource", true) => {}
        ("KinesisStreamAsSource", false) => {
            return Err(invalid(
                "KinesisStreamSourceConfiguration must be specified when DeliveryStreamType is \
                 KinesisStreamAsSource",
            ));
        }
        (_, true) => {
            return Err(invalid(
                "KinesisStreamSourceConfig is only applicable for KinesisStreamAsSource stream \
                 type.",
            ));
        }
        (other, false) => {
            return Err(invalid(format!(
                "DeliveryStreamType {other} is not supported by this emulator; it has DirectPut and \
                 KinesisStreamAsSource"
            )));
        }
    }
    let unsupported = [
        ("MSKSourceConfiguration", &input.msk_source_configuration),
        ("DatabaseSourceConfiguration", &input.database_source_configuration),
        ("DirectPutSourceConfiguration", &input.direct_put_source_configuration),
        (
            "DeliveryStreamEncryptionConfigurationInput",
            &input.delivery_stream_encryption_configuration_input,
        ),
    ];
    if let Some((member, _)) = unsupported.iter().find(|(_, given)| given.is_some()) {
        return Err(invalid(format!("{member} is not supported by this emulator; leave it out")));
    }
    Ok((input.delivery_stream_name.clone().unwrap_or_default(), kind, destination))
}

fn check_quota(world: &World, caller: &Caller) -> Result<(), ServiceError> {
    let most = world.settings.firehose.streams_per_region;
    let mine = world.firehose.streams.values().filter(|stream| {
        stream.plan.account == caller.account && stream.plan.region == caller.region
    });
    if mine.count() < most {
        return Ok(());
    }
    Err(ServiceError::client(
        "LimitExceededException",
        format!(
            "You have already consumed your firehose quota of {most} hoses in {}",
            caller.region
        ),
    ))
}

/// The caller may hand over every role, and Firehose may take it on.
fn check_roles(
    world: &mut World,
    caller: &Caller,
    plan: &Plan,
    source: Option<&KinesisSourceMembers>,
    destination: &Destination,
) -> Result<(), ServiceError> {
    let mut roles: Vec<String> = destination.roles().into_iter().map(str::to_owned).collect();
    if let Some(role) = source.and_then(|source| source.role_arn.clone())
        && !roles.contains(&role)
    {
        roles.push(role);
    }
    check_each_role(world, caller, plan, &roles)
}

/// See [`check_roles`]; also what UpdateDestination asks of the roles that it brings.
pub(super) fn check_each_role(
    world: &mut World,
    caller: &Caller,
    plan: &Plan,
    roles: &[String],
) -> Result<(), ServiceError> {
    for role in roles {
        world.authorize_pass_role(caller, role, hop::SERVICE)?;
        if hop::assume(world, plan, role).is_err() {
            return Err(invalid(format!(
                "Firehose is unable to assume role {role}. Please check the role provided."
            )));
        }
    }
    Ok(())
}

fn insert(
    world: &mut World,
    plan: Plan,
    source: Option<KinesisSourceMembers>,
    destination: Destination,
    tags: BTreeMap<String, String>,
) {
    let id = world.firehose.next_stream;
    world.firehose.next_stream += 1;
    world.firehose.by_arn.insert(plan.arn.as_ref().to_owned(), id);
    let stream = DeliveryStream {
        id,
        plan: Arc::new(plan),
        status: Status::Creating,
        created: world.now(),
        updated: None,
        source,
        destination,
        tags,
        lanes: BTreeMap::new(),
        blocked: None,
        window: PutWindow::default(),
        puts: 0,
        statistics: FirehoseStatistics::default(),
    };
    world.firehose.streams.insert(id, stream);
    let at = world.now().plus_ms(world.settings.firehose.creating_ms);
    world.set_timer(at, AnyTimer::Firehose(Timer::Active { stream: id }));
}
