//! What lies in the bucket of the trails: log files, beside digest files.

use serde::Deserialize;
use serde_json::value::RawValue;
use tributary_transform::inflate;

use super::Ledger;

/// The log files of all trails, read again.
#[derive(Debug, Default)]
pub(crate) struct Trails {
    pub(crate) files: u64,
    pub(crate) records: u64,
    /// Records that are there more than once.
    pub(crate) twice: u64,
    /// Objects that are neither log file nor digest.
    pub(crate) unreadable: u64,
}

#[derive(Deserialize)]
struct LogFile<'a> {
    #[serde(borrow, rename = "Records")]
    records: Vec<&'a RawValue>,
}

impl Trails {
    /// Reads an object, and marks the events in it. Digest files are left aside.
    pub(crate) fn object(&mut self, ledger: &mut Ledger, key: &str, body: &[u8]) {
        if key.contains("/CloudTrail-Digest/") || body.is_empty() {
            return;
        }
        let json = inflate(body);
        let file =
            json.as_deref().and_then(|json| serde_json::from_slice::<LogFile<'_>>(json).ok());
        let Some(file) = file else {
            self.unreadable += 1;
            return;
        };
        self.files += 1;
        for record in file.records {
            self.records += 1;
            if let Some(entry) = ledger.entry_of(record.get()) {
                let entry = &mut ledger.entries[entry as usize];
                self.twice += u64::from(entry.archived);
                entry.archived = true;
            }
        }
    }
}
