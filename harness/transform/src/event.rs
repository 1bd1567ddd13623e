//! The event that Firehose sends (lambda-transform reference, §1).

use std::borrow::Cow;

use serde::Deserialize;

use crate::{HandlerError, PutBackTarget};

/// The event that Firehose sends, borrowed from its bytes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event<'a> {
    /// The delivery stream.
    #[serde(borrow, default)]
    pub delivery_stream_arn: Cow<'a, str>,
    /// The source stream; there only when the source is a Kinesis data stream.
    #[serde(borrow, default)]
    pub source_kinesis_stream_arn: Option<Cow<'a, str>>,
    /// The records, in the order of their shard.
    #[serde(borrow)]
    pub records: Vec<Record<'a>>,
}

/// One record of the event.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record<'a> {
    /// What the response names it by.
    #[serde(borrow)]
    pub record_id: Cow<'a, str>,
    /// Its bytes in base64.
    #[serde(borrow)]
    pub data: Cow<'a, str>,
    /// There only when the source is a Kinesis data stream.
    #[serde(borrow, default)]
    pub kinesis_record_metadata: Option<KinesisRecordMetadata<'a>>,
}

/// Where the record lay on its stream.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KinesisRecordMetadata<'a> {
    /// The key that decided its shard.
    #[serde(borrow, default)]
    pub partition_key: Cow<'a, str>,
}

impl<'a> Event<'a> {
    /// Reads an event.
    ///
    /// # Errors
    /// When the bytes are no such JSON.
    pub fn read(bytes: &'a [u8]) -> Result<Self, HandlerError> {
        serde_json::from_slice(bytes)
            .map_err(|error| HandlerError::new("Runtime.UnmarshalError", error.to_string()))
    }

    /// Where records are put back.
    #[must_use]
    pub fn put_back_target(&self) -> PutBackTarget {
        match &self.source_kinesis_stream_arn {
            Some(arn) => PutBackTarget::Stream(arn.clone().into_owned()),
            None => PutBackTarget::DeliveryStream(self.delivery_stream_arn.clone().into_owned()),
        }
    }
}

impl Record<'_> {
    /// The partition key that it came with; empty when it came without.
    #[must_use]
    pub fn partition_key(&self) -> &str {
        self.kinesis_record_metadata.as_ref().map_or("", |metadata| &metadata.partition_key)
    }
}
