//! Reads the parameters of a request, and words what is wrong with them as AWS does.

use crate::kernel::ServiceError;
use crate::protocol::query::Parameters;

use super::entity::EntityKind;
use super::error::validation;
use super::page::Page;
use super::tags::{TAGS_MAX, Tags};

const WORD: &str = r"[\w+=,.@-]+";
const PATH: &str = r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)";

/// A reader of parameters that gathers every constraint failure.
///
/// IAM hides the value that failed, STS shows it (iam reference, protocol and operations).
pub(super) struct Shape<'p> {
    parameters: &'p Parameters,
    shows_values: bool,
    failures: Vec<String>,
    malformed: Option<ServiceError>,
}

impl<'p> Shape<'p> {
    /// A reader of a request to IAM.
    pub(super) fn of_iam(parameters: &'p Parameters) -> Self {
        Self { parameters, shows_values: false, failures: Vec::new(), malformed: None }
    }

    /// A reader of a request to STS.
    pub(super) fn of_sts(parameters: &'p Parameters) -> Self {
        Self { shows_values: true, ..Self::of_iam(parameters) }
    }

    /// Nothing, or what is wrong with the request.
    ///
    /// # Errors
    /// `MalformedInput`, `ValidationError`.
    pub(super) fn finish(self) -> Result<(), ServiceError> {
        if let Some(error) = self.malformed {
            return Err(error);
        }
        let count = self.failures.len();
        if count == 0 {
            return Ok(());
        }
        let noun = if count == 1 { "error" } else { "errors" };
        let shown: Vec<&str> = self.failures.iter().take(10).map(String::as_str).collect();
        Err(validation(format!("{count} validation {noun} detected: {}", shown.join("; "))))
    }

    /// A failure at a member; `constraint` begins with `Member must`.
    pub(super) fn fail(&mut self, path: &str, value: &str, constraint: &str) {
        let value = if self.shows_values { format!("Value '{value}'") } else { "Value".into() };
        self.failures
            .push(format!("{value} at '{path}' failed to satisfy constraint: {constraint}"));
    }

    fn missing(&mut self, path: &str) {
        let value = if self.shows_values { "Value null" } else { "Value" };
        self.failures.push(format!(
            "{value} at '{path}' failed to satisfy constraint: Member must not be null"
        ));
    }

    fn length(&mut self, path: &str, value: &str, least: usize, most: usize) {
        let length = value.chars().count();
        if length < least {
            let constraint = format!("Member must have length greater than or equal to {least}");
            self.fail(path, value, &constraint);
        } else if length > most {
            let constraint = format!("Member must have length less than or equal to {most}");
            self.fail(path, value, &constraint);
        }
    }

    fn characters(&mut self, path: &str, value: &str, pattern: &str, fits: impl Fn(char) -> bool) {
        if !value.chars().all(fits) {
            let constraint = format!("Member must satisfy regular expression pattern: {pattern}");
            self.fail(path, value, &constraint);
        }
    }

