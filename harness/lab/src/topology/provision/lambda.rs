//! The function that transforms: its code is the lab's own plug, so what is uploaded is a name.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use serde_json::json;

use super::{ProvisionError, Provisioned, Site, role};
use crate::topology::{Names, Step};

/// An archive without files: the end-of-central-directory record alone.
const EMPTY_ZIP: [u8; 22] =
    [b'P', b'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/// The function's role, and `aws lambda create-function`, with the longer timeout that the author
/// of the pipeline sets.
pub(super) fn create(site: &Site<'_>, done: &mut Provisioned) -> Result<(), ProvisionError> {
    let (step, master) = (Step::Function, site.master());
    if !site.plan.has(step) {
        return Ok(());
    }
    role::create(site, &master, &role::FUNCTION, done)?;
    let mut body = json!({
        "FunctionName": Names::FUNCTION,
        "Role": site.plan.names.role_arn(Names::FUNCTION_ROLE),
        "Runtime": "python3.13",
        "Handler": "lambda_function.cloudwatch_handler",
        "Timeout": 300,
        "MemorySize": 512,
        "Code": { "ZipFile": STANDARD.encode(EMPTY_ZIP) },
    });
    if let Some(mark) = site.mark() {
        body["Tags"] = mark.json_map();
    }
    let calls = site.calls(master.account)?;
    let outcome = calls.rest("lambda", Method::POST, "/2015-03-31/functions", Some(&body));
    site.note(done, step, master.account, "CreateFunction", outcome)?;
    Ok(())
}
