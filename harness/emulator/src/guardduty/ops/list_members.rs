//! ListMembers (guardduty reference, §7).

use serde_json::{Value, json};

use super::{at, page, place, query_max_results};
use crate::guardduty::error::invalid;
use crate::guardduty::member::Relationship;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// Lists members: those that were invited, or all (`onlyAssociated=false`).
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let most = query_max_results(request)?;
    let only_associated = match request.parameter("onlyAssociated") {
        None => true,
        Some(text) if text.eq_ignore_ascii_case("true") => true,
        Some(text) if text.eq_ignore_ascii_case("false") => false,
        Some(_) => return Err(invalid("onlyAssociated")),
    };
    let place = place(world, caller, request, "guardduty:ListMembers")?;
    let members = at(world, &place)?.members.values();
    let shown = members.filter(|member| {
        let apart = matches!(
            member.relationship,
            Relationship::Created | Relationship::Removed | Relationship::Resigned
        );
        !(only_associated && apart)
    });
    let shown: Vec<Value> = shown.map(|member| member.json(place.0)).collect();
    let (members, next) = page(shown, request.parameter("nextToken"), most)?;
    json_response(200, &json!({ "members": members, "nextToken": next.unwrap_or_default() }))
}
