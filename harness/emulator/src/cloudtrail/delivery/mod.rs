//! How a trail delivers: records to its log group at once, log files and digest files to its bucket.

mod bucket;
mod digest;
mod file;
mod key;
mod lane;
mod logs;

pub(super) use bucket::{buffer, write_all_files, write_file};
pub(super) use digest::{arm as arm_digests, write_digests};
pub(super) use file::Packer;
pub(super) use key::probe_key;
pub(super) use lane::Lane;
pub(super) use logs::{PERMISSION_TEXT, Refusal, TRUST_TEXT, to_log_group};

use tributary_vocabulary::Timestamp;

/// A time as records and digest files write it.
fn iso(at: Timestamp) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ")
}
