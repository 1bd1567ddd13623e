//! PutRetentionPolicy.

use serde::Deserialize;

use crate::kernel::{Access, Caller, ServiceError, World};
use crate::logs::error::invalid;
use crate::logs::names::group_key;

/// The numbers of days that AWS offers.
const DAYS: [i64; 22] = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
];

/// What PutRetentionPolicy reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The log group.
    pub log_group_name: Option<String>,
    /// How many days events are kept.
    pub retention_in_days: Option<i64>,
}

/// Sets how long a log group keeps its events.
///
/// # Errors
/// `InvalidParameterException`, `ResourceNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let key = group_key(caller, input.log_group_name.as_ref())?;
    let Some(days) = input.retention_in_days.filter(|days| DAYS.contains(days)) else {
        let days = DAYS.map(|days| days.to_string()).join(", ");
        return Err(invalid(format!(
            "1 validation error detected: Value at 'retentionInDays' failed to satisfy \
             constraint: Member must satisfy enum value set: [{days}]"
        )));
    };
    world.authorize(caller, Access::to("logs:PutRetentionPolicy", &key.access_arn()))?;
    world.log_group_mut(&key)?.retention_days = Some(days);
    world.trace("put retention policy", &key.arn(), &days.to_le_bytes());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::tests::{member, stream_in, world};

    #[test]
    fn takes_the_days_that_aws_offers() {
        let (mut world, caller) = (world(), member(1));
        let key = stream_in(&mut world, &caller, "g", "s");
        let input = |days: Option<i64>| Input {
            log_group_name: Some("g".to_owned()),
            retention_in_days: days,
        };
        for days in [None, Some(0), Some(2), Some(4000)] {
            let error = run(&mut world, &caller, input(days)).expect_err("refused");
            assert_eq!(error.code, "InvalidParameterException");
        }
        assert_eq!(run(&mut world, &caller, input(Some(14))), Ok(()));
        assert_eq!(world.log_group(&key).map(|group| group.retention_days), Ok(Some(14)));
    }
}
