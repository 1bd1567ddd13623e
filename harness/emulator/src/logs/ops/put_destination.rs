//! PutDestination.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::kernel::{Access, ArnParts, Caller, ServiceError, Validation, World};
use crate::logs::delivery::{Source, Target, probe};
use crate::logs::error::{finish, invalid};
use crate::logs::names::check_plain;
use crate::logs::{Destination, DestinationKey};

/// What PutDestination reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The name: 1 to 512 characters, none of `:` and `*`.
    pub destination_name: Option<String>,
    /// A Kinesis stream or delivery stream of the caller's account, in any Region.
    pub target_arn: Option<String>,
    /// The role with which records are put there.
    pub role_arn: Option<String>,
    /// Tags; only when it is made.
    pub tags: Option<BTreeMap<String, String>>,
}

/// What PutDestination answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Output {
    /// The destination as it is now.
    pub destination: Described,
}

/// One destination.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Described {
    /// Its name.
    pub destination_name: String,
    /// The stream behind it.
    pub target_arn: String,
    /// The role with which records are put there.
    pub role_arn: String,
    /// Its policy, when it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_policy: Option<String>,
    /// Its ARN.
    pub arn: String,
    /// When it was first made, in milliseconds.
    pub creation_time: i64,
}

/// The wire form of a destination.
pub(crate) fn describe(key: &DestinationKey, destination: &Destination) -> Described {
    Described {
        destination_name: key.name.to_string(),
        target_arn: destination.target_arn.clone(),
        role_arn: destination.role_arn.clone(),
        access_policy: destination.policy_text.clone(),
        arn: key.arn(),
        creation_time: destination.creation_time.ms(),
    }
}

/// Makes or changes a destination, after a control message has reached its stream.
///
/// # Errors
/// `InvalidParameterException` when the target is none or does not take the control message,
/// `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut check = Validation::new();
    check_plain(&mut check, "destinationName", input.destination_name.as_ref());
    check.required("targetArn", input.target_arn.as_ref());
    check.required("roleArn", input.role_arn.as_ref());
    finish(check)?;
    let name = input.destination_name.unwrap_or_default();
    let target_arn = input.target_arn.unwrap_or_default();
    let role_arn = input.role_arn.unwrap_or_default();
    let target = target(caller, &target_arn)?;
    let key = DestinationKey::new(caller.account, &caller.region, &name);
    let arn = key.arn();
    world.authorize(caller, Access::to("logs:PutDestination", &arn))?;
    world.authorize_pass_role(caller, &role_arn, "logs.amazonaws.com")?;
    // Which source AWS names when it takes on the role for a destination is not known; the
    // destination's own ARN fits the pattern that AWS's guide tells to trust.
    let source = Source { account: caller.account, region: &caller.region, arn: &arn };
    probe(world, target, &target_arn, &role_arn, &source)?;
    let now = world.now;
    let destination = match world.logs.destinations.remove(&key) {
        Some(old) => Destination { target_arn, role_arn, ..old },
        None => Destination {
            target_arn,
            role_arn,
            policy: None,
            policy_text: None,
            creation_time: now,
            tags: input.tags.unwrap_or_default(),
        },
    };
    let output = Output { destination: describe(&key, &destination) };
    world.trace("put destination", &arn, destination.target_arn.as_bytes());
    world.logs.destinations.insert(key, destination);
    Ok(output)
}

/// The kind of the target, which has to lie in the caller's account.
fn target(caller: &Caller, target_arn: &str) -> Result<Target, ServiceError> {
    let refused = |why: &str| invalid(format!("Invalid destination target '{target_arn}': {why}"));
    let target = Target::of(target_arn).ok_or_else(|| {
        refused("it has to be the ARN of a Kinesis stream or of a Firehose delivery stream")
    })?;
    let owner = ArnParts::split(target_arn).and_then(|parts| parts.account_id());
    if owner != Some(caller.account) {
        return Err(refused("it has to lie in the account of the destination"));
    }
    Ok(target)
}
