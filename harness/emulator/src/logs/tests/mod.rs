//! Small worlds for the tests of this service.

use tributary_vocabulary::{AccountId, Region, Timestamp};

use super::GroupKey;
use super::ops::{create_log_group, create_log_stream, put_log_events};
use crate::kernel::{Caller, World, WorldConfig};

/// A world with nothing in it.
pub(crate) fn world() -> World {
    World::new(WorldConfig::default())
}

/// The root of the account whose digits are all this one.
pub(crate) fn member(digit: u8) -> Caller {
    Caller::root(AccountId::repeated(digit), Region::us_west_2())
}

/// Makes a stream, and its group when it is not there.
pub(crate) fn stream_in(world: &mut World, caller: &Caller, group: &str, stream: &str) -> GroupKey {
    let key = GroupKey::new(caller.account, &caller.region, group);
    let (group, stream) = (Some(group.to_owned()), Some(stream.to_owned()));
    if world.log_group(&key).is_err() {
        let input = create_log_group::Input { log_group_name: group.clone(), ..Default::default() };
        create_log_group::run(world, caller, input).expect("a group");
    }
    let input = create_log_stream::Input { log_group_name: group, log_stream_name: stream };
    create_log_stream::run(world, caller, input).expect("a stream");
    key
}

/// Puts messages, each at so many milliseconds after the epoch of the world.
pub(crate) fn put(
    world: &mut World,
    caller: &Caller,
    group: &str,
    stream: &str,
    events: &[(i64, &str)],
) {
    let event = |&(at, message): &(i64, &str)| put_log_events::InputLogEvent {
        timestamp: Some(Timestamp::DEFAULT_EPOCH.ms() + at),
        message: Some(message.to_owned()),
    };
    let input = put_log_events::Input {
        log_group_name: Some(group.to_owned()),
        log_stream_name: Some(stream.to_owned()),
        log_events: Some(events.iter().map(event).collect()),
        ..Default::default()
    };
    put_log_events::run(world, caller, input).expect("events");
}
