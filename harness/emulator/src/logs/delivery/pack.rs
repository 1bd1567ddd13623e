//! From chosen events to gzip records.

use std::collections::VecDeque;

use bytes::Bytes;
use tributary_vocabulary::{Stage, Timestamp};

use super::lane::{LaneKey, Parcel, Waiting};
use crate::kernel::World;
use crate::logs::{Envelope, EnvelopeEvent, MessageType};

/// One envelope for the events of one call, or what faults make of it, as records that fit.
pub(super) fn unpack(world: &mut World, key: &LaneKey, waiting: &Waiting) -> VecDeque<Parcel> {
    let envelope = envelope(key, waiting);
    let envelopes = if world.tampers(Stage::Subscription) {
        let now = world.now;
        world.hooks().tamper_envelope(now, envelope)
    } else {
        vec![envelope]
    };
    let mut parcels = VecDeque::new();
    for envelope in envelopes {
        pack(world, envelope, waiting.batch.ingestion(), &mut parcels);
    }
    parcels
}

fn envelope(key: &LaneKey, waiting: &Waiting) -> Envelope {
    let batch = &waiting.batch;
    let mut log_events = Vec::with_capacity(waiting.picks.count(batch.len()));
    log_events.extend(waiting.picks.indices(batch.len()).map(|index| EnvelopeEvent {
        id: batch.id(index),
        timestamp: batch.timestamp(index).ms(),
        message: batch.shared_message(index),
    }));
    Envelope {
        message_type: MessageType::DataMessage,
        owner: key.group.account.to_string(),
        log_group: key.group.name.to_string(),
        log_stream: key.stream.to_string(),
        subscription_filters: vec![key.filter.to_string()],
        log_events,
    }
}

/// Packs an envelope; halves it as long as it is larger than a record may be.
///
/// A single event that does not fit is sent all the same: its destination refuses it.
fn pack(
    world: &mut World,
    mut envelope: Envelope,
    accepted: Timestamp,
    parcels: &mut VecDeque<Parcel>,
) {
    let data = world.logs.gzip(world.settings.logs.gzip_level).compress(&envelope.to_json());
    let events = envelope.log_events.len();
    if data.len() > world.settings.logs.record_max_bytes && events > 1 {
        let second = envelope.log_events.split_off(events / 2);
        let rest = Envelope { log_events: second, ..envelope.without_events() };
        pack(world, envelope, accepted, parcels);
        pack(world, rest, accepted, parcels);
        return;
    }
    let data = Bytes::from(data);
    parcels.push_back(Parcel { envelope, data, accepted, partition_key: None, attempts: 0 });
}
