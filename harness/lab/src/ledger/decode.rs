//! Reads events out of what lies on the stream, in the index and in the bucket.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use tributary_transform::{Envelope, inflate};
use tributary_vocabulary::AccountId;

/// An event found somewhere.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found<'a> {
    /// The account under which it was found; `None` when what it lies in names none.
    pub(crate) account: Option<AccountId>,
    /// Its time in milliseconds since 1970.
    pub(crate) timestamp: i64,
    /// Its text.
    pub(crate) message: Cow<'a, str>,
}

/// A document of one event, as `builtin:documents` makes it.
#[derive(Deserialize)]
struct EventDocument<'a> {
    #[serde(borrow, default)]
    owner: Cow<'a, str>,
    timestamp: i64,
    #[serde(borrow)]
    message: Cow<'a, str>,
}

/// The events of a document of the index; `None` when it is neither envelope nor event.
pub(crate) fn decode_document(json: &[u8]) -> Option<Vec<Found<'_>>> {
    if let Some(envelope) = Envelope::read(json) {
        return Some(of_envelope(envelope));
    }
    let document: EventDocument<'_> = serde_json::from_slice(json).ok()?;
    let found = Found {
        account: document.owner.parse().ok(),
        timestamp: document.timestamp,
        message: document.message,
    };
    Some(vec![found])
}

/// The events of records as they lie on the stream or, concatenated, in a backup object: gzip
/// members of envelopes, which may be compressed as a whole once more. `None` when they are not.
pub(crate) fn decode_records(bytes: &[u8]) -> Option<Vec<Found<'static>>> {
    let mut json = inflate(bytes)?;
    if json.starts_with(&[0x1f, 0x8b]) {
        json = inflate(&json)?;
    }
    let mut found = Vec::new();
    for envelope in serde_json::Deserializer::from_slice(&json).into_iter::<Envelope<'_>>() {
        found.extend(of_envelope(envelope.ok()?).into_iter().map(into_owned));
    }
    Some(found)
}

/// The records that an object under an error prefix gives back: one JSON document a line, the
/// record in its `rawData` (firehose reference, error output).
pub(crate) fn decode_error_lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    #[derive(Deserialize)]
    struct Line<'a> {
        #[serde(borrow, rename = "rawData")]
        raw_data: Cow<'a, str>,
    }
    let inflated = if bytes.starts_with(&[0x1f, 0x8b]) { inflate(bytes) } else { None };
    inflated
        .as_deref()
        .unwrap_or(bytes)
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice::<Line<'_>>(line).ok())
        .filter_map(|line| STANDARD.decode(line.raw_data.as_bytes()).ok())
        .collect()
}

fn of_envelope(envelope: Envelope<'_>) -> Vec<Found<'_>> {
    if !envelope.is_data() {
        return Vec::new();
    }
    let account = envelope.owner.parse().ok();
    envelope
        .log_events
        .into_iter()
        .map(|event| Found { account, timestamp: event.timestamp, message: event.message })
        .collect()
}

fn into_owned(found: Found<'_>) -> Found<'static> {
    Found {
        account: found.account,
        timestamp: found.timestamp,
        message: Cow::Owned(found.message.into_owned()),
    }
}
