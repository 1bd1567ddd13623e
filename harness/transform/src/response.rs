//! The response of a transform (lambda-transform reference, §2).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The largest response that Lambda passes on.
pub const RESPONSE_MAX_BYTES: usize = 6_291_556;

/// Where a transform stops filling its response: data and record ids together, as AWS's own
/// blueprint counts them. The rest up to the hard limit is left for the JSON around them.
pub const RESPONSE_SOFT_MAX_BYTES: usize = 6_000_000;

/// What becomes of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is done with, on purpose.
    Dropped,
    /// It could not be transformed; Firehose keeps the original under its error prefix.
    ProcessingFailed,
}

/// A response under construction.
#[derive(Debug)]
pub struct Response {
    json: Vec<u8>,
    /// Data and record ids so far.
    size: usize,
}

impl Default for Response {
    fn default() -> Self {
        Self::new()
    }
}

impl Response {
    /// A response without records.
    #[must_use]
    pub fn new() -> Self {
        Self { json: b"{\"records\":[".to_vec(), size: 0 }
    }

    /// The length of these bytes in base64.
    #[must_use]
    pub fn encoded_len(data: &[u8]) -> usize {
        data.len().div_ceil(3) * 4
    }

    /// Whether an `Ok` record with this data still fits.
    #[must_use]
    pub fn fits(&self, record_id: &str, data: &[u8]) -> bool {
        self.size + record_id.len() + Self::encoded_len(data) <= RESPONSE_SOFT_MAX_BYTES
    }

    /// Adds a record with new data.
    pub fn ok(&mut self, record_id: &str, data: &[u8]) {
        self.begin(record_id, "Ok");
        self.json.extend_from_slice(b",\"data\":\"");
        let start = self.json.len();
        let length = Self::encoded_len(data);
        self.json.resize(start + length, 0);
        // The slice has exactly the encoded length, so encoding cannot fail.
        let written = STANDARD.encode_slice(data, &mut self.json[start..]).unwrap_or(0);
        debug_assert_eq!(written, length);
        self.json.extend_from_slice(b"\"}");
        self.size += length;
    }

    /// Adds a record without data.
    pub fn without_data(&mut self, record_id: &str, outcome: Outcome) {
        self.begin(
            record_id,
            match outcome {
                Outcome::Dropped => "Dropped",
                Outcome::ProcessingFailed => "ProcessingFailed",
            },
        );
        self.json.push(b'}');
    }

    /// The response as JSON.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        self.json.extend_from_slice(b"]}");
        self.json
    }

    fn begin(&mut self, record_id: &str, result: &str) {
        if self.json.last() == Some(&b'}') {
            self.json.push(b',');
        }
        self.json.extend_from_slice(b"{\"recordId\":");
        // Ids are opaque by contract, so they are written as JSON writes any text.
        let id = serde_json::to_string(record_id).unwrap_or_default();
        self.json.extend_from_slice(id.as_bytes());
        self.json.extend_from_slice(b",\"result\":\"");
        self.json.extend_from_slice(result.as_bytes());
        self.json.push(b'"');
        self.size += record_id.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_firehose_reads() {
        let mut response = Response::new();
        response.ok("1", b"hello");
        response.without_data("2\"", Outcome::Dropped);
        response.without_data("3", Outcome::ProcessingFailed);
        let value: serde_json::Value =
            serde_json::from_slice(&response.finish()).expect("it is JSON");
        assert_eq!(
            value,
            serde_json::json!({ "records": [
                { "recordId": "1", "result": "Ok", "data": "aGVsbG8=" },
                { "recordId": "2\"", "result": "Dropped" },
                { "recordId": "3", "result": "ProcessingFailed" },
            ]})
        );
    }

    #[test]
    fn stops_before_the_limit() {
        let mut response = Response::new();
        let data = vec![b'x'; 1_000_000];
        let mut records = 0;
        while response.fits("49615332175504399275", &data) {
            response.ok("49615332175504399275", &data);
            records += 1;
        }
        assert_eq!(records, 4);
        assert!(response.finish().len() <= RESPONSE_MAX_BYTES);
    }
}
