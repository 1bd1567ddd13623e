//! PutRecordBatch.

use serde::{Deserialize, Serialize};

use super::put;
use super::put_record::Record;
use crate::firehose::config::invalid;
use crate::firehose::stream::required_name;
use crate::kernel::{Caller, ServiceError, Validation, World};

/// The records of a call at the most.
const RECORDS_MAX: usize = 500;
/// The bytes of a call at the most: 4 MiB.
const BATCH_MAX_BYTES: usize = 4 * 1024 * 1024;

/// What PutRecordBatch reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Input {
    /// The name.
    pub delivery_stream_name: Option<String>,
    /// 1 to 500 records.
    pub records: Option<Vec<Record>>,
}

/// What PutRecordBatch answers.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// How many records were not taken.
    pub failed_put_count: u64,
    /// Never.
    pub encrypted: bool,
    /// What became of each record, in the order of the input.
    pub request_responses: Vec<Response>,
}

/// What became of one record.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Response {
    /// Its id, when it was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_id: Option<String>,
    /// Why it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<String>,
    /// The same as a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
}

/// Puts records directly; each that is over the stream's limits is refused by itself.
///
/// # Errors
/// Those of the reference, §2 and §2.4.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let mut validation = Validation::new();
    validation.required("records", input.records.as_ref());
    let records = input.records.unwrap_or_default();
    for (number, record) in (1..).zip(&records) {
        record.validate(&mut validation, &format!("records.{number}.member"));
    }
    if records.is_empty() || records.len() > RECORDS_MAX {
        let bound = if records.is_empty() { "greater" } else { "less" };
        let most = if records.is_empty() { 1 } else { RECORDS_MAX };
        let constraint = format!("Member must have length {bound} than or equal to {most}");
        validation.fail("records", &format!("[{} records]", records.len()), &constraint);
    }
    let name = required_name(validation, input.delivery_stream_name)?;
    let id = put::open(world, caller, "firehose:PutRecordBatch", &name)?;
    let data: Vec<_> =
        records.into_iter().map(|record| record.data.unwrap_or_default().0).collect();
    if data.iter().map(bytes::Bytes::len).sum::<usize>() > BATCH_MAX_BYTES {
        return Err(invalid("Records size exceeds 4 MB limit"));
    }
    let request_responses = if let Ok(ids) = put::take(world, caller, &name, id, data.clone()) {
        ids.into_iter().map(taken).collect()
    } else {
        // Not all fit into the second: as many as do are taken.
        let mut responses = Vec::with_capacity(data.len());
        for record in data {
            responses.push(match put::take(world, caller, &name, id, vec![record]) {
                Ok(mut ids) => taken(ids.pop().unwrap_or_default()),
                Err(error) => refused(&error),
            });
        }
        responses
    };
    let failed = request_responses.iter().filter(|response| response.error_code.is_some());
    let failed_put_count = failed.count() as u64;
    Ok(Output { failed_put_count, encrypted: false, request_responses })
}

fn taken(id: String) -> Response {
    Response { record_id: Some(id), error_code: None, error_message: None }
}

fn refused(error: &ServiceError) -> Response {
    Response {
        record_id: None,
        error_code: Some(error.code.as_ref().to_owned()),
        error_message: Some(error.message.clone()),
    }
}
