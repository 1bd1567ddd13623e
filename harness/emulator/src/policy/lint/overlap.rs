//! Whether two patterns can mean the same text: the resource of a policy and the form of an ARN.

/// One step of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Unit(char),
    One(Class),
    Run(Class),
}

/// Which characters a wildcard stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Any,
    /// Everything but a colon.
    NoColon,
    /// Everything but a colon and a slash.
    Segment,
}

impl Class {
    fn has(self, character: char) -> bool {
        match self {
            Self::Any => true,
            Self::NoColon => character != ':',
            Self::Segment => character != ':' && character != '/',
        }
    }
}

/// The ways in which the ARN of a kind of resource can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form(Vec<Vec<Step>>);

impl Form {
    /// The form of a kind. AWS's own table leaves out what a request's ARN has behind it: the
    /// streams of a log group, the path below a domain, the version of a function.
    pub(super) fn of_kind(service: &str, kind: &str, arn: &str) -> Self {
        let plain = steps_of_form(arn);
        let with = |more: &str| {
            let mut steps = plain.clone();
            steps.extend(steps_of_pattern(more));
            steps
        };
        Self(match (service, kind) {
            ("logs", "log-group") => vec![with(":*")],
            ("logs", "log-stream") => {
                vec![steps_of_form(
                    "arn:aws:logs:${Region}:${Account}:log-group:${LogGroupName}:${Any}",
                )]
            }
            ("es", "domain") => vec![with("/*"), plain],
            ("lambda", "function") => vec![with(":*"), plain],
            _ => vec![plain],
        })
    }

    /// Whether some resource of this form matches a policy's pattern.
    pub(super) fn overlaps(&self, pattern: &str) -> bool {
        let pattern = steps_of_pattern(pattern);
        self.0.iter().any(|form| overlap(form, &pattern))
    }
}

/// Whether some text that begins so matches a pattern.
pub(super) fn may_begin_with(pattern: &str, start: &str) -> bool {
    let mut steps: Vec<Step> = start.chars().map(Step::Unit).collect();
    steps.push(Step::Run(Class::Any));
    overlap(&steps, &steps_of_pattern(pattern))
}

/// A policy's text: `*`, `?`, and `${…}` that a request fills with anything.
fn steps_of_pattern(text: &str) -> Vec<Step> {
    let mut steps = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if let Some(body) = rest.strip_prefix("${")
            && let Some((name, behind)) = body.split_once('}')
        {
            steps.push(match name {
                "*" | "?" | "$" => Step::Unit(name.chars().next().unwrap_or('$')),
                _ => Step::Run(Class::Any),
            });
            rest = behind;
            continue;
        }
        steps.push(match character {
            '*' => Step::Run(Class::Any),
            '?' => Step::One(Class::Any),
            other => Step::Unit(other),
        });
        rest = &rest[character.len_utf8()..];
    }
    steps
}

/// AWS's notation for the form of an ARN: `${Name}` stands for one name.
fn steps_of_form(arn: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = arn;
    while let Some((text, behind)) = rest.split_once("${") {
        steps.extend(text.chars().map(Step::Unit));
        let (name, behind) = behind.split_once('}').unwrap_or((behind, ""));
        let class = match name {
            "ObjectName" | "LogStreamName" | "EntityPath" | "Any" => Class::Any,
            "LogGroupName" => Class::NoColon,
            _ if name.ends_with("WithPath") => Class::NoColon,
            _ => Class::Segment,
        };
        if name != "Any" {
            steps.push(Step::One(class));
        }
        steps.push(Step::Run(class));
        rest = behind;
    }
    steps.extend(rest.chars().map(Step::Unit));
    steps
}

/// Walks both patterns at once over a text that both match; every pair of places is seen once.
fn overlap(one: &[Step], other: &[Step]) -> bool {
    let width = other.len() + 1;
    let mut seen = vec![false; (one.len() + 1) * width];
    let mut open = vec![(0, 0)];
    while let Some((i, j)) = open.pop() {
        if std::mem::replace(&mut seen[i * width + j], true) {
            continue;
        }
        let (a, b) = (one.get(i).copied(), other.get(j).copied());
        if a.is_none() && b.is_none() {
            return true;
        }
        if matches!(a, Some(Step::Run(_))) {
            open.push((i + 1, j));
        }
        if matches!(b, Some(Step::Run(_))) {
            open.push((i, j + 1));
        }
        if let (Some(a), Some(b)) = (a, b)
            && share_a_character(a, b)
        {
            let behind = |step, at| if matches!(step, Step::Run(_)) { at } else { at + 1 };
            open.push((behind(a, i), behind(b, j)));
        }
    }
    false
}

fn share_a_character(one: Step, other: Step) -> bool {
    match (one, other) {
        (Step::Unit(a), Step::Unit(b)) => a == b,
        (Step::Unit(unit), Step::One(class) | Step::Run(class))
        | (Step::One(class) | Step::Run(class), Step::Unit(unit)) => class.has(unit),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    use crate::policy::pattern::{Style, Wildcard};

    #[test]
    fn forms_and_patterns() {
        let bucket = Form::of_kind("s3", "bucket", "arn:aws:s3:::${BucketName}");
        let object = Form::of_kind("s3", "object", "arn:aws:s3:::${BucketName}/${ObjectName}");
        let group = Form::of_kind(
            "logs",
            "log-group",
            "arn:aws:logs:${Region}:${Account}:log-group:${LogGroupName}",
        );
        for (form, pattern, expected) in [
            (&bucket, "arn:aws:s3:::b", true),
            (&bucket, "arn:aws:s3:::b*", true),
            (&bucket, "arn:aws:s3:::b/*", false),
            (&bucket, "*", true),
            (&object, "arn:aws:s3:::b", false),
            (&object, "arn:aws:s3:::b*", true),
            (&object, "arn:aws:s3:::b/${aws:username}/*", true),
            (&group, "arn:aws:logs:us-west-2:111111111111:log-group:/aws/g:*", true),
            (&group, "arn:aws:logs:us-west-2:111111111111:log-group:/aws/g", false),
            (&group, "arn:aws:logs:us-west-2:111111111111:log-group:*", true),
            (&group, "arn:aws:logs:*:*:*", true),
            (&group, "arn:aws:logs:us-west-2:111111111111:destination:d", false),
        ] {
            assert_eq!(form.overlaps(pattern), expected, "{pattern}");
        }
        assert!(may_begin_with("str*", "stream/"));
        assert!(!may_begin_with("Demo", "stream/"));
    }

    proptest! {
        /// A text that matches a pattern overlaps with it, and one that does not, does not.
        #[test]
        fn agrees_with_matching(pattern in "[ab*?]{0,8}", text in "[ab]{0,8}") {
            let matches = Wildcard::compile(&pattern, Style::Plain).matches(&text);
            prop_assert_eq!(overlap(&steps_of_pattern(&text), &steps_of_pattern(&pattern)), matches);
        }
    }
}
