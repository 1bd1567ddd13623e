//! `KinesisStreamSourceConfiguration`.

use serde::{Deserialize, Serialize};

use super::shape;
use crate::kernel::Validation;

/// The Kinesis data stream that a delivery stream reads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KinesisSourceMembers {
    /// The stream.
    #[serde(rename = "KinesisStreamARN")]
    pub stream_arn: Option<String>,
    /// The role that Firehose takes on to read it.
    #[serde(rename = "RoleARN")]
    pub role_arn: Option<String>,
}

impl KinesisSourceMembers {
    pub(crate) fn validate(&self, validation: &mut Validation) {
        let path = |member: &str| format!("kinesisStreamSourceConfiguration.{member}");
        validation.required(&path("kinesisStreamARN"), self.stream_arn.as_ref());
        validation.required(&path("roleARN"), self.role_arn.as_ref());
        if let Some(arn) = &self.stream_arn {
            shape::stream_arn(validation, &path("kinesisStreamARN"), arn);
        }
        if let Some(arn) = &self.role_arn {
            shape::role_arn(validation, &path("roleARN"), arn);
        }
    }
}
