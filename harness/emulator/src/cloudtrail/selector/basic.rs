//! Basic event selectors.

use serde::{Deserialize, Serialize};

use crate::cloudtrail::error::invalid_selectors;
use crate::cloudtrail::record::{Category, Record};
use crate::kernel::ServiceError;

/// The most selectors of a trail.
const SELECTORS_MAX: usize = 5;
/// The most data resources of all selectors of a trail.
const RESOURCES_MAX: usize = 250;
/// Services whose management events can be left out.
const EXCLUDABLE: [&str; 2] = ["kms.amazonaws.com", "rdsdata.amazonaws.com"];
/// The resources whose data events basic selectors can choose, and what their ARNs begin with.
const RESOURCE_TYPES: [(&str, &str); 3] = [
    ("AWS::S3::Object", "arn:aws:s3"),
    ("AWS::Lambda::Function", "arn:aws:lambda"),
    ("AWS::DynamoDB::Table", "arn:aws:dynamodb"),
];

/// A basic event selector, as it is put and answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct EventSelector {
    /// `All`, `ReadOnly` or `WriteOnly`.
    pub read_write_type: String,
    /// Whether management events are recorded.
    pub include_management_events: bool,
    /// The resources whose data events are recorded.
    pub data_resources: Vec<DataResource>,
    /// Services whose management events are not.
    pub exclude_management_event_sources: Vec<String>,
}

/// Resources of one type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DataResource {
    /// Such as `AWS::S3::Object`.
    #[serde(rename = "Type")]
    pub kind: String,
    /// Their ARNs, what those of objects begin with, or `arn:aws:s3` for all.
    pub values: Vec<String>,
}

impl Default for EventSelector {
    /// What a trail records when nothing was put: all management events.
    fn default() -> Self {
        Self {
            read_write_type: "All".to_owned(),
            include_management_events: true,
            data_resources: Vec::new(),
            exclude_management_event_sources: Vec::new(),
        }
    }
}

impl EventSelector {
    /// Whether it admits an event.
    pub(super) fn admits(&self, record: &Record<'_>) -> bool {
        let direction = match self.read_write_type.as_str() {
            "ReadOnly" => record.is_read_only(),
            "WriteOnly" => !record.is_read_only(),
            _ => true,
        };
        let source = record.event_source.text();
        direction
            && match record.category() {
                Category::Management => {
                    self.include_management_events
                        && !self.exclude_management_event_sources.iter().any(|s| s == source)
                }
                Category::Data => self.data_resources.iter().any(|wanted| wanted.names(record)),
                Category::NetworkActivity | Category::Other => false,
            }
    }

    /// Whether these selectors may be put.
    ///
    /// # Errors
    /// `InvalidEventSelectorsException`.
    pub(in crate::cloudtrail) fn check_all(selectors: &[Self]) -> Result<(), ServiceError> {
        if selectors.is_empty() || selectors.len() > SELECTORS_MAX {
            return Err(invalid_selectors(format!(
                "A trail has to have 1 to {SELECTORS_MAX} event selectors, not {}.",
                selectors.len()
            )));
        }
        let values = |selector: &Self| {
            selector.data_resources.iter().map(|resource| resource.values.len()).sum::<usize>()
        };
        let count: usize = selectors.iter().map(values).sum();
        if count > RESOURCES_MAX {
            return Err(invalid_selectors(format!(
                "A trail can have {RESOURCES_MAX} data resources in all its event selectors, not \
                 {count}."
            )));
        }
        selectors.iter().try_for_each(Self::check)
    }

    fn check(&self) -> Result<(), ServiceError> {
        if !["All", "ReadOnly", "WriteOnly"].contains(&self.read_write_type.as_str()) {
            return Err(invalid_selectors(format!(
                "ReadWriteType has to be All, ReadOnly or WriteOnly, not {}.",
                self.read_write_type
            )));
        }
        if !self.include_management_events && self.data_resources.is_empty() {
            return Err(invalid_selectors(
                "An event selector has to include management events or data resources.",
            ));
        }
        let excluded = &self.exclude_management_event_sources;
        if !self.include_management_events && !excluded.is_empty() {
            return Err(invalid_selectors(
                "ExcludeManagementEventSources needs IncludeManagementEvents.",
            ));
        }
        if let Some(other) = excluded.iter().find(|s| !EXCLUDABLE.contains(&s.as_str())) {
            return Err(invalid_selectors(format!(
                "ExcludeManagementEventSources can name {}, not {other}.",
                EXCLUDABLE.join(" and ")
            )));
        }
        self.data_resources.iter().try_for_each(DataResource::check)
    }
}

impl DataResource {
    /// Whether an event is about one of these resources.
    ///
    /// Objects are chosen by what their ARNs begin with, functions and tables by their ARN, and all
    /// of a type by the service's part of it.
    fn names(&self, record: &Record<'_>) -> bool {
        record.resources().iter().filter(|found| found.kind.text() == self.kind).any(|found| {
            self.values.iter().any(|value| {
                let whole = value.matches(':').count() < 3 || self.kind == "AWS::S3::Object";
                if whole { found.arn.text().starts_with(value) } else { found.arn.text() == value }
            })
        })
    }

