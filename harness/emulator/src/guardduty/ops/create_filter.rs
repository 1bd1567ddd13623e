//! CreateFilter (guardduty reference, §7).

use serde::Deserialize;
use serde_json::{Value, json};

use super::{at, body, place, tags};
use crate::guardduty::criteria::Criteria;
use crate::guardduty::detector::Detector;
use crate::guardduty::error::{invalid, missing, rejected};
use crate::guardduty::filter::Filter;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::{RestRequest, json_response};

/// The filter.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Input {
    name: Option<String>,
    description: Option<String>,
    action: Option<String>,
    rank: Option<i64>,
    finding_criteria: Option<Value>,
    tags: Option<Value>,
}

/// Saves criteria as a filter; one with the action ARCHIVE suppresses what matches.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let input: Input = body(request)?;
    let name = input.name.ok_or_else(|| missing("name"))?;
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if !(3..=64).contains(&name.len()) || !name.chars().all(word) {
        return Err(invalid("name"));
    }
    let given = input.finding_criteria.ok_or_else(|| missing("findingCriteria"))?;
    let criteria = Criteria::read(Some(&given))?;
    let archives = archives(input.action.as_deref())?;
    let tags = tags(input.tags.as_ref())?;
    let place = place(world, caller, request, "guardduty:CreateFilter")?;
    let most = world.settings.guardduty.filters_max;
    let detector = at(world, &place)?;
    if detector.filters.contains_key(&name) {
        return Err(rejected("a filter with the given name already exists."));
    }
    if detector.filters.len() >= most {
        return Err(rejected("the current account has as many filters as it may have."));
    }
    let description = input.description.unwrap_or_default();
    let rank = detector.filters.len() + 1;
    let filter = Filter { description, archives, rank, given, criteria, tags };
    detector.filters.insert(name.clone(), filter);
    let wanted = input.rank.unwrap_or(1);
    rerank(detector, &name, wanted)?;
    let arn = format!("{}/filter/{name}", detector.arn(place.0, &place.1));
    world.trace("guardduty.filter", &arn, b"");
    json_response(200, &json!({ "name": name }))
}

/// Whether a filter of this action archives.
pub(super) fn archives(action: Option<&str>) -> Result<bool, ServiceError> {
    match action {
        None | Some("NOOP") => Ok(false),
        Some("ARCHIVE") => Ok(true),
        Some(_) => Err(invalid("action")),
    }
}

/// Gives a filter this place among the others, which make room.
pub(super) fn rerank(detector: &mut Detector, name: &str, rank: i64) -> Result<(), ServiceError> {
    let count = detector.filters.len();
    let rank = usize::try_from(rank).ok().filter(|rank| (1..=100).contains(rank));
    let rank = rank.ok_or_else(|| invalid("rank"))?.min(count);
    let mut names: Vec<(usize, String)> = detector
        .filters
        .iter()
        .filter(|(other, _)| *other != name)
        .map(|(other, filter)| (filter.rank, other.clone()))
        .collect();
    names.sort();
    names.insert((rank - 1).min(names.len()), (rank, name.to_owned()));
    for (place, (_, name)) in names.into_iter().enumerate() {
        if let Some(filter) = detector.filters.get_mut(&name) {
            filter.rank = place + 1;
        }
    }
    Ok(())
}
