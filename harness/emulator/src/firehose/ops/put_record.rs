//! PutRecord.

use serde::{Deserialize, Serialize};

use super::put::{self, RECORD_MAX_BYTES};
use crate::firehose::stream::required_name;
use crate::kernel::{Caller, ServiceError, Validation, World};
use crate::protocol::blob::Blob;

/// What PutRecord reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Input {
    /// The name.
    pub delivery_stream_name: Option<String>,
    /// The record.
    pub record: Option<Record>,
}

/// A record as it is put.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Record {
    /// At most 1,024,000 bytes; it may be empty.
    pub data: Option<Blob>,
}

/// What PutRecord answers.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The record's id.
    pub record_id: String,
    /// Never.
    pub encrypted: bool,
}

impl Record {
    pub(super) fn validate(&self, validation: &mut Validation, path: &str) {
        match &self.data {
            None => validation.required::<()>(&format!("{path}.data"), None),
            Some(Blob(data)) if data.len() > RECORD_MAX_BYTES => {
                let length = data.len();
                let value = format!("java.nio.HeapByteBuffer[pos=0 lim={length} cap={length}]");
                let constraint =
                    format!("Member must have length less than or equal to {RECORD_MAX_BYTES}");
                validation.fail(&format!("{path}.data"), &value, &constraint);
            }
            Some(_) => {}
        }
    }
}

/// Puts one record directly.
///
/// # Errors
/// Those of the reference, §2 and §2.4.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    validation.required("record", input.record.as_ref());
    if let Some(record) = &input.record {
        record.validate(&mut validation, "record");
    }
    let name = required_name(validation, input.delivery_stream_name)?;
    let id = put::open(world, caller, "firehose:PutRecord", &name)?;
    let Blob(data) = input.record.and_then(|record| record.data).unwrap_or_default();
    let mut ids = put::take(world, caller, &name, id, vec![data])?;
    Ok(Output { record_id: ids.pop().unwrap_or_default(), encrypted: false })
}