    /// A text that may be left out.
    pub(super) fn optional(&mut self, name: &str, least: usize, most: usize) -> Option<&'p str> {
        let value = self.parameters.get(name)?;
        self.length(&camel(name), value, least, most);
        Some(value)
    }

    /// A text that has to be there; empty when it is not.
    pub(super) fn required(&mut self, name: &str, least: usize, most: usize) -> &'p str {
        if self.parameters.get(name).is_none() {
            self.missing(&camel(name));
        }
        self.optional(name, least, most).unwrap_or_default()
    }

    /// A name that may be left out.
    pub(super) fn optional_word(&mut self, name: &str, most: usize) -> Option<&'p str> {
        let value = self.optional(name, 1, most)?;
        self.characters(&camel(name), value, WORD, is_word);
        Some(value)
    }

    /// A name that has to be there.
    pub(super) fn word(&mut self, name: &str, most: usize) -> &'p str {
        if self.parameters.get(name).is_none() {
            self.missing(&camel(name));
        }
        self.optional_word(name, most).unwrap_or_default()
    }

    /// The name of an entity that exists; AWS looks for users by longer names than it gives.
    pub(super) fn entity(&mut self, kind: EntityKind) -> &'p str {
        self.word(kind.parameter(), if kind == EntityKind::Role { 64 } else { 128 })
    }

    /// A text of STS whose pattern admits more than names have.
    pub(super) fn text(
        &mut self,
        name: &str,
        (least, most): (usize, usize),
        pattern: &str,
        others: &str,
    ) -> Option<&'p str> {
        let value = self.optional(name, least, most)?;
        self.characters(&camel(name), value, pattern, |c| is_word(c) || others.contains(c));
        Some(value)
    }

    /// A path, `/` when it is left out.
    pub(super) fn path(&mut self) -> &'p str {
        self.optional_path("Path").unwrap_or("/")
    }

    /// A path that may be left out.
    pub(super) fn optional_path(&mut self, name: &str) -> Option<&'p str> {
        let path = self.optional(name, 1, 512)?;
        let fits = path == "/"
            || path.len() > 2
                && path.starts_with('/')
                && path.ends_with('/')
                && path.bytes().all(|byte| (0x21..=0x7e).contains(&byte));
        if !fits {
            let constraint = format!("Member must satisfy regular expression pattern: {PATH}");
            self.fail(&camel(name), path, &constraint);
        }
        Some(path)
    }

    /// The beginning of paths to look for, `/` when it is left out.
    pub(super) fn path_prefix(&mut self) -> &'p str {
        self.optional("PathPrefix", 1, 512).unwrap_or("/")
    }

    /// The ARN of a managed policy.
    pub(super) fn policy_arn(&mut self) -> &'p str {
        self.required("PolicyArn", 20, 2_048)
    }

    /// A policy document.
    pub(super) fn document(&mut self, name: &str) -> &'p str {
        self.required(name, 1, 131_072)
    }

    /// A number within bounds, which may be left out.
    pub(super) fn integer(&mut self, name: &str, least: i64, most: i64) -> Option<i64> {
        let value = self.parameters.integer(name).unwrap_or_else(|error| {
            self.malformed.get_or_insert(error);
            None
        })?;
        let bound = if value < least {
            format!("greater than or equal to {least}")
        } else if value > most {
            format!("less than or equal to {most}")
        } else {
            return Some(value);
        };
        let constraint = format!("Member must have value {bound}");
        self.fail(&camel(name), &value.to_string(), &constraint);
        Some(value)
    }

    /// A boolean, false when it is left out.
    pub(super) fn boolean(&mut self, name: &str) -> bool {
        let value = self.parameters.boolean(name).unwrap_or_else(|error| {
            self.malformed.get_or_insert(error);
            None
        });
        value.unwrap_or(false)
    }

    /// One of several words, which may be left out.
    pub(super) fn choice(&mut self, name: &str, words: &[&str]) -> Option<&'p str> {
        let value = self.parameters.get(name)?;
        if !words.contains(&value) {
            let constraint = format!("Member must satisfy enum value set: [{}]", words.join(", "));
            self.fail(&camel(name), value, &constraint);
        }
        Some(value)
    }

    /// Where a listing goes on, and how long its page is.
    pub(super) fn page(&mut self) -> Page {
        let most = self.integer("MaxItems", 1, 1_000).unwrap_or(100);
        let after = self.parameters.get("Marker").and_then(|marker| {
            let after = Page::read(marker);
            if after.is_none() {
                self.malformed.get_or_insert_with(|| validation("Invalid Marker."));
            }
            after
        });
        Page { after, most: usize::try_from(most).unwrap_or(100) }
    }

    /// `Tags`.
    pub(super) fn tags(&mut self) -> Tags {
        let structures = self.parameters.structures("Tags");
        if structures.len() > TAGS_MAX {
            let constraint = format!("Member must have length less than or equal to {TAGS_MAX}");
            self.fail("tags", "", &constraint);
        }
        let mut tags = Tags::default();
        for (index, structure) in structures.iter().enumerate() {
            let path = format!("tags.{}.member", index + 1);
            for (member, least, most) in [("Key", 1, 128), ("Value", 0, 256)] {
                let path = format!("{path}.{}", camel(member));
                match structure.get(member) {
                    Some(text) => self.length(&path, text, least, most),
                    None => self.missing(&path),
                }
            }
            let (key, value) = (structure.get("Key"), structure.get("Value"));
            let (Some(key), Some(value)) = (key, value) else { continue };
            if tags.iter().any(|(known, _)| known.eq_ignore_ascii_case(key)) {
                self.malformed.get_or_insert_with(|| {
                    ServiceError::client(
                        "InvalidInput",
                        "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
                    )
                });
            }
            tags.set(key, value);
        }
        tags
    }

    /// `TagKeys`, or another list of keys.
    pub(super) fn keys(&mut self, name: &str) -> Vec<&'p str> {
        let keys = self.parameters.list(name);
        if keys.len() > TAGS_MAX {
            let constraint = format!("Member must have length less than or equal to {TAGS_MAX}");
            self.fail(&camel(name), "", &constraint);
        }
        for (index, key) in keys.iter().enumerate() {
            self.length(&format!("{}.{}.member", camel(name), index + 1), key, 1, 128);
        }
        keys
    }
}

/// Whether a character may stand in a name: `[\w+=,.@-]`.
pub(super) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_+=,.@-".contains(c)
}

/// AWS names members in lower camel case in its failures.
fn camel(name: &str) -> String {
    let mut path = name.to_owned();
    if let Some(first) = path.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    path
}
