//! The keys of log files and digest files (S3 reference, CloudTrail delivery layout).

use tributary_vocabulary::{Region, Timestamp};

use crate::cloudtrail::trail::TrailKey;

/// `[prefix/]AWSLogs/ACCOUNT/KIND/REGION/YYYY/MM/DD/`.
fn folder(
    trail: &TrailKey,
    prefix: Option<&str>,
    kind: &str,
    region: &Region,
    at: Timestamp,
) -> String {
    let prefix = prefix.map_or_else(String::new, |prefix| format!("{prefix}/"));
    let day = at.format("%Y/%m/%d");
    format!("{prefix}AWSLogs/{}/{kind}/{region}/{day}/", trail.account)
}

/// The key of a log file that is made at this time; `end` are 16 letters and digits.
pub(super) fn of_file(
    trail: &TrailKey,
    prefix: Option<&str>,
    region: &Region,
    at: Timestamp,
    end: &str,
) -> String {
    format!(
        "{}{}_CloudTrail_{region}_{}_{end}.json.gz",
        folder(trail, prefix, "CloudTrail", region, at),
        trail.account,
        at.format("%Y%m%dT%H%MZ"),
    )
}

/// The key of the digest file of a period that ends at this time.
pub(super) fn of_digest(
    trail: &TrailKey,
    prefix: Option<&str>,
    region: &Region,
    end: Timestamp,
) -> String {
    format!(
        "{}{}_CloudTrail-Digest_{region}_{}_{}_{}.json.gz",
        folder(trail, prefix, "CloudTrail-Digest", region, end),
        trail.account,
        trail.name,
        trail.region,
        end.format("%Y%m%dT%H%M%SZ"),
    )
}

/// A key as a log file would have it now: what the bucket's policy is asked about beforehand.
pub(in crate::cloudtrail) fn probe_key(
    trail: &TrailKey,
    prefix: Option<&str>,
    now: Timestamp,
) -> String {
    of_file(trail, prefix, &trail.region, now, "AAAAAAAAAAAAAAAA")
}

#[cfg(test)]
mod tests {
    use tributary_vocabulary::AccountId;

    use super::*;

    #[test]
    fn keys_are_laid_out_as_aws_lays_them_out() {
        let home: Region = "us-east-1".parse().expect("a Region");
        let trail = TrailKey::new(AccountId::repeated(1), &home, "demo");
        let at = Timestamp::DEFAULT_EPOCH.plus_s(65);
        assert_eq!(
            of_file(&trail, None, &Region::us_west_2(), at, "abcdefghijklmnop"),
            "AWSLogs/111111111111/CloudTrail/us-west-2/2026/01/01/\
             111111111111_CloudTrail_us-west-2_20260101T0001Z_abcdefghijklmnop.json.gz"
        );
        assert_eq!(
            of_digest(&trail, Some("p/q"), &Region::us_west_2(), at),
            "p/q/AWSLogs/111111111111/CloudTrail-Digest/us-west-2/2026/01/01/\
             111111111111_CloudTrail-Digest_us-west-2_demo_us-east-1_20260101T000105Z.json.gz"
        );
    }
}
