//! The shapes of the service model (firehose reference, §2.1).

use crate::kernel::{ArnParts, Validation};

const REGEX: &str = "Member must satisfy regular expression pattern: ";

/// `RoleARN`.
pub(crate) fn role_arn(validation: &mut Validation, path: &str, value: &str) {
    validation.length(path, value, 1, 512);
    let role = ArnParts::split(value).filter(|arn| arn.service == "iam" && arn.region.is_empty());
    let good = role.is_some_and(|arn| {
        arn.account_id().is_some()
            && arn.resource.strip_prefix("role/").is_some_and(|name| {
                !name.is_empty()
                    && name.chars().all(|c| c.is_ascii_alphanumeric() || "_+=,.@-/".contains(c))
            })
    });
    if !good {
        let pattern = r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+";
        validation.fail(path, &value, &format!("{REGEX}{pattern}"));
    }
}

/// `BucketARN`.
pub(crate) fn bucket_arn(validation: &mut Validation, path: &str, value: &str) {
    validation.length(path, value, 1, 2048);
    let good = ArnParts::split(value).is_some_and(|arn| {
        arn.service == "s3"
            && (1..=255).contains(&arn.resource.len())
            && arn.resource.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c))
    });
    if !good {
        validation.fail(path, &value, &format!(r"{REGEX}arn:.*:s3:::[\w\.\-]{{1,255}}"));
    }
}

/// `AmazonopensearchserviceDomainARN`.
pub(crate) fn domain_arn(validation: &mut Validation, path: &str, value: &str) {
    validation.length(path, value, 1, 512);
    let domain = ArnParts::split(value)
        .filter(|arn| arn.service == "es" && arn.account_id().is_some())
        .and_then(|arn| arn.resource.strip_prefix("domain/"));
    let good = domain.is_some_and(|name| {
        (3..=28).contains(&name.len())
            && name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    });
    if !good {
        let pattern = r"arn:.*:es:[a-zA-Z0-9\-]+:\d{12}:domain/[a-z][-0-9a-z]{2,27}";
        validation.fail(path, &value, &format!("{REGEX}{pattern}"));
    }
}

/// `KinesisStreamARN`.
pub(crate) fn stream_arn(validation: &mut Validation, path: &str, value: &str) {
    validation.length(path, value, 1, 512);
    let stream = ArnParts::split(value)
        .filter(|arn| arn.service == "kinesis" && arn.account_id().is_some())
        .and_then(|arn| arn.resource.strip_prefix("stream/"));
    let good = stream.is_some_and(|name| !name.is_empty() && name.chars().all(is_name));
    if !good {
        let pattern = r"arn:.*:kinesis:[a-zA-Z0-9\-]+:\d{12}:stream/[a-zA-Z0-9_.-]+";
        validation.fail(path, &value, &format!("{REGEX}{pattern}"));
    }
}

/// `DeliveryStreamName`, which every operation requires.
pub(crate) fn stream_name(validation: &mut Validation, value: Option<&String>) {
    validation.required("deliveryStreamName", value);
    if let Some(name) = value {
        validation.length("deliveryStreamName", name, 1, 64);
        validation.pattern("deliveryStreamName", name, "[a-zA-Z0-9_.-]+", is_name);
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_.-".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(check: fn(&mut Validation, &str, &str), value: &str) -> bool {
        let mut validation = Validation::new();
        check(&mut validation, "p", value);
        validation.sentence().is_some()
    }

    #[test]
    fn arns_have_the_shapes_of_the_model() {
        assert!(!failed(role_arn, "arn:aws:iam::111111111111:role/service-role/fire.hose"));
        assert!(failed(role_arn, "arn:aws:iam::111111111111:user/x"));
        assert!(failed(role_arn, "arn:aws:iam::1:role/x"));
        assert!(!failed(bucket_arn, "arn:aws:s3:::demo-logs-s3"));
        assert!(failed(bucket_arn, "demo-logs-s3"));
        assert!(failed(bucket_arn, "arn:aws:s3:::demo/prefix"));
        assert!(!failed(domain_arn, "arn:aws:es:us-west-2:111111111111:domain/logs"));
        assert!(failed(domain_arn, "arn:aws:es:us-west-2:111111111111:domain/Logs"));
        assert!(!failed(stream_arn, "arn:aws:kinesis:us-west-2:111111111111:stream/a_b.c-1"));
        assert!(failed(stream_arn, "arn:aws:kinesis:us-west-2:111111111111:stream/"));
    }
}
