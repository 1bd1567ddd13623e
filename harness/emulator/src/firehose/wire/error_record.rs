//! The records under an error prefix: JSON objects, one per line (firehose reference, §6.4).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use tributary_vocabulary::Timestamp;

use super::Failure;

/// A record whose processing failed; members in the order of the 2026 capture.
#[derive(Debug, Clone, Copy)]
pub struct ProcessingError<'a> {
    /// The record as it was given to the function.
    pub data: &'a [u8],
    /// Why.
    pub failure: &'a Failure,
    /// How often the function was invoked for it.
    pub attempts: u32,
    /// When the record arrived.
    pub arrival: Timestamp,
    /// When the last attempt ended.
    pub ended: Timestamp,
    /// The ARN of the function, with its qualifier.
    pub lambda_arn: &'a str,
}

/// A document that OpenSearch did not take.
#[derive(Debug, Clone, Copy)]
pub struct DocumentError<'a> {
    /// How often it was sent.
    pub attempts: u32,
    /// When its record arrived.
    pub arrival: Timestamp,
    /// Why.
    pub failure: &'a Failure,
    /// When the last attempt ended.
    pub ended: Timestamp,
    /// Its id; `None` when the cluster makes ids.
    pub document_id: Option<&'a str>,
    /// Its index.
    pub index: &'a str,
    /// Its type; empty since Elasticsearch 7.
    pub type_name: &'a str,
    /// The document.
    pub data: &'a [u8],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ProcessingLine<'a> {
    raw_data: String,
    error_code: &'a str,
    error_message: &'a str,
    attempts_made: u32,
    arrival_timestamp: i64,
    attempt_ending_timestamp: i64,
    #[serde(rename = "lambdaARN")]
    lambda_arn: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DocumentLine<'a> {
    attempts_made: u32,
    arrival_timestamp: i64,
    error_code: &'a str,
    error_message: &'a str,
    attempt_ending_timestamp: i64,
    es_document_id: Option<&'a str>,
    es_index_name: &'a str,
    es_type_name: &'a str,
    raw_data: String,
}

/// Appends the line of a record whose processing failed.
pub fn write_processing_error(out: &mut Vec<u8>, error: &ProcessingError<'_>) {
    line(
        out,
        &ProcessingLine {
            raw_data: STANDARD.encode(error.data),
            error_code: &error.failure.code,
            error_message: &error.failure.message,
            attempts_made: error.attempts,
            arrival_timestamp: error.arrival.ms(),
            attempt_ending_timestamp: error.ended.ms(),
            lambda_arn: error.lambda_arn,
        },
    );
}

/// Appends the line of a document that OpenSearch did not take.
pub fn write_document_error(out: &mut Vec<u8>, error: &DocumentError<'_>) {
    line(
        out,
        &DocumentLine {
            attempts_made: error.attempts,
            arrival_timestamp: error.arrival.ms(),
            error_code: &error.failure.code,
            error_message: &error.failure.message,
            attempt_ending_timestamp: error.ended.ms(),
            es_document_id: error.document_id,
            es_index_name: error.index,
            es_type_name: error.type_name,
            raw_data: STANDARD.encode(error.data),
        },
    );
}

fn line(out: &mut Vec<u8>, line: &impl Serialize) {
    // Text and numbers always become JSON.
    let _ = serde_json::to_writer(&mut *out, line);
    out.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_processing_error_is_the_captured_line() {
        let mut out = Vec::new();
        write_processing_error(
            &mut out,
            &ProcessingError {
                data: b"hello",
                failure: &Failure::of("Lambda.ProcessingFailedStatus"),
                attempts: 1,
                arrival: Timestamp::from_ms(1_789_014_240_448),
                ended: Timestamp::from_ms(1_789_014_301_529),
                lambda_arn: "arn:aws:lambda:us-west-2:444444444444:function:name:$LATEST",
            },
        );
        assert_eq!(
            String::from_utf8_lossy(&out),
            concat!(
                r#"{"rawData":"aGVsbG8=","errorCode":"Lambda.ProcessingFailedStatus","#,
                r#""errorMessage":"ProcessingFailed status set for record","attemptsMade":1,"#,
                r#""arrivalTimestamp":1789014240448,"attemptEndingTimestamp":1789014301529,"#,
                r#""lambdaARN":"arn:aws:lambda:us-west-2:444444444444:function:name:$LATEST"}"#,
                "\n"
            )
        );
    }

    #[test]
    fn a_document_error_has_the_guide_s_members_in_its_order() {
        let mut out = Vec::new();
        let failure = Failure {
            code: "400".into(),
            message: "mapper_parsing_exception: failed to parse".into(),
            cause: None,
        };
        write_document_error(
            &mut out,
            &DocumentError {
                attempts: 2,
                arrival: Timestamp::from_ms(1),
                failure: &failure,
                ended: Timestamp::from_ms(2),
                document_id: Some("495.0"),
                index: "logs-2026-01-01",
                type_name: "",
                data: b"{}",
            },
        );
        assert_eq!(
            String::from_utf8_lossy(&out),
            concat!(
                r#"{"attemptsMade":2,"arrivalTimestamp":1,"errorCode":"400","#,
                r#""errorMessage":"mapper_parsing_exception: failed to parse","#,
                r#""attemptEndingTimestamp":2,"esDocumentId":"495.0","#,
                r#""esIndexName":"logs-2026-01-01","esTypeName":"","rawData":"e30="}"#,
                "\n"
            )
        );
    }
}
