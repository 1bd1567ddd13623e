//! CreateMembers (guardduty reference, §7).

use serde::Deserialize;

use super::{at, body, place, unprocessed};
use crate::guardduty::error::{invalid, missing, rejected};
use crate::guardduty::member::{Member, Relationship, Unprocessed};
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestRequest;

/// Which accounts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Input {
    account_details: Option<Vec<AccountDetail>>,
}

/// An account and the address of its root.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct AccountDetail {
    account_id: Option<String>,
    email: Option<String>,
}

/// Makes accounts members that are still to be invited.
///
/// # Errors
/// `BadRequestException`, `AccessDeniedException`.
pub(in super::super) fn call(
    world: &mut World,
    caller: &Caller,
    request: &RestRequest<'_>,
) -> Result<WireResponse, ServiceError> {
    let input: Input = body(request)?;
    let details = input.account_details.ok_or_else(|| missing("accountDetails"))?;
    if details.is_empty() || details.len() > 50 {
        return Err(invalid("accountDetails"));
    }
    let mut wanted = Vec::with_capacity(details.len());
    for detail in details {
        let account = detail.account_id.unwrap_or_default();
        let account = account.parse().map_err(|_| invalid("accountId"))?;
        let email = detail.email.filter(|email| (6..=64).contains(&email.len()));
        let email = email.filter(|email| email.contains('@'));
        wanted.push((account, email.ok_or_else(|| invalid("email"))?));
    }
    let place = place(world, caller, request, "guardduty:CreateMembers")?;
    let (now, most) = (world.now, world.settings.guardduty.members_max);
    let detector = at(world, &place)?;
    if detector.administrator.is_some() {
        return Err(rejected("the current account is a member account and cannot have members."));
    }
    let mut left_out = Vec::new();
    for (account, email) in wanted {
        let because = if account == place.0 {
            "the account cannot be a member of itself."
        } else if detector.members.contains_key(&account) {
            "the account is already a member of the current account."
        } else if detector.members.len() >= most {
            "the current account has as many members as it may have."
        } else {
            let member = Member {
                account,
                email,
                detector_id: None,
                relationship: Relationship::Created,
                invited: None,
                updated: now,
            };
            detector.members.insert(account, member);
            continue;
        };
        left_out.push(Unprocessed::new(account, because));
    }
    let arn = detector.arn(place.0, &place.1);
    world.trace("guardduty.members", &arn, b"created");
    unprocessed(&left_out)
}
