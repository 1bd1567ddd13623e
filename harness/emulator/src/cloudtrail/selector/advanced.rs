//! Advanced event selectors.

use serde::{Deserialize, Serialize};

use crate::cloudtrail::error::invalid_selectors;
use crate::cloudtrail::record::{Category, Record};
use crate::kernel::ServiceError;

/// The most values of all conditions of a trail's selectors.
const VALUES_MAX: usize = 500;
/// The field that every selector has.
const CATEGORY: &str = "eventCategory";
/// The services whose management events can be left out.
const EXCLUDABLE: [&str; 2] = ["kms.amazonaws.com", "rdsdata.amazonaws.com"];

/// An advanced event selector, as it is put and answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct AdvancedEventSelector {
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its conditions: all have to hold.
    pub field_selectors: Vec<AdvancedFieldSelector>,
}

/// A condition on one field. Any of the positive values has to fit, and none of the negative ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct AdvancedFieldSelector {
    /// Such as `eventCategory` or `resources.ARN`.
    pub field: String,
    /// Is one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub equals: Vec<String>,
    /// Begins with one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub starts_with: Vec<String>,
    /// Ends with one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ends_with: Vec<String>,
    /// Is none of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_equals: Vec<String>,
    /// Begins with none of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_starts_with: Vec<String>,
    /// Ends with none of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_ends_with: Vec<String>,
}

impl AdvancedEventSelector {
    /// Whether it admits an event.
    pub(super) fn admits(&self, record: &Record<'_>) -> bool {
        self.field_selectors.iter().all(|condition| condition.holds(record))
    }

    /// Whether these selectors may be put.
    ///
    /// # Errors
    /// `InvalidEventSelectorsException`.
    pub(in crate::cloudtrail) fn check_all(selectors: &[Self]) -> Result<(), ServiceError> {
        if selectors.is_empty() {
            return Err(invalid_selectors("A trail has to have an advanced event selector."));
        }
        let conditions = selectors.iter().flat_map(|selector| &selector.field_selectors);
        let count: usize = conditions.map(|condition| condition.values().count()).sum();
        if count > VALUES_MAX {
            return Err(invalid_selectors(format!(
                "The advanced event selectors of a trail can have {VALUES_MAX} values, not {count}."
            )));
        }
        selectors.iter().try_for_each(Self::check)
    }

    fn check(&self) -> Result<(), ServiceError> {
        if self.name.as_ref().is_some_and(|name| name.chars().count() > 1000) {
            return Err(invalid_selectors("The name of a selector can have 1,000 characters."));
        }
        let category = match self.field(CATEGORY).map(|condition| condition.equals.as_slice()) {
            Some([one]) => one.as_str(),
            _ => {
                return Err(invalid_selectors(
                    "Every advanced event selector has to have one eventCategory, by Equals.",
                ));
            }
        };
        let allowed: &[&str] = match category {
            "Management" => &["eventSource", "readOnly"],
            "Data" => &[
                "eventName",
                "eventSource",
                "eventType",
                "readOnly",
                "resources.ARN",
                "resources.type",
                "sessionCredentialFromConsole",
                "userIdentity.arn",
            ],
            "NetworkActivity" => &["errorCode", "eventName", "eventSource", "vpcEndpointId"],
            other => {
                return Err(invalid_selectors(format!(
                    "The eventCategory of a trail's selector has to be Management, Data or \
                     NetworkActivity, not {other}."
                )));
            }
        };
        let needed = match category {
            "Data" => Some("resources.type"),
            "NetworkActivity" => Some("eventSource"),
            _ => None,
        };
        if let Some(field) = needed
            && self.field(field).is_none_or(|condition| condition.equals.len() != 1)
        {
            return Err(invalid_selectors(format!(
                "A selector of {category} events has to have one {field}, by Equals."
            )));
        }
        for (place, condition) in self.field_selectors.iter().enumerate() {
            condition.check(category, allowed)?;
            let earlier = self.field_selectors.get(..place).unwrap_or_default();
            if earlier.iter().any(|other| other.field == condition.field) {
                return Err(invalid_selectors(format!(
                    "A selector can have one condition on {}.",
                    condition.field
                )));
            }
        }
        Ok(())
    }

