//! What PutRecord and PutRecordBatch have in common.

use std::sync::Arc;

use bytes::Bytes;
use tributary_vocabulary::Stage;

use crate::firehose::config::invalid;
use crate::firehose::lane;
use crate::firehose::record::{Origin, SourceRecord};
use crate::firehose::stream::{PutWindow, Status, StreamId, authorized, stream_mut};
use crate::firehose::wire::record_id;
use crate::kernel::{Caller, Observation, ServiceError, World};

/// The data of a record at the most: 1,000 KiB before base64.
pub(super) const RECORD_MAX_BYTES: usize = 1_024_000;

/// Finds a stream that takes direct puts.
pub(super) fn open(
    world: &mut World,
    caller: &Caller,
    action: &str,
    name: &str,
) -> Result<StreamId, ServiceError> {
    let id = authorized(world, caller, action, name)?;
    let stream = stream_mut(world, caller, name, id)?;
    if stream.source.is_some() {
        return Err(invalid(
            "This operation is not permitted on KinesisStreamAsSource delivery stream type.",
        ));
    }
    if stream.status != Status::Active {
        return Err(ServiceError::client(
            "ResourceNotFoundException",
            format!(
                "Firehose {name} under account {} is not ACTIVE: it is {}.",
                caller.account,
                stream.status.name()
            ),
        ));
    }
    Ok(id)
}

/// Takes records in, all or none of them; the ids of the records.
///
/// # Errors
/// `ServiceUnavailableException` over the stream's limits of a second (firehose reference, §11).
pub(super) fn take(
    world: &mut World,
    caller: &Caller,
    name: &str,
    id: StreamId,
    data: Vec<Bytes>,
) -> Result<Vec<String>, ServiceError> {
    let now = world.now();
    admit(world, caller, name, id, &data)?;
    let stream = stream_mut(world, caller, name, id)?;
    let lanes: Vec<_> = stream.lanes.values().flatten().copied().collect();
    let first = stream.puts;
    stream.puts += data.len() as u64;
    let records: Vec<SourceRecord> = (first..)
        .zip(data)
        .map(|(number, data)| SourceRecord {
            origin: Origin { sequence: Arc::from(format!("4{number:055}")), sub: 0, arrival: now },
            partition_key: Arc::from(""),
            data,
        })
        .collect();
    let ids = records.iter().map(|record| record_id(record, false)).collect();
    for lane in lanes {
        lane::put(world, lane, records.clone());
    }
    Ok(ids)
}

fn admit(
    world: &mut World,
    caller: &Caller,
    name: &str,
    id: StreamId,
    data: &[Bytes],
) -> Result<(), ServiceError> {
    let second = world.now().s();
    let settings = world.settings.firehose.clone();
    let stream = stream_mut(world, caller, name, id)?;
    let mut window = stream.window;
    if window.second != second {
        window = PutWindow { second, ..PutWindow::default() };
    }
    window.requests += 1;
    window.records += data.len() as u64;
    window.bytes += data.iter().map(|data| data.len() as u64).sum::<u64>();
    if window.requests <= settings.put_requests_per_s
        && window.records <= settings.put_records_per_s
        && window.bytes <= settings.put_bytes_per_s
    {
        stream.window = window;
        return Ok(());
    }
    stream.statistics.throttled_puts += data.len() as u64;
    let arn = stream.plan.arn.clone();
    world.trace("throttled", &arn, &[]);
    world.observe(&Observation::Throttled {
        stage: Stage::Firehose,
        resource_arn: &arn,
        shard_id: "",
        records: data.len() as u64,
    });
    Err(ServiceError::client("ServiceUnavailableException", "Slow down.").status(500))
}