    fn check(&self) -> Result<(), ServiceError> {
        let Some((_, start)) = RESOURCE_TYPES.iter().find(|(kind, _)| *kind == self.kind) else {
            let kinds: Vec<&str> = RESOURCE_TYPES.iter().map(|(kind, _)| *kind).collect();
            return Err(invalid_selectors(format!(
                "The type of a data resource has to be {}, not {}; others need advanced event \
                 selectors.",
                kinds.join(", "),
                self.kind
            )));
        };
        if self.values.is_empty() {
            return Err(invalid_selectors("A data resource has to have values."));
        }
        let fits = |value: &&String| {
            value.as_str() == *start
                || value.strip_prefix(start).is_some_and(|rest| rest.starts_with(':'))
        };
        match self.values.iter().find(|value| !fits(value)) {
            Some(value) => Err(invalid_selectors(format!(
                "Value {value} for DataResources.Values is not an ARN of {}.",
                self.kind
            ))),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selector(json: &str) -> EventSelector {
        serde_json::from_str(json).expect("a selector")
    }

    fn admits(selector: &EventSelector, record: &str) -> bool {
        selector.admits(&Record::read(record).expect("a record"))
    }

    #[test]
    fn chooses_management_events() {
        let read =
            r#"{"eventCategory":"Management","readOnly":true,"eventSource":"ec2.amazonaws.com"}"#;
        let write =
            r#"{"eventCategory":"Management","readOnly":false,"eventSource":"kms.amazonaws.com"}"#;
        for (json, of_read, of_write) in [
            ("{}", true, true),
            (r#"{"ReadWriteType":"ReadOnly"}"#, true, false),
            (r#"{"ReadWriteType":"WriteOnly"}"#, false, true),
            (r#"{"IncludeManagementEvents":false}"#, false, false),
            (r#"{"ExcludeManagementEventSources":["kms.amazonaws.com"]}"#, true, false),
        ] {
            let selector = selector(json);
            assert_eq!((admits(&selector, read), admits(&selector, write)), (of_read, of_write));
        }
        assert!(!admits(&selector("{}"), r#"{"eventCategory":"NetworkActivity"}"#));
    }

    #[test]
    fn chooses_data_events_by_their_resources() {
        let object = |arn: &str| {
            format!(
                r#"{{"eventCategory":"Data","resources":[{{"type":"AWS::S3::Object","ARN":"{arn}"}},{{"type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::b"}}]}}"#
            )
        };
        let chosen = |value: &str| {
            selector(&format!(
                r#"{{"DataResources":[{{"Type":"AWS::S3::Object","Values":["{value}"]}}]}}"#
            ))
        };
        for (value, arn, expected) in [
            ("arn:aws:s3", "arn:aws:s3:::b/k", true),
            ("arn:aws:s3:::b/", "arn:aws:s3:::b/k", true),
            ("arn:aws:s3:::b/x", "arn:aws:s3:::b/k", false),
            ("arn:aws:s3:::c/", "arn:aws:s3:::b/k", false),
        ] {
            assert_eq!(admits(&chosen(value), &object(arn)), expected, "{value} {arn}");
        }
        let function = r#"{"eventCategory":"Data","resources":[{"type":"AWS::Lambda::Function","ARN":"arn:aws:lambda:r:1:function:f2"}]}"#;
        for (value, expected) in [
            ("arn:aws:lambda", true),
            ("arn:aws:lambda:r:1:function:f", false),
            ("arn:aws:lambda:r:1:function:f2", true),
        ] {
            let json = format!(
                r#"{{"DataResources":[{{"Type":"AWS::Lambda::Function","Values":["{value}"]}}]}}"#
            );
            assert_eq!(admits(&selector(&json), function), expected, "{value}");
        }
    }

    #[test]
    fn refuses_what_aws_refuses() {
        let data = |kind: &str, value: &str, count: usize| {
            let values = vec![format!(r#""{value}""#); count].join(",");
            format!(r#"[{{"DataResources":[{{"Type":"{kind}","Values":[{values}]}}]}}]"#)
        };
        for (json, part) in [
            ("[]".to_owned(), "1 to 5 event selectors, not 0"),
            ("[{},{},{},{},{},{}]".to_owned(), "1 to 5 event selectors, not 6"),
            (r#"[{"ReadWriteType":"read-only"}]"#.to_owned(), "not read-only"),
            (r#"[{"IncludeManagementEvents":false}]"#.to_owned(), "management events or data"),
            (
                r#"[{"ExcludeManagementEventSources":["ec2.amazonaws.com"]}]"#.to_owned(),
                "not ec2.amazonaws.com",
            ),
            (data("AWS::SNS::Topic", "arn:aws:sns", 1), "advanced event selectors"),
            (data("AWS::S3::Object", "arn:aws:lambda", 1), "is not an ARN of AWS::S3::Object"),
            (data("AWS::S3::Object", "bucket", 1), "is not an ARN of AWS::S3::Object"),
            (data("AWS::S3::Object", "arn:aws:s3", 0), "has to have values"),
            (data("AWS::S3::Object", "arn:aws:s3", 251), "not 251"),
        ] {
            let selectors: Vec<EventSelector> = serde_json::from_str(&json).expect("selectors");
            let error = EventSelector::check_all(&selectors).expect_err(part);
            assert_eq!(error.code, "InvalidEventSelectorsException");
            assert!(error.message.contains(part), "{part}: {}", error.message);
        }
        let most: Vec<EventSelector> =
            serde_json::from_str(&data("AWS::S3::Object", "arn:aws:s3:::b/", 250)).expect("some");
        assert_eq!(EventSelector::check_all(&most), Ok(()));
    }
}
