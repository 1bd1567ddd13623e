//! What trails look at in a record (cloudtrail reference, record schema).

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

/// The fields of a record that decide where it goes, borrowed from its text where that can be.
///
/// A record of some 1.2 KB is read once, and what is not named here is only skipped.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Record<'a> {
    #[serde(borrow)]
    pub(super) aws_region: Field<'a>,
    #[serde(borrow)]
    pub(super) event_source: Field<'a>,
    #[serde(borrow)]
    pub(super) event_name: Field<'a>,
    #[serde(borrow)]
    pub(super) event_type: Field<'a>,
    #[serde(borrow)]
    pub(super) event_category: Field<'a>,
    #[serde(borrow)]
    pub(super) management_event: Field<'a>,
    #[serde(borrow)]
    pub(super) read_only: Field<'a>,
    #[serde(borrow)]
    pub(super) error_code: Field<'a>,
    #[serde(borrow)]
    pub(super) vpc_endpoint_id: Field<'a>,
    #[serde(borrow)]
    pub(super) session_credential_from_console: Field<'a>,
    #[serde(borrow)]
    pub(super) resources: Option<Vec<Resource<'a>>>,
    #[serde(borrow)]
    pub(super) user_identity: Option<Identity<'a>>,
}

/// A resource that a record names.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Resource<'a> {
    #[serde(borrow, rename = "type")]
    pub(super) kind: Field<'a>,
    #[serde(borrow, rename = "ARN", alias = "ARNPrefix")]
    pub(super) arn: Field<'a>,
}

/// Who made the call.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Identity<'a> {
    #[serde(borrow)]
    pub(super) arn: Field<'a>,
}

/// The kinds of events that selectors tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Category {
    Management,
    Data,
    NetworkActivity,
    /// Insights and whatever else: no selector of a trail asks for it.
    Other,
}

impl<'a> Record<'a> {
    /// Reads a record.
    pub(super) fn read(message: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(message)
    }

    /// Its category; records older than `eventCategory` have only `managementEvent`.
    pub(super) fn category(&self) -> Category {
        match (self.event_category.text(), self.management_event.text()) {
            ("Management", _) | ("", "true" | "") => Category::Management,
            ("Data", _) | ("", _) => Category::Data,
            ("NetworkActivity", _) => Category::NetworkActivity,
            _ => Category::Other,
        }
    }

    /// Whether the call only read.
    pub(super) fn is_read_only(&self) -> bool {
        self.read_only.text() == "true"
    }

    /// The resources that it names.
    pub(super) fn resources(&self) -> &[Resource<'a>] {
        self.resources.as_deref().unwrap_or_default()
    }
}

/// A text, or a boolean as one; empty when it is absent or null.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Field<'a>(Cow<'a, str>);

impl Field<'_> {
    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Field<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldVisitor;

        impl<'de> Visitor<'de> for FieldVisitor {
            type Value = Field<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string, a boolean or null")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Field(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Field(Cow::Owned(text.to_owned())))
            }

            fn visit_bool<E: Error>(self, truth: bool) -> Result<Self::Value, E> {
                Ok(Field(Cow::Borrowed(if truth { "true" } else { "false" })))
            }

            fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
                Ok(Field::default())
            }
        }

        deserializer.deserialize_any(FieldVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_decides_and_skips_the_rest() {
        let text = r#"{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::1:user/a","x":{}},
            "eventName":"Get\u0041","awsRegion":"us-west-2","errorCode":null,"requestParameters":{"awsRegion":1},
            "readOnly":true,"resources":[{"accountId":"1","type":"AWS::S3::Object","ARN":"arn:aws:s3:::b/k"}],
            "managementEvent":false,"eventCategory":"Data"}"#;
        let record = Record::read(text).expect("a record");
        assert_eq!(record.category(), Category::Data);
        assert_eq!(record.event_name.text(), "GetA");
        assert_eq!(record.error_code.text(), "");
        assert!(record.is_read_only());
        assert_eq!(record.resources()[0].arn.text(), "arn:aws:s3:::b/k");
        assert!(matches!(&record.aws_region.0, Cow::Borrowed("us-west-2")));
    }

    #[test]
    fn a_category_may_have_to_be_guessed() {
        for (text, category) in [
            ("{}", Category::Management),
            (r#"{"managementEvent":true}"#, Category::Management),
            (r#"{"managementEvent":false}"#, Category::Data),
            (r#"{"eventCategory":"NetworkActivity"}"#, Category::NetworkActivity),
            (r#"{"eventCategory":"Insight"}"#, Category::Other),
        ] {
            assert_eq!(Record::read(text).expect("a record").category(), category, "{text}");
        }
        assert!(Record::read("version account-id").is_err());
    }
}
