//! DeleteRetentionPolicy.

use serde::Deserialize;

use crate::kernel::{Access, Caller, ServiceError, World};
use crate::logs::names::group_key;

/// What DeleteRetentionPolicy reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The log group.
    pub log_group_name: Option<String>,
}

/// Lets a log group keep its events for ever.
///
/// # Errors
/// `InvalidParameterException`, `ResourceNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let key = group_key(caller, input.log_group_name.as_ref())?;
    world.authorize(caller, Access::to("logs:DeleteRetentionPolicy", &key.access_arn()))?;
    world.log_group_mut(&key)?.retention_days = None;
    world.trace("delete retention policy", &key.arn(), b"");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::tests::{member, stream_in, world};

    #[test]
    fn a_group_keeps_for_ever_again() {
        let (mut world, caller) = (world(), member(1));
        let key = stream_in(&mut world, &caller, "g", "s");
        world.log_group_mut(&key).expect("it is there").retention_days = Some(1);
        let input = Input { log_group_name: Some("g".to_owned()) };
        assert_eq!(run(&mut world, &caller, input), Ok(()));
        assert_eq!(world.log_group(&key).map(|group| group.retention_days), Ok(None));
    }
}
