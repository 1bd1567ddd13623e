//! DeleteLogStream.

use serde::Deserialize;

use crate::kernel::{Access, Caller, ServiceError, Validation, World};
use crate::logs::error::not_found;
use crate::logs::names::{check_group, check_plain, group_key_checked};

/// What DeleteLogStream reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The log group.
    pub log_group_name: Option<String>,
    /// The stream.
    pub log_stream_name: Option<String>,
}

/// Removes a log stream with its events; what is on its way from it still arrives.
///
/// # Errors
/// `InvalidParameterException`, `ResourceNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let mut check = Validation::new();
    check_group(&mut check, "logGroupName", input.log_group_name.as_ref());
    check_plain(&mut check, "logStreamName", input.log_stream_name.as_ref());
    let key = group_key_checked(caller, input.log_group_name.as_ref(), check)?;
    let name = input.log_stream_name.unwrap_or_default();
    let arn = key.stream_arn(&name);
    world.authorize(caller, Access::to("logs:DeleteLogStream", &arn))?;
    let group = world.log_group_mut(&key)?;
    group.streams.remove(name.as_str()).ok_or_else(|| not_found("log stream"))?;
    world.trace("delete log stream", &arn, b"");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::tests::{member, stream_in, world};

    #[test]
    fn a_stream_goes_once() {
        let (mut world, caller) = (world(), member(1));
        stream_in(&mut world, &caller, "g", "s");
        let input =
            Input { log_group_name: Some("g".to_owned()), log_stream_name: Some("s".to_owned()) };
        assert_eq!(run(&mut world, &caller, input.clone()), Ok(()));
        let error = run(&mut world, &caller, input).expect_err("gone");
        assert_eq!(error.message, "The specified log stream does not exist.");
    }
}
