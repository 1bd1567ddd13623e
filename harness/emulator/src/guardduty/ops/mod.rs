//! The operations, one in a file; and what they have in common.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tributary_vocabulary::AccountId;

use super::detector::Detector;
use super::error::{bad_request, invalid, missing, not_owned};
use super::member::Unprocessed;
use super::state::Place;
use crate::kernel::{Access, Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

pub mod accept_invitation;
mod archive;
pub mod archive_findings;
pub mod create_detector;
pub mod create_filter;
pub mod create_members;
pub mod create_sample_findings;
pub mod decline_invitations;
pub mod delete_detector;
pub mod delete_filter;
pub mod delete_invitations;
pub mod delete_members;
pub mod disassociate_from_administrator;
pub mod disassociate_members;
pub mod get_administrator;
pub mod get_detector;
pub mod get_filter;
pub mod get_findings;
pub mod get_findings_statistics;
pub mod get_invitations_count;
pub mod get_members;
pub mod invite_members;
pub mod list_detectors;
pub mod list_filters;
pub mod list_findings;
pub mod list_invitations;
pub mod list_members;
pub mod list_tags_for_resource;
mod monitoring;
pub mod start_monitoring_members;
pub mod stop_monitoring_members;
pub mod tag_resource;
pub mod unarchive_findings;
pub mod untag_resource;
pub mod update_detector;
pub mod update_filter;
pub mod update_findings_feedback;

/// The body as the operation's input.
///
/// # Errors
/// `BadRequestException` when it is not.
fn body<T: DeserializeOwned>(request: &RestRequest<'_>) -> Result<T, ServiceError> {
    request.json().map_err(|error| {
        bad_request(format!(
            "The request is rejected because the body cannot be read: {}",
            error.message
        ))
    })
}

/// The answer `{}`.
fn nothing() -> Result<WireResponse, ServiceError> {
    json_response(200, &json!({}))
}

/// The answer of operations on several accounts.
fn unprocessed(accounts: &[Unprocessed]) -> Result<WireResponse, ServiceError> {
    json_response(200, &json!({ "unprocessedAccounts": accounts }))
}

/// Where the detector of the path lies, once the policies allow `action` on it.
///
/// # Errors
/// `BadRequestException` for an id that is none or somebody else's, `AccessDeniedException`.
fn place(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
    action: &str,
) -> Result<Place, ServiceError> {
    let id = request.label("DetectorId");
    if id.len() != 32 || !id.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(invalid("detectorId"));
    }
    let arn =
        crate::kernel::arn("guardduty", &caller.region, caller.account, &format!("detector/{id}"));
    world.authorize(caller, Access::to(action, &arn))?;
    let place = (caller.account, caller.region.clone());
    let owned = world.guardduty.detectors.get(&place).is_some_and(|detector| detector.id == id);
    if owned { Ok(place) } else { Err(not_owned()) }
}

/// The detector of the path, once the policies allow `action` on it.
///
/// # Errors
/// Those of [`place`].
fn detector<'w>(
    world: &'w mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
    action: &str,
) -> Result<&'w mut Detector, ServiceError> {
    let place = place(world, caller, request, action)?;
    at(world, &place)
}

/// The detector that lies there.
fn at<'w>(world: &'w mut World, place: &Place) -> Result<&'w mut Detector, ServiceError> {
    world.guardduty.detectors.get_mut(place).ok_or_else(not_owned)
}

/// Which accounts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Accounts {
    account_ids: Option<Vec<String>>,
}

/// The accounts of a list of 1 to 50.
///
/// # Errors
/// `BadRequestException`.
fn accounts(ids: Option<&Vec<String>>) -> Result<Vec<AccountId>, ServiceError> {
    let ids = ids.ok_or_else(|| missing("accountIds"))?;
    if ids.is_empty() || ids.len() > 50 {
        return Err(invalid("accountIds"));
    }
    ids.iter().map(|id| id.parse().map_err(|_| invalid("accountIds"))).collect()
}

/// The accounts of the body.
fn body_accounts(request: &RestRequest<'_>) -> Result<Vec<AccountId>, ServiceError> {
    let input: Accounts = body(request)?;
    accounts(input.account_ids.as_ref())
}

/// Tags as a body gives them.
fn tags(value: Option<&Value>) -> Result<std::collections::BTreeMap<String, String>, ServiceError> {
    let Some(value) = value.filter(|value| !value.is_null()) else { return Ok([].into()) };
    let tags = value.as_object().ok_or_else(|| invalid("tags"))?;
    let fits = |key: &str, value: &str| {
        (1..=128).contains(&key.chars().count())
            && !key.starts_with("aws:")
            && value.chars().count() <= 256
    };
    if tags.len() > 200 {
        return Err(invalid("tags"));
    }
    tags.iter()
        .map(|(key, value)| {
            let value = value.as_str().filter(|value| fits(key, value));
            value.map(|value| (key.clone(), value.to_owned())).ok_or_else(|| invalid("tags"))
        })
        .collect()
}

/// `maxResults`, from the query or a body: 1 to 50.
fn max_results(given: Option<i64>) -> Result<usize, ServiceError> {
    let given = given.unwrap_or(50);
    let most = usize::try_from(given).ok().filter(|most| (1..=50).contains(most));
    most.ok_or_else(|| invalid("maxResults"))
}

/// `maxResults` of the query.
fn query_max_results(request: &RestRequest<'_>) -> Result<usize, ServiceError> {
    match request.parameter("maxResults") {
        None => max_results(None),
        Some(text) => max_results(Some(text.parse().map_err(|_| invalid("maxResults"))?)),
    }
}

/// A page of a list whose `nextToken` is the place at which it goes on.
fn page<T>(
    items: Vec<T>,
    token: Option<&str>,
    most: usize,
) -> Result<(Vec<T>, Option<String>), ServiceError> {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as CODE;
    let start = match token.filter(|token| !token.is_empty()) {
        None => 0,
        Some(token) => {
            let text = CODE.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            let number = text.as_deref().and_then(|text| text.strip_prefix("from:")?.parse().ok());
            number.ok_or_else(|| invalid("nextToken"))?
        }
    };
    let total = items.len();
    let shown: Vec<T> = items.into_iter().skip(start).take(most).collect();
    let end = start + shown.len();
    let next = (end < total && !shown.is_empty()).then(|| CODE.encode(format!("from:{end}")));
    Ok((shown, next))
}
