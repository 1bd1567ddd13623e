//! Members, administrators, and the invitations between them (guardduty reference, §7).

use serde::Serialize;
use serde_json::{Value, json};
use tributary_vocabulary::{AccountId, Timestamp};

/// How an administrator and a member stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relationship {
    /// The administrator knows of the account.
    Created,
    /// The account is invited.
    Invited,
    /// The e-mail address was not the account's.
    EmailVerificationFailed,
    /// The account accepted.
    Enabled,
    /// The administrator stopped its monitoring.
    Disabled,
    /// The administrator let it go.
    Removed,
    /// It left.
    Resigned,
}

impl Relationship {
    /// AWS's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Created => "Created",
            Self::Invited => "Invited",
            Self::EmailVerificationFailed => "EmailVerificationFailed",
            Self::Enabled => "Enabled",
            Self::Disabled => "Disabled",
            Self::Removed => "Removed",
            Self::Resigned => "Resigned",
        }
    }

    /// Whether the account has accepted and not left.
    pub(super) fn is_associated(self) -> bool {
        matches!(self, Self::Enabled | Self::Disabled)
    }
}

/// A member, as its administrator sees it.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// The account.
    pub(super) account: AccountId,
    /// The address that the administrator gave.
    pub(super) email: String,
    /// Its detector, once it accepted.
    pub(super) detector_id: Option<String>,
    /// How the two stand.
    pub(super) relationship: Relationship,
    /// When it was invited.
    pub(super) invited: Option<Timestamp>,
    /// When any of this last changed.
    pub(super) updated: Timestamp,
}

impl Member {
    /// As it is told of.
    pub(super) fn json(&self, administrator: AccountId) -> Value {
        let mut member = json!({
            "accountId": self.account.as_str(),
            "masterId": administrator.as_str(),
            "administratorId": administrator.as_str(),
            "email": self.email,
            "relationshipStatus": self.relationship.name(),
            "updatedAt": self.updated.to_string(),
        });
        if let Some(object) = member.as_object_mut() {
            if let Some(id) = &self.detector_id {
                object.insert("detectorId".to_owned(), id.as_str().into());
            }
            if let Some(invited) = self.invited {
                object.insert("invitedAt".to_owned(), invited.to_string().into());
            }
        }
        member
    }
}

/// An invitation that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Invitation {
    /// Its id.
    pub(super) id: String,
    /// When it was sent.
    pub(super) invited: Timestamp,
}

/// The administrator of an account, as the account sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Administrator {
    /// The account.
    pub(super) account: AccountId,
    /// The invitation that was accepted.
    pub(super) invitation: Invitation,
}

/// An invitation or an accepted one, as it is told of.
pub(super) fn invitation_json(by: AccountId, invitation: &Invitation, status: &str) -> Value {
    json!({
        "accountId": by.as_str(),
        "invitationId": invitation.id,
        "relationshipStatus": status,
        "invitedAt": invitation.invited.to_string(),
    })
}

/// An account of a call that was not dealt with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Unprocessed {
    /// The account.
    pub(super) account_id: String,
    /// Why.
    pub(super) result: String,
}

impl Unprocessed {
    pub(super) fn new(account: AccountId, because: &str) -> Self {
        Self {
            account_id: account.to_string(),
            result: format!("The request is rejected because {because}"),
        }
    }
}
