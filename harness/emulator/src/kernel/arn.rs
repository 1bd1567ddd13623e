//! Amazon Resource Names.

use tributary_vocabulary::{AccountId, Region};

/// The parts of an ARN: `arn:partition:service:region:account:resource`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArnParts<'a> {
    /// Such as `aws`.
    pub partition: &'a str,
    /// Such as `kinesis`.
    pub service: &'a str,
    /// Such as `us-west-2`; empty where the service has no Regions.
    pub region: &'a str,
    /// The account's id; empty where the service leaves it out.
    pub account: &'a str,
    /// The rest, colons included.
    pub resource: &'a str,
}

impl<'a> ArnParts<'a> {
    /// Splits an ARN; `None` when it has not six parts or does not begin with `arn`.
    #[must_use]
    pub fn split(arn: &'a str) -> Option<Self> {
        let mut parts = arn.splitn(6, ':');
        if parts.next()? != "arn" {
            return None;
        }
        Some(Self {
            partition: parts.next()?,
            service: parts.next()?,
            region: parts.next()?,
            account: parts.next()?,
            resource: parts.next()?,
        })
    }

    /// The account, when the ARN names one.
    #[must_use]
    pub fn account_id(&self) -> Option<AccountId> {
        self.account.parse().ok()
    }
}

/// The ARN of a resource with Region and account.
#[must_use]
pub fn arn(service: &str, region: &Region, account: AccountId, resource: &str) -> String {
    format!("arn:aws:{service}:{region}:{account}:{resource}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_what_it_joins() {
        let text = arn("logs", &Region::us_west_2(), AccountId::repeated(1), "log-group:g:*");
        assert_eq!(text, "arn:aws:logs:us-west-2:111111111111:log-group:g:*");
        let parts = ArnParts::split(&text).expect("six parts");
        assert_eq!((parts.service, parts.resource), ("logs", "log-group:g:*"));
        assert_eq!(parts.account_id(), Some(AccountId::repeated(1)));
        assert_eq!(ArnParts::split("arn:aws:s3"), None);
        assert_eq!(ArnParts::split("urn:a:b:c:d:e"), None);
    }
}
