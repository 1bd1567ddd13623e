//! The function that transforms: its code is the lab's own plug, so what is uploaded is a name.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::Method;
use serde_json::json;

use super::{ProvisionError, Site};
use crate::door::SignedCall;
use crate::topology::Names;

/// An archive without files: the end-of-central-directory record alone.
const EMPTY_ZIP: [u8; 22] =
    [b'P', b'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/// `aws lambda create-function`, with the longer timeout that the author of the pipeline sets.
pub(super) fn create(site: &Site<'_>) -> Result<(), ProvisionError> {
    let names = &site.plan.names;
    let body = json!({
        "FunctionName": Names::FUNCTION,
        "Role": names.role_arn(Names::FUNCTION_ROLE),
        "Runtime": "python3.13",
        "Handler": "lambda_function.cloudwatch_handler",
        "Timeout": 300,
        "MemorySize": 512,
        "Code": { "ZipFile": STANDARD.encode(EMPTY_ZIP) },
    });
    site.signed()
        .send(&SignedCall {
            service: "lambda",
            method: Method::POST,
            url: format!("https://lambda.{}.amazonaws.com/2015-03-31/functions", names.region),
            content_type: "application/json",
            body: Bytes::from(body.to_string()),
        })?
        .success("CreateFunction")?;
    Ok(())
}
