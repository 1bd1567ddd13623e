//! `Filter.N` of Describe operations.

use super::error::{invalid_value, missing};
use super::request::given;
use super::tags::Tags;
use crate::kernel::ServiceError;
use crate::protocol::ec2_query::{list, structures};
use crate::protocol::query::Parameters;

/// The most values of all filters of a request.
const VALUES_MAX: usize = 200;

/// What a Describe operation is to leave in: all filters have to admit, each by one of its values.
#[derive(Debug, Default)]
pub(super) struct Filters(Vec<Filter>);

#[derive(Debug)]
struct Filter {
    name: String,
    values: Vec<String>,
}

impl Filters {
    /// Reads them; `known` are the names that the operation has beside those about tags.
    ///
    /// # Errors
    /// `InvalidParameterValue`, `MissingParameter`, `FilterLimitExceeded`.
    pub(super) fn read(parameters: &Parameters, known: &[&str]) -> Result<Self, ServiceError> {
        let mut filters = Vec::new();
        for filter in structures(parameters, "Filter") {
            let name = given(&filter, "Name").ok_or_else(|| missing("Filter.Name"))?;
            let about_tags = name.starts_with("tag:") || name == "tag-key";
            if !about_tags && !known.contains(&name) {
                return Err(invalid_value(format!("The filter '{name}' is invalid")));
            }
            let values = list(&filter, "Value");
            if values.is_empty() {
                return Err(invalid_value(format!("The filter '{name}' has no values")));
            }
            let values = values.into_iter().map(str::to_owned).collect();
            filters.push(Filter { name: name.to_owned(), values });
        }
        if filters.iter().map(|filter| filter.values.len()).sum::<usize>() > VALUES_MAX {
            return Err(ServiceError::client(
                "FilterLimitExceeded",
                format!(
                    "The maximum number of filter values specified on a single call is {VALUES_MAX}"
                ),
            ));
        }
        Ok(Self(filters))
    }

    /// Whether a thing with these tags stays in; `value` tells what it has under a filter's name.
    pub(super) fn admit(
        &self,
        tags: Option<&Tags>,
        value: impl Fn(&str) -> Option<String>,
    ) -> bool {
        self.0.iter().all(|filter| {
            let wanted = |has: &str| filter.values.iter().any(|pattern| matches(pattern, has));
            match filter.name.as_str() {
                "tag-key" => tags.is_some_and(|tags| tags.keys().any(|key| wanted(key))),
                name => match name.strip_prefix("tag:") {
                    Some(key) => {
                        tags.and_then(|tags| tags.get(key)).is_some_and(|value| wanted(value))
                    }
                    None => value(name).is_some_and(|has| wanted(&has)),
                },
            }
        })
    }
}

/// Whether a text is what a filter's value asks for: `*` stands for any text, `?` for one
/// character, a backslash takes that meaning from what follows it.
fn matches(pattern: &str, text: &str) -> bool {
    #[derive(PartialEq)]
    enum Part {
        Any,
        One,
        Just(char),
    }
    let mut parts = Vec::new();
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        parts.push(match character {
            '*' => Part::Any,
            '?' => Part::One,
            '\\' => Part::Just(characters.next().unwrap_or('\\')),
            other => Part::Just(other),
        });
    }
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut part, mut back) = (0, 0, None);
    while at < text.len() {
        match parts.get(part) {
            Some(Part::Any) => {
                back = Some((part, at));
                part += 1;
            }
            Some(Part::One) => (at, part) = (at + 1, part + 1),
            Some(Part::Just(wanted)) if *wanted == text[at] => (at, part) = (at + 1, part + 1),
            _ => match back {
                Some((star, from)) => {
                    back = Some((star, from + 1));
                    (at, part) = (from + 1, star + 1);
                }
                None => return false,
            },
        }
    }
    parts[part..].iter().all(|part| *part == Part::Any)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_wildcards() {
        for (pattern, text, expected) in [
            ("vpc-1", "vpc-1", true),
            ("vpc-1", "vpc-12", false),
            ("vpc-*", "vpc-12", true),
            ("*-1?", "vpc-12", true),
            ("*a*b", "xxaybab", true),
            ("*a*b", "xxayba", false),
            ("\\*", "*", true),
            ("\\*", "x", false),
            ("*", "", true),
            ("", "", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}