    fn field(&self, name: &str) -> Option<&AdvancedFieldSelector> {
        self.field_selectors.iter().find(|condition| condition.field == name)
    }
}

impl AdvancedFieldSelector {
    fn holds(&self, record: &Record<'_>) -> bool {
        let category = match record.category() {
            Category::Management => "Management",
            Category::Data => "Data",
            Category::NetworkActivity => "NetworkActivity",
            Category::Other => return false,
        };
        let resources = record.resources();
        let one = |text: &str| self.fits_any([text]);
        match self.field.as_str() {
            CATEGORY => one(category),
            "eventSource" => one(record.event_source.text()),
            "eventName" => one(record.event_name.text()),
            "eventType" => one(record.event_type.text()),
            "readOnly" => one(if record.is_read_only() { "true" } else { "false" }),
            "errorCode" => one(record.error_code.text()),
            "vpcEndpointId" => one(record.vpc_endpoint_id.text()),
            "sessionCredentialFromConsole" => {
                let console = record.session_credential_from_console.text() == "true";
                one(if console { "true" } else { "false" })
            }
            "userIdentity.arn" => {
                one(record.user_identity.as_ref().map_or("", |identity| identity.arn.text()))
            }
            "resources.type" => self.fits_any(resources.iter().map(|found| found.kind.text())),
            "resources.ARN" => self.fits_any(resources.iter().map(|found| found.arn.text())),
            _ => false,
        }
    }

    /// Whether one of these texts fits the positive values, when there are some, and none of them a
    /// negative one.
    fn fits_any<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> bool {
        let mut positive =
            self.equals.is_empty() && self.starts_with.is_empty() && self.ends_with.is_empty();
        for text in texts {
            let is = |value: &String| text == value;
            let begins = |value: &String| text.starts_with(value.as_str());
            let ends = |value: &String| text.ends_with(value.as_str());
            if self.not_equals.iter().any(is)
                || self.not_starts_with.iter().any(begins)
                || self.not_ends_with.iter().any(ends)
            {
                return false;
            }
            positive = positive
                || self.equals.iter().any(is)
                || self.starts_with.iter().any(begins)
                || self.ends_with.iter().any(ends);
        }
        positive
    }

    fn values(&self) -> impl Iterator<Item = &String> {
        [
            &self.equals,
            &self.starts_with,
            &self.ends_with,
            &self.not_equals,
            &self.not_starts_with,
            &self.not_ends_with,
        ]
        .into_iter()
        .flatten()
    }

