//! The mark of a run, in every shape in which AWS takes tags.

use std::collections::HashMap;

use serde_json::{Value, json};

/// The mark of a run: the tag `tributary:run` with the run's id, such as `20261127-113501-4f2a`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    run: String,
}

impl Mark {
    /// The key of the tag.
    pub(crate) const KEY: &str = "tributary:run";

    /// The mark of a run.
    pub(crate) fn new(run: &str) -> Self {
        Self { run: run.to_owned() }
    }

    /// The run's id.
    pub(crate) fn run(&self) -> &str {
        &self.run
    }

    /// The tags of `CreateLogGroup`, `PutDestination`, `CreateStream` and `AddTagsToStream`.
    ///
    /// LocalStack 4.14 and moto 5.2 accept tags with `CreateStream` and drop them, so a stream is
    /// tagged by `AddTagsToStream` as well, at once: both take it while the stream is `CREATING`.
    /// moto drops the tags of `PutDestination` (and takes `TagResource`), LocalStack drops both.
    pub(crate) fn as_map(&self) -> HashMap<String, String> {
        HashMap::from([(Self::KEY.to_owned(), self.run.clone())])
    }

    /// The member `Tags` of Lambda's `CreateFunction` and `tags` of GuardDuty's `CreateDetector`.
    pub(crate) fn json_map(&self) -> Value {
        json!({ Self::KEY: self.run })
    }

    /// The member `TagList` of `CreateDomain`, `TagsList` of `CreateTrail`, and `Tags` of
    /// EventBridge's `PutRule`.
    pub(crate) fn json_list(&self) -> Value {
        json!([{ "Key": Self::KEY, "Value": self.run }])
    }

    /// The form of IAM's `CreateRole`.
    pub(crate) fn iam_form(&self) -> [(&'static str, &str); 2] {
        [("Tags.member.1.Key", Self::KEY), ("Tags.member.1.Value", &self.run)]
    }

    /// The form of EC2's `CreateFlowLogs`, and of what else EC2 makes: `vpc-flow-log`, `vpc`.
    pub(crate) fn ec2_form<'a>(&'a self, resource_type: &'a str) -> [(&'static str, &'a str); 3] {
        [
            ("TagSpecification.1.ResourceType", resource_type),
            ("TagSpecification.1.Tag.1.Key", Self::KEY),
            ("TagSpecification.1.Tag.1.Value", &self.run),
        ]
    }

    /// The tag of `CreateDeliveryStream`.
    ///
    /// # Errors
    /// Never: key and value are given.
    pub(crate) fn firehose_tag(
        &self,
    ) -> Result<aws_sdk_firehose::types::Tag, aws_smithy_types::error::operation::BuildError> {
        aws_sdk_firehose::types::Tag::builder().key(Self::KEY).value(&self.run).build()
    }

    /// The tags of `PutBucketTagging`, right after `CreateBucket`: not every backend takes tags
    /// with the latter.
    ///
    /// # Errors
    /// Never: key and value are given.
    pub(crate) fn s3_tagging(
        &self,
    ) -> Result<aws_sdk_s3::types::Tagging, aws_smithy_types::error::operation::BuildError> {
        let tag = aws_sdk_s3::types::Tag::builder().key(Self::KEY).value(&self.run).build()?;
        aws_sdk_s3::types::Tagging::builder().tag_set(tag).build()
    }

    /// The body of the index template: every index that is made from it carries the mark.
    pub(crate) fn index_template(&self, patterns: &[&str]) -> Value {
        json!({
            "index_patterns": patterns,
            "priority": 500,
            "template": { "mappings": { "_meta": { Self::KEY: self.run } } },
        })
    }

    /// The run that tags name, in whichever shape a service tells them.
    pub(super) fn run_of(tags: &Value) -> Option<String> {
        let value = match tags {
            Value::Object(map) => map.get(Self::KEY),
            Value::Array(list) => list.iter().find_map(|tag| {
                let member = |upper: &str, lower: &str| tag.get(upper).or_else(|| tag.get(lower));
                (member("Key", "key")? == Self::KEY).then(|| member("Value", "value"))?
            }),
            _ => None,
        };
        value.and_then(Value::as_str).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_is_read_back() {
        let mark = Mark::new("20261127-113501-4f2a");
        let run = Some("20261127-113501-4f2a".to_owned());
        for tags in [mark.json_map(), mark.json_list(), json!(mark.as_map())] {
            assert_eq!(Mark::run_of(&tags), run, "{tags}");
        }
        let lower =
            json!([{ "key": "other", "value": "x" }, { "key": Mark::KEY, "value": mark.run }]);
        assert_eq!(Mark::run_of(&lower), run);
        assert_eq!(
            Mark::run_of(&mark.index_template(&["logs"])["template"]["mappings"]["_meta"]),
            run
        );
        for others in
            [json!({}), json!([]), json!(null), json!({ "tributary": "run" }), json!(["x"])]
        {
            assert_eq!(Mark::run_of(&others), None, "{others}");
        }
    }

    #[test]
    fn the_builders_take_key_and_value() {
        let mark = Mark::new("r");
        assert_eq!(mark.firehose_tag().unwrap().value(), Some("r"));
        assert_eq!(mark.s3_tagging().unwrap().tag_set()[0].key(), Mark::KEY);
    }
}
