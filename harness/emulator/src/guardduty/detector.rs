//! Detectors.

use std::collections::BTreeMap;

use tributary_vocabulary::{AccountId, Region, Timestamp};

use super::features::Features;
use super::filter::Filter;
use super::findings::Findings;
use super::member::{Administrator, Member, Relationship};
use crate::kernel::{World, arn};

/// The frequencies at which updates of findings are published.
pub(super) const FREQUENCIES: &[&str] = &["FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"];

/// A detector.
#[derive(Debug)]
pub(super) struct Detector {
    /// 32 hexadecimal digits.
    pub(super) id: String,
    /// When it was made.
    pub(super) created: Timestamp,
    /// When it was last changed.
    pub(super) updated: Timestamp,
    /// Whether it makes findings.
    pub(super) is_enabled: bool,
    /// One of [`FREQUENCIES`].
    pub(super) frequency: String,
    /// What it looks at.
    pub(super) features: Features,
    /// Its tags.
    pub(super) tags: BTreeMap<String, String>,
    /// Whom its account administers.
    pub(super) members: BTreeMap<AccountId, Member>,
    /// Who administers its account.
    pub(super) administrator: Option<Administrator>,
    /// Its filters, by name.
    pub(super) filters: BTreeMap<String, Filter>,
    /// Its findings.
    pub(super) findings: Findings,
}

impl Detector {
    /// Its ARN.
    pub(super) fn arn(&self, account: AccountId, region: &Region) -> String {
        arn("guardduty", region, account, &format!("detector/{}", self.id))
    }

    /// Whether members of it are enabled.
    pub(super) fn has_enabled_members(&self) -> bool {
        self.members.values().any(|member| member.relationship == Relationship::Enabled)
    }
}

/// The administrator to whose detector an account's findings go: the two are associated, and both
/// detectors are enabled.
pub(super) fn administrator(
    world: &World,
    account: AccountId,
    region: &Region,
) -> Option<AccountId> {
    let own = world.guardduty.detector(account, region)?;
    let administrator = own.administrator.as_ref()?.account;
    let detector = world.guardduty.detector(administrator, region)?;
    let member = detector.members.get(&account)?;
    (detector.is_enabled && member.relationship == Relationship::Enabled).then_some(administrator)
}

/// The frequency that governs an account: its administrator's, else its own.
pub(super) fn frequency(world: &World, account: AccountId, region: &Region) -> String {
    let governing = administrator(world, account, region).unwrap_or(account);
    let detector = world.guardduty.detector(governing, region);
    detector.map(|detector| detector.frequency.clone()).unwrap_or_default()
}
