//! What may be set of GuardDuty.

use std::collections::BTreeMap;

use tributary_vocabulary::{AccountId, HOUR_MS};

/// The settings of GuardDuty.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The e-mail addresses of accounts' roots, as far as they are known. An invitation that gives
    /// another one fails silently, as on AWS: the member becomes EmailVerificationFailed and gets no
    /// invitation. Of an account that is not here any address is right.
    pub emails: BTreeMap<AccountId, String>,
    /// How long findings are kept after their last update, in ms: 90 days.
    pub retention_ms: i64,
    /// Whether new activity takes an archived finding out of the archive; not verified.
    pub update_unarchives: bool,
    /// The members of an administrator by invitation at the most.
    pub members_max: usize,
    /// The filters of a detector at the most.
    pub filters_max: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            emails: BTreeMap::new(),
            retention_ms: 90 * 24 * HOUR_MS,
            update_unarchives: true,
            members_max: 5_000,
            filters_max: 100,
        }
    }
}
