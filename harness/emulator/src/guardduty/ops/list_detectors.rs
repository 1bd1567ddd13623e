//! ListDetectors (guardduty reference, §7).

use serde_json::json;

use super::{page, query_max_results};
use crate::kernel::{Access, Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// Lists the id of the account's detector in the Region, if it has one.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let most = query_max_results(request)?;
    let arn = crate::kernel::arn("guardduty", &caller.region, caller.account, "detector/*");
    world.authorize(caller, Access::to("guardduty:ListDetectors", &arn))?;
    let own = world.guardduty.detector(caller.account, &caller.region);
    let ids: Vec<&str> = own.map(|detector| detector.id.as_str()).into_iter().collect();
    let (ids, _) = page(ids, request.parameter("nextToken"), most)?;
    json_response(200, &json!({ "detectorIds": ids }))
}
