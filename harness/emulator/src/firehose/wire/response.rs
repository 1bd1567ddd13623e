//! What a processor's function answered (lambda-transform reference, §2 and §3).

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::Value;

use super::Failure;

/// What became of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// `Ok`: these bytes replace the record.
    Ok(Bytes),
    /// `Dropped`: done with, on purpose.
    Dropped,
    /// It goes to the error prefix.
    Failed(Failure),
}

/// Text of the response; borrowed unless it has escapes.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Deserialize)]
struct Response<'a> {
    #[serde(borrow)]
    records: Vec<Entry<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    #[serde(borrow)]
    record_id: Option<Text<'a>>,
    #[serde(borrow)]
    result: Option<Text<'a>>,
    #[serde(borrow)]
    data: Option<Text<'a>>,
}

/// Reads the answers for the records of these ids, in the ids' order.
///
/// A record that is not answered, answered twice, or answered in a way that cannot be used, fails
/// alone; AWS's scope for data that is not base64 is not published, the record is chosen here.
/// Answers for ids that were never sent are discarded.
///
/// # Errors
/// When the response as a whole is not one: then all records fail, without another attempt.
pub fn read_answers(payload: &[u8], ids: &[String]) -> Result<Vec<Answer>, Failure> {
    let response: Response<'_> =
        serde_json::from_slice(payload).map_err(|_| unreadable(payload))?;
    if response.records.iter().any(|entry| !known_result(entry)) {
        return Err(Failure::of("Lambda.FunctionError").because(
            "a record's result is missing, or is none of Ok, Dropped and ProcessingFailed",
        ));
    }
    if let Some(answers) = in_order(&response.records, ids) {
        return Ok(answers);
    }
    let mut by_id: BTreeMap<&str, (usize, &Entry<'_>)> = BTreeMap::new();
    for entry in &response.records {
        if let Some(Text(id)) = &entry.record_id {
            by_id.entry(id).or_insert((0, entry)).0 += 1;
        }
    }
    Ok(ids
        .iter()
        .map(|id| match by_id.get(id.as_str()) {
            None => Answer::Failed(Failure::of("Lambda.MissingRecordId")),
            Some((1, entry)) => answer(entry),
            Some(_) => Answer::Failed(Failure::of("Lambda.DuplicatedRecordId")),
        })
        .collect())
}

/// The usual case: the same ids in the same order.
fn in_order(entries: &[Entry<'_>], ids: &[String]) -> Option<Vec<Answer>> {
    let same = entries.len() == ids.len()
        && entries
            .iter()
            .zip(ids)
            .all(|(entry, id)| entry.record_id.as_ref().is_some_and(|Text(text)| text == id));
    same.then(|| entries.iter().map(answer).collect())
}

fn known_result(entry: &Entry<'_>) -> bool {
    matches!(
        entry.result.as_ref().map(|Text(result)| result.as_ref()),
        Some("Ok" | "Dropped" | "ProcessingFailed")
    )
}

fn answer(entry: &Entry<'_>) -> Answer {
    match entry.result.as_ref().map(|Text(result)| result.as_ref()) {
        Some("Ok") => match &entry.data {
            Some(Text(data)) => match STANDARD.decode(data.as_bytes()) {
                Ok(bytes) => Answer::Ok(Bytes::from(bytes)),
                Err(error) => Answer::Failed(
                    Failure::of("Lambda.JsonMappingException")
                        .because(format!("the data of a record is not base64: {error}")),
                ),
            },
            None => Answer::Failed(
                Failure::of("Lambda.FunctionError").because("a record is Ok but has no data"),
            ),
        },
        Some("Dropped") => Answer::Dropped,
        _ => Answer::Failed(Failure::of("Lambda.ProcessingFailedStatus")),
    }
}

/// Which way a response is none.
fn unreadable(payload: &[u8]) -> Failure {
    match serde_json::from_slice::<Value>(payload) {
        Err(error) => {
            Failure::of("Lambda.JsonProcessingException").because(format!("not JSON: {error}"))
        }
        Ok(value) if !value.get("records").is_some_and(Value::is_array) => {
            Failure::of("Lambda.FunctionError")
                .because("the response is no object with an array of records")
        }
        Ok(_) => Failure::of("Lambda.JsonMappingException")
            .because("a member of a record has a type other than text"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids() -> Vec<String> {
        vec!["1".to_owned(), "2".to_owned()]
    }

    fn codes(payload: &str) -> Vec<String> {
        match read_answers(payload.as_bytes(), &ids()) {
            Err(failure) => vec![format!("batch {}", failure.code)],
            Ok(answers) => answers
                .into_iter()
                .map(|answer| match answer {
                    Answer::Ok(data) => format!("Ok {}", String::from_utf8_lossy(&data)),
                    Answer::Dropped => "Dropped".to_owned(),
                    Answer::Failed(failure) => failure.code.into_owned(),
                })
                .collect(),
        }
    }

    #[test]
    fn outcomes_are_those_of_the_table() {
        const ONE: &str = r#"{"recordId":"1","result":"Ok","data":"YQ=="}"#;
        let with = |second: &str| format!(r#"{{"records":[{ONE},{second}]}}"#);
        for (second, expected) in [
            (r#"{"recordId":"2","result":"Ok","data":"Yg=="}"#, "Ok b"),
            (r#"{"recordId":"2","result":"Ok","data":""}"#, "Ok "),
            (r#"{"recordId":"2","result":"Ok","data":"Yg\u003d="}"#, "Ok b"),
            (r#"{"recordId":"2","result":"Dropped"}"#, "Dropped"),
            (r#"{"recordId":"2","result":"Dropped","data":null}"#, "Dropped"),
            (r#"{"recordId":"2","result":"ProcessingFailed"}"#, "Lambda.ProcessingFailedStatus"),
            (r#"{"recordId":"9","result":"Ok","data":"Yg=="}"#, "Lambda.MissingRecordId"),
            (r#"{"result":"Ok","data":"Yg=="}"#, "Lambda.MissingRecordId"),
            (r#"{"recordId":"2","result":"Ok"}"#, "Lambda.FunctionError"),
            (r#"{"recordId":"2","result":"Ok","data":"b'Yg=='"}"#, "Lambda.JsonMappingException"),
        ] {
            assert_eq!(codes(&with(second)), ["Ok a", expected], "{second}");
        }
        let swapped =
            format!(r#"{{"records":[{{"recordId":"2","result":"Dropped"}},{ONE}],"x":1}}"#);
        assert_eq!(codes(&swapped), ["Ok a", "Dropped"], "the order is free");
        let twice = format!(r#"{{"records":[{ONE},{ONE},{{"recordId":"2","result":"Dropped"}}]}}"#);
        assert_eq!(codes(&twice), ["Lambda.DuplicatedRecordId", "Dropped"]);
        assert_eq!(
            codes(r#"{"records":[]}"#),
            ["Lambda.MissingRecordId", "Lambda.MissingRecordId"]
        );
    }

    #[test]
    fn what_is_no_response_fails_the_batch() {
        for (payload, code) in [
            ("", "Lambda.JsonProcessingException"),
            ("{\"records\":[", "Lambda.JsonProcessingException"),
            ("null", "Lambda.FunctionError"),
            ("[]", "Lambda.FunctionError"),
            ("{}", "Lambda.FunctionError"),
            (r#"{"records":{}}"#, "Lambda.FunctionError"),
            (r#"{"records":[{"recordId":"1","result":"OK","data":""}]}"#, "Lambda.FunctionError"),
            (r#"{"records":[{"recordId":"1","data":""}]}"#, "Lambda.FunctionError"),
            (r#"{"records":[{"recordId":1,"result":"Ok"}]}"#, "Lambda.JsonMappingException"),
        ] {
            assert_eq!(codes(payload), [format!("batch {code}")], "{payload}");
        }
    }
}
