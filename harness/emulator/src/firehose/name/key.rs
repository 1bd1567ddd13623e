//! The keys of S3 objects (firehose reference, §6.2).

use tributary_vocabulary::Timestamp;

use crate::kernel::Ids;

/// What a key is made of, beside its prefix.
#[derive(Debug, Clone, Copy)]
pub struct KeyParts<'a> {
    /// The name of the delivery stream.
    pub stream: &'a str,
    /// Its `VersionId`.
    pub version: u64,
    /// When the oldest record of the object arrived.
    pub oldest: Timestamp,
    /// The suffix: a file extension, or that of the compression; empty for none.
    pub extension: &'a str,
}

/// `<prefix><stream>-<version>-<yyyy>-<MM>-<dd>-<HH>-<mm>-<ss>-<uuid><extension>`; the time is
/// that of the oldest record, in UTC.
#[must_use]
pub fn object_key(prefix: &str, parts: KeyParts<'_>, ids: &mut Ids) -> String {
    format!(
        "{prefix}{}-{}-{}-{}{}",
        parts.stream,
        parts.version,
        parts.oldest.format("%Y-%m-%d-%H-%M-%S"),
        ids.uuid(),
        parts.extension
    )
}

#[cfg(test)]
mod tests {
    use tributary_vocabulary::Seed;

    use super::*;

    #[test]
    fn has_the_form_of_the_captured_key() {
        let parts = KeyParts {
            stream: "my-stream",
            version: 9,
            oldest: "2025-03-04T11:48:32Z".parse().expect("a moment"),
            extension: ".gz",
        };
        let key =
            object_key("processing-failed/2025/03/04/11/", parts, &mut Ids::new(Seed::new(3)));
        let uuid = key
            .strip_prefix("processing-failed/2025/03/04/11/my-stream-9-2025-03-04-11-48-32-")
            .and_then(|rest| rest.strip_suffix(".gz"));
        assert_eq!(uuid.map(str::len), Some(36), "{key}");
    }
}
