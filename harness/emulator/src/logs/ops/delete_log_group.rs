//! DeleteLogGroup.

use serde::Deserialize;

use crate::kernel::{Access, Caller, ServiceError, World};
use crate::logs::error::invalid;
use crate::logs::names::group_key;

/// What DeleteLogGroup reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The name.
    pub log_group_name: Option<String>,
}

/// Removes a log group with its streams and filters. What is on its way from it is given up when
/// its time comes, for there is no filter any more that says where to.
///
/// # Errors
/// `InvalidParameterException` when it is protected (AWS's code for that is not known),
/// `ResourceNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let key = group_key(caller, input.log_group_name.as_ref())?;
    world.authorize(caller, Access::to("logs:DeleteLogGroup", &key.access_arn()))?;
    if world.log_group(&key)?.deletion_protection {
        return Err(invalid(format!(
            "The log group {} has deletion protection enabled and cannot be deleted.",
            key.name
        )));
    }
    world.logs.groups.remove(&key);
    world.trace("delete log group", &key.arn(), b"");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::tests::{member, stream_in, world};

    #[test]
    fn a_group_goes_with_all_in_it_unless_it_is_protected() {
        let (mut world, caller) = (world(), member(1));
        let key = stream_in(&mut world, &caller, "g", "s");
        let input = Input { log_group_name: Some("g".to_owned()) };
        world.log_group_mut(&key).expect("it is there").deletion_protection = true;
        let error = run(&mut world, &caller, input.clone()).expect_err("protected");
        assert_eq!(error.code, "InvalidParameterException");
        world.log_group_mut(&key).expect("it is there").deletion_protection = false;
        assert_eq!(run(&mut world, &caller, input.clone()), Ok(()));
        let error = run(&mut world, &caller, input).expect_err("gone");
        assert_eq!(error.message, "The specified log group does not exist.");
    }
}
