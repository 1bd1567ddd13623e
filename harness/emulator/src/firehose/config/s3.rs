//! `S3DestinationConfiguration`, and the S3 part of every other destination.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{BufferingHints, LoggingOptions, invalid, overlay, shape};
use crate::kernel::{ServiceError, Validation};

/// The values of `CompressionFormat` in the service model; the case matters.
const COMPRESSIONS: &[&str] = &["UNCOMPRESSED", "GZIP", "ZIP", "Snappy", "HADOOP_SNAPPY"];

/// The members of an S3 destination, as given, stored and described.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct S3Members {
    /// The role that Firehose takes on to write.
    #[serde(rename = "RoleARN", skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    /// The bucket.
    #[serde(rename = "BucketARN", skip_serializing_if = "Option::is_none")]
    pub bucket_arn: Option<String>,
    /// The prefix of data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// The prefix of errors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_output_prefix: Option<String>,
    /// When an object is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buffering_hints: Option<BufferingHints>,
    /// How an object is compressed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compression_format: Option<String>,
    /// Encryption: none but `NoEncryptionConfig` is supported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encryption_configuration: Option<Value>,
    /// Error logging.
    #[serde(rename = "CloudWatchLoggingOptions", skip_serializing_if = "Option::is_none")]
    pub logging: Option<LoggingOptions>,
}

impl S3Members {
    /// The shape; `least_interval` is 60 for a backup, which has no zero buffering.
    pub(crate) fn validate(
        &self,
        validation: &mut Validation,
        path: &str,
        creates: bool,
        least_interval: i64,
    ) {
        let at = |member: &str| format!("{path}.{member}");
        if creates {
            validation.required(&at("roleARN"), self.role_arn.as_ref());
            validation.required(&at("bucketARN"), self.bucket_arn.as_ref());
        }
        if let Some(role) = &self.role_arn {
            shape::role_arn(validation, &at("roleARN"), role);
        }
        if let Some(bucket) = &self.bucket_arn {
            shape::bucket_arn(validation, &at("bucketARN"), bucket);
        }
        if let Some(prefix) = &self.prefix {
            validation.length(&at("prefix"), prefix, 0, 1024);
        }
        if let Some(prefix) = &self.error_output_prefix {
            validation.length(&at("errorOutputPrefix"), prefix, 0, 1024);
        }
        if let Some(hints) = &self.buffering_hints {
            hints.validate(validation, &at("bufferingHints"), 128, least_interval);
        }
        if let Some(format) = &self.compression_format {
            validation.one_of(&at("compressionFormat"), format, COMPRESSIONS);
        }
    }

    /// The rules beyond the shape, on the members as they will be stored.
    pub(crate) fn check(&self) -> Result<(), ServiceError> {
        if let Some(hints) = &self.buffering_hints {
            hints.check()?;
        }
        if let Some(format) = self.compression_format.as_deref()
            && !matches!(format, "UNCOMPRESSED" | "GZIP")
        {
            return Err(invalid(format!(
                "CompressionFormat {format} is not supported by this emulator; use UNCOMPRESSED or \
                 GZIP"
            )));
        }
        if let Some(encryption) = &self.encryption_configuration
            && encryption.get("KMSEncryptionConfig").is_some()
        {
            return Err(invalid(
                "KMSEncryptionConfig is not supported by this emulator; leave \
                 EncryptionConfiguration out",
            ));
        }
        let expression = self.prefix.as_deref().is_some_and(|prefix| prefix.contains("!{"));
        if expression && self.error_output_prefix.is_none() {
            return Err(invalid(
                "ErrorOutputPrefix cannot be null when Prefix contains expressions",
            ));
        }
        Ok(())
    }

    /// Fills in what AWS fills in.
    pub(crate) fn fill(&mut self) {
        self.buffering_hints.get_or_insert_with(BufferingHints::default_of_all);
        self.compression_format.get_or_insert_with(|| "UNCOMPRESSED".to_owned());
        self.encryption_configuration
            .get_or_insert_with(|| serde_json::json!({"NoEncryptionConfig": "NoEncryption"}));
        self.logging
            .get_or_insert_with(|| LoggingOptions { enabled: Some(false), ..Default::default() });
    }

    /// Takes over each member that an update gives.
    pub(crate) fn update(&mut self, given: Self) {
        overlay!(
            self,
            given,
            role_arn,
            bucket_arn,
            prefix,
            error_output_prefix,
            buffering_hints,
            compression_format,
            encryption_configuration,
            logging,
        );
    }
}
