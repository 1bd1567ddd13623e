//! The forms in which a function may be named: its name, a part of its ARN, or the whole of it.

use crate::kernel::{Caller, ServiceError, Validation, arn};

/// What a name of a function has to look like, in AWS's words.
const PATTERN: &str = r"(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?";

/// A function that a call names; it need not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FunctionName {
    /// Its ARN without version or alias.
    pub(crate) arn: String,
    /// Its name.
    pub(crate) name: String,
    /// A version or alias, when one is named; `$LATEST` is none.
    pub(crate) qualifier: Option<String>,
}

impl FunctionName {
    /// Reads a name, a partial ARN (`ACCOUNT:function:NAME`, `function:NAME`) or an ARN.
    ///
    /// # Errors
    /// `ValidationException` when it has none of these forms.
    pub(crate) fn read(caller: &Caller, text: &str) -> Result<Self, ServiceError> {
        Self::parse(caller, text).ok_or_else(|| {
            let mut validation = Validation::new();
            let constraint = format!("Member must satisfy regular expression pattern: {PATTERN}");
            validation.fail("functionName", &text, &constraint);
            ServiceError::validation(validation.sentence().unwrap_or_default())
        })
    }

    fn parse(caller: &Caller, text: &str) -> Option<Self> {
        let mut rest = text;
        let (mut account, mut region) = (caller.account, caller.region.clone());
        if let Some(whole) = text.strip_prefix("arn:") {
            let (partition, after) = whole.split_once(":lambda:")?;
            if !partition.starts_with("aws") {
                return None;
            }
            let (named, after) = after.split_once(':')?;
            region = named.parse().ok()?;
            rest = after;
        }
        if let Some((digits, after)) = rest.split_once(":function:") {
            account = digits.parse().ok()?;
            rest = after;
        } else {
            rest = rest.strip_prefix("function:").unwrap_or(rest);
        }
        let (name, qualifier) = match rest.split_once(':') {
            Some((name, qualifier)) => (name, Some(qualifier)),
            None => (rest, None),
        };
        let is_word = |text: &str| {
            !text.is_empty()
                && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        };
        let fits = is_word(name) && qualifier.is_none_or(|text| text == "$LATEST" || is_word(text));
        fits.then(|| Self {
            arn: arn("lambda", &region, account, &format!("function:{name}")),
            name: name.to_owned(),
            qualifier: qualifier.filter(|text| *text != "$LATEST").map(str::to_owned),
        })
    }

    /// The same name with the qualifier of the query, when there is one.
    pub(crate) fn qualified(mut self, qualifier: Option<&str>) -> Self {
        if let Some(text) = qualifier.filter(|text| *text != "$LATEST") {
            self.qualifier = Some(text.to_owned());
        }
        self
    }

    /// `ResourceNotFoundException` in AWS's words.
    pub(crate) fn not_found(&self) -> ServiceError {
        let qualifier = self.qualifier.as_ref().map_or(String::new(), |text| format!(":{text}"));
        not_found(format!("Function not found: {}{qualifier}", self.arn))
    }
}

/// `ResourceNotFoundException`.
pub(crate) fn not_found(message: impl Into<String>) -> ServiceError {
    ServiceError::client("ResourceNotFoundException", message).status(404)
}

/// `InvalidParameterValueException`.
pub(crate) fn invalid_parameter(message: impl Into<String>) -> ServiceError {
    ServiceError::client("InvalidParameterValueException", message)
}

/// `ResourceConflictException`.
pub(crate) fn conflict(message: impl Into<String>) -> ServiceError {
    ServiceError::client("ResourceConflictException", message).status(409)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tributary_vocabulary::{AccountId, Region};

    #[test]
    fn all_forms_name_the_same_function() {
        let caller = Caller::root(AccountId::repeated(2), Region::us_west_2());
        let arn = "arn:aws:lambda:us-west-2:222222222222:function:f";
        for text in ["f", "function:f", "222222222222:function:f", arn, &format!("{arn}:$LATEST")] {
            let name = FunctionName::read(&caller, text).expect(text);
            assert_eq!((name.arn.as_str(), name.name.as_str()), (arn, "f"), "{text}");
            assert_eq!(name.qualifier, None);
        }
        let name = FunctionName::read(&caller, "f:live").expect("an alias");
        assert_eq!(name.qualifier.as_deref(), Some("live"));
        assert_eq!(name.not_found().message, format!("Function not found: {arn}:live"));
        for text in ["", "a b", "arn:aws:s3:::b", "f:", "1:function:f"] {
            let error = FunctionName::read(&caller, text).expect_err(text);
            assert_eq!(error.code, "ValidationException");
        }
    }
}
