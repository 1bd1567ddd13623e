//! AWS JSON 1.1: `POST /` with `X-Amz-Target: Prefix.Operation` (wire-protocols reference, §2).

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::kernel::{Caller, ServiceError, WireRequest, WireResponse, World};

/// The content type of requests and responses.
pub const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

/// One operation of a service that speaks AWS JSON: a row of the service's table.
#[derive(Clone, Copy)]
pub struct JsonOperation {
    /// AWS's name, such as `PutRecords`.
    pub name: &'static str,
    /// Reads the body, runs the operation, writes the answer.
    pub call: Call,
}

/// Runs an operation: the body of its request in, that of its answer out.
pub type Call = fn(&mut World, &Caller, &[u8]) -> Result<Vec<u8>, ServiceError>;

/// A row of a table of operations from the operation's module: `json_operation!("Name", module)`.
///
/// The module has `pub fn run(&mut World, &Caller, Input) -> Result<Output, ServiceError>`.
#[macro_export]
macro_rules! json_operation {
    ($name:literal, $module:path) => {{
        use $module as operation;
        $crate::protocol::aws_json::JsonOperation {
            name: $name,
            call: |world, caller, body| {
                $crate::protocol::aws_json::typed(world, caller, body, operation::run)
            },
        }
    }};
}

/// Runs a typed operation on a JSON body.
///
/// # Errors
/// `SerializationException` when the body is not the operation's input, and the operation's own.
pub fn typed<I: DeserializeOwned, O: Serialize>(
    world: &mut World,
    caller: &Caller,
    body: &[u8],
    run: impl Fn(&mut World, &Caller, I) -> Result<O, ServiceError>,
) -> Result<Vec<u8>, ServiceError> {
    let input = serde_json::from_slice(body)
        .map_err(|error| ServiceError::serialization(error.to_string()))?;
    let output = run(world, caller, input)?;
    let body = serde_json::to_vec(&output)
        .map_err(|error| ServiceError::client("InternalFailure", error.to_string()).status(500))?;
    // An operation without output answers an empty body, as Kinesis does.
    Ok(if body == b"null" { Vec::new() } else { body })
}

/// Finds the operation in the table and runs it.
pub fn dispatch(
    service: &str,
    table: &[JsonOperation],
    world: &mut World,
    caller: &Caller,
    request: &WireRequest,
) -> WireResponse {
    let target = request.header("x-amz-target").unwrap_or_default();
    let name = target.rsplit_once('.').map_or(target, |(_, name)| name);
    let result = match table.iter().find(|operation| operation.name == name) {
        Some(operation) => (operation.call)(world, caller, &request.body),
        None => Err(ServiceError::unknown_operation(
            service,
            name,
            &table.iter().map(|operation| operation.name).collect::<Vec<_>>(),
        )),
    };
    match result {
        Ok(body) => WireResponse::new(200, CONTENT_TYPE, body),
        Err(error) => error_response(&error),
    }
}

/// The response of an error: `{"__type": code, "message": sentence, …}`.
#[must_use]
pub fn error_response(error: &ServiceError) -> WireResponse {
    let mut body = serde_json::Map::new();
    body.insert("__type".to_owned(), error.code.as_ref().into());
    body.insert("message".to_owned(), error.message.as_str().into());
    for (name, value) in &error.fields {
        body.insert((*name).to_owned(), value.as_str().into());
    }
    WireResponse::new(error.status, CONTENT_TYPE, serde_json::Value::Object(body).to_string())
        .header("x-amzn-errortype", &error.code)
}
