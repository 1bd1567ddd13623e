//! The names of buckets and keys.

use crate::kernel::ServiceError;

/// The longest key, in bytes of UTF-8.
const KEY_MAX_BYTES: usize = 1024;

/// Whether a bucket may have this name (S3 user guide, bucket naming rules).
///
/// # Errors
/// `InvalidBucketName`.
pub(crate) fn check_bucket(name: &str) -> Result<(), ServiceError> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = name.as_bytes();
    let ends =
        bytes.first().copied().is_some_and(plain) && bytes.last().copied().is_some_and(plain);
    let characters = bytes.iter().all(|byte| plain(*byte) || matches!(byte, b'-' | b'.'));
    let address = name.split('.').count() == 4
        && name.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    let prefixes = ["xn--", "sthree-", "amzn-s3-demo-"];
    let suffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];
    let reserved = prefixes.iter().any(|prefix| name.starts_with(prefix))
        || suffixes.iter().any(|suffix| name.ends_with(suffix));
    let length = (3..=63).contains(&name.len());
    if length && ends && characters && !name.contains("..") && !address && !reserved {
        return Ok(());
    }
    Err(ServiceError::client("InvalidBucketName", "The specified bucket is not valid.")
        .field("BucketName", name))
}

/// Whether an object may have this key.
///
/// # Errors
/// `KeyTooLongError`.
pub(super) fn check_key(key: &str) -> Result<(), ServiceError> {
    if key.len() <= KEY_MAX_BYTES {
        return Ok(());
    }
    Err(ServiceError::client("KeyTooLongError", "Your key is too long")
        .field("Size", key.len().to_string())
        .field("MaxSizeAllowed", KEY_MAX_BYTES.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_the_rules_of_bucket_names() {
        let good = ["demo-logs-s3", "abc", "a.b.c", "1-2", &"a".repeat(63)];
        for name in good {
            assert_eq!(check_bucket(name), Ok(()), "{name}");
        }
        let bad = [
            "ab",
            "Demo",
            "a_b",
            "-ab",
            "ab-",
            "a..b",
            "192.168.5.4",
            "xn--a",
            "a-s3alias",
            "",
            &"a".repeat(64),
        ];
        for name in bad {
            assert!(check_bucket(name).is_err(), "{name}");
        }
    }
}
