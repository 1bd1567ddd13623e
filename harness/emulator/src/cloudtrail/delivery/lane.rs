//! What a trail writes to its bucket for one Region.

use tributary_vocabulary::Timestamp;

use super::file::LogFile;

/// What a trail writes to its bucket for one Region.
#[derive(Debug, Default)]
pub(in crate::cloudtrail) struct Lane {
    /// The log file that is being filled.
    pub(in crate::cloudtrail) file: Option<LogFile>,
    /// How many were closed before it.
    pub(in crate::cloudtrail) files: u64,
    /// The log files that no digest file lists yet.
    pub(super) unlisted: Vec<Written>,
    /// The digest file before the next.
    pub(super) previous: Option<Previous>,
}

impl Lane {
    /// Ends the chain of digest files: the next one begins a new chain.
    pub(in crate::cloudtrail) fn forget_digests(&mut self) {
        self.unlisted.clear();
        self.previous = None;
    }
}

/// A log file in the bucket.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) bucket: String,
    pub(super) key: String,
    pub(super) hash: String,
    pub(super) oldest: Timestamp,
    pub(super) newest: Timestamp,
}

/// A digest file in the bucket.
#[derive(Debug, Clone)]
pub(super) struct Previous {
    pub(super) bucket: String,
    pub(super) key: String,
    pub(super) hash: String,
    pub(super) signature: String,
}
