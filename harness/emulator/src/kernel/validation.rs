//! AWS's constraint failures: `N validation error(s) detected: Value 'V' at 'path' failed to …`.

use std::fmt::Display;

use super::ServiceError;

/// Gathers constraint failures of one request; AWS shows the first ten.
#[derive(Debug, Default)]
pub struct Validation {
    failures: Vec<String>,
}

impl Validation {
    /// One that has found nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A failure in AWS's form; `constraint` begins with `Member must`.
    pub fn fail(&mut self, path: &str, value: &dyn Display, constraint: &str) {
        self.failures.push(format!(
            "Value '{value}' at '{path}' failed to satisfy constraint: {constraint}"
        ));
    }

    /// The member has to be there; `None` is reported as AWS does, without quotes around null.
    pub fn required<T>(&mut self, path: &str, value: Option<&T>) {
        if value.is_none() {
            self.failures.push(format!(
                "Value null at '{path}' failed to satisfy constraint: Member must not be null"
            ));
        }
    }

    /// The text's length in characters has to lie within these bounds.
    pub fn length(&mut self, path: &str, value: &str, least: usize, most: usize) {
        let length = value.chars().count();
        if length < least {
            let constraint = format!("Member must have length greater than or equal to {least}");
            self.fail(path, &value, &constraint);
        } else if length > most {
            let constraint = format!("Member must have length less than or equal to {most}");
            self.fail(path, &value, &constraint);
        }
    }

    /// The number has to lie within these bounds.
    pub fn range(&mut self, path: &str, value: i64, least: i64, most: i64) {
        if value < least {
            let constraint = format!("Member must have value greater than or equal to {least}");
            self.fail(path, &value, &constraint);
        } else if value > most {
            let constraint = format!("Member must have value less than or equal to {most}");
            self.fail(path, &value, &constraint);
        }
    }

    /// The text has to be made of characters that `allowed` admits; `pattern` is AWS's own words.
    pub fn pattern(
        &mut self,
        path: &str,
        value: &str,
        pattern: &str,
        allowed: impl Fn(char) -> bool,
    ) {
        if !value.chars().all(allowed) {
            let constraint = format!("Member must satisfy regular expression pattern: {pattern}");
            self.fail(path, &value, &constraint);
        }
    }

    /// The text has to be one of these.
    pub fn one_of(&mut self, path: &str, value: &str, allowed: &[&str]) {
        if !allowed.contains(&value) {
            let constraint =
                format!("Member must satisfy enum value set: [{}]", allowed.join(", "));
            self.fail(path, &value, &constraint);
        }
    }

    /// The sentence of all failures, when there is one.
    #[must_use]
    pub fn sentence(&self) -> Option<String> {
        let count = self.failures.len();
        let shown = self.failures.iter().take(10).map(String::as_str).collect::<Vec<_>>();
        let noun = if count == 1 { "error" } else { "errors" };
        (count > 0).then(|| format!("{count} validation {noun} detected: {}", shown.join("; ")))
    }

    /// Nothing, or `ValidationException` with all failures.
    ///
    /// # Errors
    /// When a constraint failed.
    pub fn finish(self) -> Result<(), ServiceError> {
        self.finish_as("ValidationException")
    }

    /// Nothing, or all failures under the code that the service uses for them.
    ///
    /// # Errors
    /// When a constraint failed.
    pub fn finish_as(self, code: &'static str) -> Result<(), ServiceError> {
        match self.sentence() {
            Some(sentence) => Err(ServiceError::client(code, sentence)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_failures_as_aws_does() {
        let mut one = Validation::new();
        one.length("records.2.member.partitionKey", "", 1, 256);
        assert_eq!(
            one.sentence().as_deref(),
            Some(
                "1 validation error detected: Value '' at 'records.2.member.partitionKey' failed \
                 to satisfy constraint: Member must have length greater than or equal to 1"
            )
        );
        let mut two = Validation::new();
        two.range("limit", 0, 1, 10_000);
        two.required::<u8>("streamName", None);
        assert!(
            two.sentence().is_some_and(|s| s
                .starts_with("2 validation errors detected: Value '0' at 'limit'")
                && s.contains("; Value null at 'streamName'"))
        );
        assert_eq!(Validation::new().finish(), Ok(()));
    }
}
