//! CreateLogStream.

use std::sync::Arc;

use serde::Deserialize;

use crate::kernel::{Access, Caller, ServiceError, Validation, World};
use crate::logs::LogStream;
use crate::logs::error::already_exists;
use crate::logs::names::{check_group, check_plain, group_key_checked};

/// What CreateLogStream reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The log group.
    pub log_group_name: Option<String>,
    /// The stream's name: 1 to 512 characters, none of `:` and `*`.
    pub log_stream_name: Option<String>,
}

/// Makes a log stream.
///
/// # Errors
/// `InvalidParameterException`, `ResourceNotFoundException` without the group,
/// `ResourceAlreadyExistsException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    let mut check = Validation::new();
    check_group(&mut check, "logGroupName", input.log_group_name.as_ref());
    check_plain(&mut check, "logStreamName", input.log_stream_name.as_ref());
    let key = group_key_checked(caller, input.log_group_name.as_ref(), check)?;
    let name: Arc<str> = input.log_stream_name.unwrap_or_default().into();
    let arn = key.stream_arn(&name);
    world.authorize(caller, Access::to("logs:CreateLogStream", &arn))?;
    let now = world.now;
    let token = world.logs.sequence_token();
    let group = world.log_group_mut(&key)?;
    if group.streams.contains_key(&name) {
        return Err(already_exists("log stream"));
    }
    group.streams.insert(name, LogStream::new(now, token));
    world.trace("create log stream", &arn, b"");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::tests::{member, stream_in, world};

    #[test]
    fn a_stream_is_made_once_in_a_group_that_is_there() {
        let (mut world, caller) = (world(), member(1));
        let input = |group: &str, stream: &str| Input {
            log_group_name: Some(group.to_owned()),
            log_stream_name: Some(stream.to_owned()),
        };
        stream_in(&mut world, &caller, "g", "s");
        for (given, message) in [
            (input("h", "s"), "The specified log group does not exist."),
            (input("g", "s"), "The specified log stream already exists"),
        ] {
            let error = run(&mut world, &caller, given).expect_err(message);
            assert_eq!(error.message, message);
        }
        let error = run(&mut world, &caller, input("g", "a:b")).expect_err("a colon");
        assert!(error.message.contains("at 'logStreamName'"), "{}", error.message);
        assert_eq!(run(&mut world, &caller, input("g", "eni-1-all")), Ok(()));
    }
}
