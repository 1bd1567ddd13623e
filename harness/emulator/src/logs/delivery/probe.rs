//! The control message by which AWS tests a destination before it takes it (cloudwatch-logs
//! reference, delivered records).

use bytes::Bytes;

use super::route::{Source, Target};
use super::send::{assume, put, stream_partition_key};
use crate::kernel::{ServiceError, World};
use crate::logs::error::invalid;
use crate::logs::{Envelope, EnvelopeEvent, LogEventId, MessageType};

/// Who owns a control message.
const OWNER: &str = "CloudwatchLogs";

/// Sends a control message to a stream with a role.
///
/// # Errors
/// `InvalidParameterException` in AWS's words, when it does not arrive.
pub(crate) fn probe(
    world: &mut World,
    target: Target,
    target_arn: &str,
    role_arn: &str,
    source: &Source<'_>,
) -> Result<(), ServiceError> {
    let opening = format!("Could not deliver test message to specified {} stream.", target.name());
    let role = assume(world, target_arn, role_arn, source)
        .map_err(|_| invalid(format!("{opening} {}", check_hint(target))))?;
    let level = world.settings.logs.gzip_level;
    let json = control_message(target, world.now.ms()).to_json();
    let data = Bytes::from(world.logs.gzip(level).compress(&json));
    let key = stream_partition_key(OWNER, "", "");
    put(world, &role, target_arn, data, key)
        .map_err(|error| invalid(format!("{opening} {}", put_hint(target, &error))))
}

fn check_hint(target: Target) -> &'static str {
    match target {
        Target::Kinesis => "Check if the given Kinesis stream is in ACTIVE state.",
        Target::Firehose => {
            "Check if the given Firehose stream is in ACTIVE state and the role has permission to \
             perform PutRecord."
        }
    }
}

/// Kinesis's own sentence is passed on when it refuses; Firehose's is not.
fn put_hint(target: Target, error: &ServiceError) -> String {
    let spoken = error.is_access_denied() || error.code == "ResourceNotFoundException";
    match target {
        Target::Kinesis if spoken => {
            let end = if error.is_access_denied() { "" } else { "." };
            format!("{}{end}", error.message.trim_end_matches('.'))
        }
        _ => check_hint(target).to_owned(),
    }
}

fn control_message(target: Target, timestamp: i64) -> Envelope {
    let end = match target {
        Target::Kinesis => "Kinesis stream",
        Target::Firehose => "Firehose",
    };
    let message = format!("CWL CONTROL MESSAGE: Checking health of destination {end}.");
    Envelope {
        message_type: MessageType::ControlMessage,
        owner: OWNER.to_owned(),
        log_group: String::new(),
        log_stream: String::new(),
        subscription_filters: Vec::new(),
        log_events: vec![EnvelopeEvent {
            id: LogEventId::NONE,
            timestamp,
            message: message.into(),
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_the_message_and_the_key_of_aws() {
        let json = String::from_utf8(control_message(Target::Kinesis, 7).to_json());
        assert_eq!(
            json.as_deref(),
            Ok("{\"messageType\":\"CONTROL_MESSAGE\",\"owner\":\"CloudwatchLogs\",\"logGroup\":\
                \"\",\"logStream\":\"\",\"subscriptionFilters\":[],\"logEvents\":[{\"id\":\"\",\
                \"timestamp\":7,\"message\":\"CWL CONTROL MESSAGE: Checking health of destination \
                Kinesis stream.\"}]}")
        );
        assert_eq!(stream_partition_key(OWNER, "", ""), "3e21f5e8240cbb048271af4fdb892a1c");
    }
}
