//! Where there are no log groups: the envelopes that a subscription filter would send, put on the
//! central stream.

use aws_sdk_kinesis::Client;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_types::SdkConfig;
use tributary_emulator::logs::{Envelope, EnvelopeEvent, LogEventId, MessageType};
use tributary_generators::Batch;
use tributary_transform::deflate;
use tributary_vocabulary::Stage;

use crate::driver::WallClock;
use crate::ledger::{SharedLedger, Stop, StreamKey};
use crate::topology::Names;

/// Puts envelopes on the central stream.
#[derive(Clone)]
pub(super) struct Envelopes {
    kinesis: Client,
}

impl Envelopes {
    pub(super) fn new(config: &SdkConfig) -> Self {
        Self { kinesis: Client::new(config) }
    }

    pub(super) async fn put(
        &self,
        ledger: &SharedLedger,
        wall: &WallClock,
        key: &StreamKey,
        batch: Batch,
    ) {
        let log_events = batch.events.iter().map(|event| EnvelopeEvent {
            id: LogEventId::NONE,
            timestamp: event.timestamp.ms(),
            message: event.message.as_str().into(),
        });
        let envelope = Envelope {
            message_type: MessageType::DataMessage,
            owner: key.owner.to_string(),
            log_group: key.group.to_string(),
            log_stream: key.stream.to_string(),
            subscription_filters: vec![Names::filter(key.source).to_owned()],
            log_events: log_events.collect(),
        };
        let data = deflate(&envelope.to_json());
        let call = self.kinesis.put_record().stream_name(Names::STREAM);
        // By log stream, as a filter of the default distribution does.
        let call = call.partition_key(&*key.stream).data(data.clone().into());
        let outcome = call.send().await;
        let mut ledger = ledger.lock();
        match outcome {
            Ok(_) => ledger.carried(wall.now(), Stage::Subscription, &data.into()),
            Err(error) => {
                let entries = ledger.entries_of(&batch.events);
                let cause = format!("PutRecord: {}", DisplayErrorContext(error));
                ledger.stops.note(Stop::new(Stage::Subscription, cause), entries);
            }
        }
    }
}
