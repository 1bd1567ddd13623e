//! Which stream an operation is about: by name in the caller's account, or by ARN.

use tributary_vocabulary::AccountId;

use crate::kernel::{ArnParts, Caller, ServiceError, Validation, arn};

/// The characters of names of streams and shards, in AWS's words.
const NAME_PATTERN: &str = "[a-zA-Z0-9_.-]+";

/// The stream that an operation names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// Its ARN.
    pub(crate) arn: String,
    /// The account that it would belong to.
    pub(crate) account: AccountId,
    name_at: usize,
}

impl Target {
    /// The stream's name.
    pub(crate) fn name(&self) -> &str {
        &self.arn[self.name_at..]
    }

    /// `ResourceNotFoundException` in AWS's words.
    pub(crate) fn not_found(&self) -> ServiceError {
        not_found(format!("Stream {} under account {} not found.", self.name(), self.account))
    }
}

/// `ResourceNotFoundException`.
pub(crate) fn not_found(message: impl Into<String>) -> ServiceError {
    ServiceError::client("ResourceNotFoundException", message)
}

/// `InvalidArgumentException`.
pub(crate) fn invalid_argument(message: impl Into<String>) -> ServiceError {
    ServiceError::client("InvalidArgumentException", message)
}

/// Checks the shape of a name of a stream or shard.
pub(crate) fn check_name(validation: &mut Validation, path: &str, name: &str) {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    if name.is_empty() {
        // The service reports both failures of an empty name.
        let constraint = format!("Member must satisfy regular expression pattern: {NAME_PATTERN}");
        validation.fail(path, &name, &constraint);
    }
    validation.pattern(path, name, NAME_PATTERN, allowed);
    validation.length(path, name, 1, 128);
}

/// Checks the shape of a stream's ARN.
pub(crate) fn check_arn(validation: &mut Validation, path: &str, text: &str) {
    if split_arn(text).is_none() {
        let pattern = r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+";
        let constraint = format!("Member must satisfy regular expression pattern: {pattern}");
        validation.fail(path, &text, &constraint);
    }
    validation.length(path, text, 1, 2048);
}

/// Checks the shape of what names a stream.
pub(crate) fn check_target(validation: &mut Validation, name: Option<&str>, arn: Option<&str>) {
    if let Some(name) = name {
        check_name(validation, "streamName", name);
    }
    if let Some(arn) = arn {
        check_arn(validation, "streamARN", arn);
    }
}

/// The account, Region and name in a stream's ARN.
fn split_arn(text: &str) -> Option<(AccountId, &str, &str)> {
    let parts = ArnParts::split(text)?;
    let name = parts.resource.strip_prefix("stream/")?;
    let fits = parts.partition.starts_with("aws")
        && parts.service == "kinesis"
        && !name.is_empty()
        && !name.contains(char::is_whitespace);
    fits.then(|| parts.account_id()).flatten().map(|account| (account, parts.region, name))
}

/// The stream that a caller names by name (in its own account), by ARN, or by both.
///
/// Which error AWS gives when neither is there, or when they differ, is not known; the wording of
/// ListShards is followed. An ARN of another Region names nothing here, as at AWS's endpoints.
pub(crate) fn target(
    caller: &Caller,
    name: Option<&str>,
    stream_arn: Option<&str>,
) -> Result<Target, ServiceError> {
    let Some(text) = stream_arn else {
        let Some(name) = name else {
            return Err(invalid_argument("Either StreamName or StreamARN should be provided."));
        };
        let resource = format!("stream/{name}");
        let arn = arn("kinesis", &caller.region, caller.account, &resource);
        return Ok(Target { name_at: arn.len() - name.len(), arn, account: caller.account });
    };
    let Some((account, region, named)) = split_arn(text) else {
        return Err(invalid_argument(format!("'{text}' is not the ARN of a stream.")));
    };
    if name.is_some_and(|name| name != named) {
        return Err(invalid_argument(format!(
            "StreamName {} and StreamARN {text} name different streams; give one of them.",
            name.unwrap_or_default()
        )));
    }
    let target = Target { arn: text.to_owned(), account, name_at: text.len() - named.len() };
    if region == caller.region.as_str() { Ok(target) } else { Err(target.not_found()) }
}

/// The stream whose ARN an operation takes as `ResourceARN`, once its input's shape is right.
pub(crate) fn resource(
    caller: &Caller,
    resource_arn: Option<&str>,
    check: impl FnOnce(&mut Validation),
) -> Result<Target, ServiceError> {
    let mut validation = Validation::new();
    validation.required("resourceARN", resource_arn.as_ref());
    if let Some(text) = resource_arn {
        check_arn(&mut validation, "resourceARN", text);
    }
    check(&mut validation);
    validation.finish()?;
    target(caller, None, resource_arn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tributary_vocabulary::Region;

    fn caller() -> Caller {
        Caller::root(AccountId::repeated(2), Region::us_west_2())
    }

    #[test]
    fn a_name_is_looked_up_in_the_callers_account_and_an_arn_anywhere() {
        let by_name = target(&caller(), Some("RootStream"), None).expect("a name");
        assert_eq!(by_name.arn, "arn:aws:kinesis:us-west-2:222222222222:stream/RootStream");
        assert_eq!(by_name.name(), "RootStream");
        let text = "arn:aws:kinesis:us-west-2:111111111111:stream/x";
        let by_arn = target(&caller(), None, Some(text)).expect("an ARN");
        assert_eq!((by_arn.account, by_arn.name()), (AccountId::repeated(1), "x"));
        assert_eq!(by_arn.not_found().message, "Stream x under account 111111111111 not found.");
        for (name, arn) in [(None, None), (Some("y"), Some(text)), (None, Some("arn:aws:s3:::b"))] {
            let error = target(&caller(), name, arn).expect_err("no stream");
            assert_eq!(error.code, "InvalidArgumentException");
        }
        let elsewhere = "arn:aws:kinesis:eu-west-1:111111111111:stream/x";
        let error = target(&caller(), None, Some(elsewhere)).expect_err("another Region");
        assert_eq!(error.code, "ResourceNotFoundException");
    }

    #[test]
    fn names_are_checked_in_the_services_words() {
        let mut validation = Validation::new();
        check_target(&mut validation, Some(""), Some("arn:x"));
        let sentence = validation.sentence().unwrap_or_default();
        assert!(sentence.starts_with("3 validation errors detected: Value '' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; Value '' at 'streamName' failed to satisfy constraint: Member must have length greater than or equal to 1; Value 'arn:x' at 'streamARN'"), "{sentence}");
    }
}
