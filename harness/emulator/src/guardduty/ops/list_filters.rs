//! ListFilters (guardduty reference, §7).

use serde_json::json;

use super::{detector, page, query_max_results};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// Lists the names of filters, by their rank.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let most = query_max_results(request)?;
    let detector = detector(world, caller, request, "guardduty:ListFilters")?;
    let mut filters: Vec<_> = detector.filters.iter().collect();
    filters.sort_by_key(|(_, filter)| filter.rank);
    let names: Vec<&String> = filters.into_iter().map(|(name, _)| name).collect();
    let (names, next) = page(names, request.parameter("nextToken"), most)?;
    json_response(200, &json!({ "filterNames": names, "nextToken": next.unwrap_or_default() }))
}