    fn check(&self, category: &str, allowed: &[&str]) -> Result<(), ServiceError> {
        let field = self.field.as_str();
        if field != CATEGORY && !allowed.contains(&field) {
            return Err(invalid_selectors(format!(
                "A selector of {category} events has the fields {CATEGORY}, {}, not {field}.",
                allowed.join(", ")
            )));
        }
        if self.values().next().is_none() {
            return Err(invalid_selectors(format!("The condition on {field} has no value.")));
        }
        if self.values().any(|value| value.is_empty() || value.chars().count() > 2048) {
            return Err(invalid_selectors("A value has to have 1 to 2,048 characters."));
        }
        let only_equals = self.values().count() == self.equals.len();
        if [CATEGORY, "readOnly", "resources.type"].contains(&field) && !only_equals {
            return Err(invalid_selectors(format!("The only operator of {field} is Equals.")));
        }
        if ["readOnly", "sessionCredentialFromConsole"].contains(&field)
            && let Some(value) = self.values().find(|v| !["true", "false"].contains(&v.as_str()))
        {
            return Err(invalid_selectors(format!("{field} is true or false, not {value}.")));
        }
        if field == "errorCode" && self.values().any(|value| value != "VpceAccessDenied") {
            return Err(invalid_selectors("The only errorCode is VpceAccessDenied."));
        }
        let excludes = self.values().count() == self.not_equals.len()
            && self.not_equals.iter().all(|value| EXCLUDABLE.contains(&value.as_str()));
        if category == "Management" && field == "eventSource" && !excludes {
            return Err(invalid_selectors(format!(
                "The eventSource of management events can only be NotEquals {}.",
                EXCLUDABLE.join(" or ")
            )));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATA: &str = r#"{"eventCategory":"Data","eventName":"PutObject","readOnly":false,
        "eventSource":"s3.amazonaws.com","userIdentity":{"arn":"arn:aws:iam::1:user/ann"},
        "resources":[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::b/logs/k.gz"}]}"#;

    fn selector(conditions: &str) -> AdvancedEventSelector {
        serde_json::from_str(&format!(r#"{{"FieldSelectors":[{conditions}]}}"#)).expect("JSON")
    }

    fn data(condition: &str) -> String {
        let comma = if condition.is_empty() { "" } else { "," };
        format!(
            r#"{{"Field":"eventCategory","Equals":["Data"]}},{{"Field":"resources.type","Equals":["AWS::S3::Object"]}}{comma}{condition}"#
        )
    }

    #[test]
    fn all_conditions_have_to_hold() {
        let record = Record::read(DATA).expect("a record");
        for (condition, expected) in [
            ("", true),
            (r#"{"Field":"readOnly","Equals":["false"]}"#, true),
            (r#"{"Field":"readOnly","Equals":["true"]}"#, false),
            (r#"{"Field":"eventName","Equals":["GetObject","PutObject"]}"#, true),
            (r#"{"Field":"eventName","StartsWith":["Put"],"NotEquals":["PutObject"]}"#, false),
            (r#"{"Field":"eventName","StartsWith":["Get"],"EndsWith":["Object"]}"#, true),
            (r#"{"Field":"eventName","NotStartsWith":["Get"]}"#, true),
            (r#"{"Field":"eventName","NotEndsWith":["Object"]}"#, false),
            (r#"{"Field":"resources.ARN","StartsWith":["arn:aws:s3:::b/logs/"]}"#, true),
            (r#"{"Field":"resources.ARN","NotStartsWith":["arn:aws:s3:::b/"]}"#, false),
            (r#"{"Field":"userIdentity.arn","EndsWith":[":user/ann"]}"#, true),
            (r#"{"Field":"sessionCredentialFromConsole","Equals":["true"]}"#, false),
        ] {
            let selector = selector(&data(condition));
            assert_eq!(AdvancedEventSelector::check_all(std::slice::from_ref(&selector)), Ok(()));
            assert_eq!(selector.admits(&record), expected, "{condition}");
        }
        let management = selector(r#"{"Field":"eventCategory","Equals":["Management"]}"#);
        assert!(!management.admits(&record));
    }

    #[test]
    fn refuses_what_aws_refuses() {
        let management = |condition: &str| {
            format!(r#"{{"Field":"eventCategory","Equals":["Management"]}},{condition}"#)
        };
        let many = vec![r#""x""#; 499].join(",");
        for (conditions, part) in [
            (String::new(), "one eventCategory"),
            (r#"{"Field":"eventCategory","Equals":["Insight"]}"#.to_owned(), "not Insight"),
            (r#"{"Field":"eventCategory","Equals":["Data"]}"#.to_owned(), "one resources.type"),
            (
                r#"{"Field":"eventCategory","Equals":["NetworkActivity"]}"#.to_owned(),
                "one eventSource",
            ),
            (management(r#"{"Field":"eventName","Equals":["A"]}"#), "not eventName"),
            (management(r#"{"Field":"readOnly","Equals":["yes"]}"#), "true or false, not yes"),
            (management(r#"{"Field":"readOnly","NotEquals":["true"]}"#), "only operator"),
            (management(r#"{"Field":"readOnly"}"#), "no value"),
            (
                management(r#"{"Field":"eventSource","NotEquals":["ec2.amazonaws.com"]}"#),
                "can only be NotEquals kms",
            ),
            (data(r#"{"Field":"resources.type","Equals":["X"]}"#), "one condition on"),
            (data(&format!(r#"{{"Field":"eventName","Equals":[{many}]}}"#)), "not 501"),
        ] {
            let error = AdvancedEventSelector::check_all(&[selector(&conditions)]).expect_err(part);
            assert_eq!(error.code, "InvalidEventSelectorsException");
            assert!(error.message.contains(part), "{part}: {}", error.message);
        }
    }
}
