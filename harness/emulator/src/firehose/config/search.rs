//! `AmazonopensearchserviceDestinationConfiguration`, and its older form for Elasticsearch.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    BufferingHints, LoggingOptions, ProcessingConfiguration, RetryOptions, S3Members, invalid,
    overlay, shape,
};
use crate::firehose::name::Rotation;
use crate::kernel::{ServiceError, Validation};

/// `DocumentIdOptions`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentIdOptions {
    /// `FIREHOSE_DEFAULT` or `NO_DOCUMENT_ID`.
    #[serde(rename = "DefaultDocumentIdFormat")]
    pub default_document_id_format: Option<String>,
}

/// The members of an OpenSearch destination, as given, stored and described.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SearchMembers {
    /// The role that Firehose takes on to index.
    #[serde(rename = "RoleARN", skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    /// The domain.
    #[serde(rename = "DomainARN", skip_serializing_if = "Option::is_none")]
    pub domain_arn: Option<String>,
    /// Not supported: a domain is named by its ARN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster_endpoint: Option<String>,
    /// The index, without its rotation's suffix.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index_name: Option<String>,
    /// The type, for clusters before version 7.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub type_name: Option<String>,
    /// How often a new index is begun.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index_rotation_period: Option<String>,
    /// When a bulk request is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buffering_hints: Option<BufferingHints>,
    /// How long a bulk request is retried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_options: Option<RetryOptions>,
    /// `FailedDocumentsOnly` or `AllDocuments`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub s3_backup_mode: Option<String>,
    /// Where failed documents, and with `AllDocuments` all source records, are kept.
    #[serde(
        rename(serialize = "S3DestinationDescription", deserialize = "S3Configuration"),
        alias = "S3Update",
        skip_serializing_if = "Option::is_none"
    )]
    pub s3: Option<S3Members>,
    /// The processors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub processing_configuration: Option<ProcessingConfiguration>,
    /// Error logging.
    #[serde(rename = "CloudWatchLoggingOptions", skip_serializing_if = "Option::is_none")]
    pub logging: Option<LoggingOptions>,
    /// How documents get their ids.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_id_options: Option<DocumentIdOptions>,
    /// Not supported.
    #[serde(skip_serializing)]
    pub vpc_configuration: Option<Value>,
}

impl SearchMembers {
    pub(crate) fn validate(&self, validation: &mut Validation, path: &str, creates: bool) {
        let at = |member: &str| format!("{path}.{member}");
        if creates {
            validation.required(&at("roleARN"), self.role_arn.as_ref());
            validation.required(&at("indexName"), self.index_name.as_ref());
            validation.required(&at("s3Configuration"), self.s3.as_ref());
        }
        if let Some(role) = &self.role_arn {
            shape::role_arn(validation, &at("roleARN"), role);
        }
        if let Some(domain) = &self.domain_arn {
            shape::domain_arn(validation, &at("domainARN"), domain);
        }
        if let Some(name) = &self.index_name {
            validation.length(&at("indexName"), name, 1, 80);
        }
        if let Some(name) = &self.type_name {
            validation.length(&at("typeName"), name, 0, 100);
        }
        if let Some(period) = &self.index_rotation_period {
            validation.one_of(&at("indexRotationPeriod"), period, &Rotation::NAMES);
        }
        if let Some(hints) = &self.buffering_hints {
            hints.validate(validation, &at("bufferingHints"), 100, 0);
        }
        if let Some(seconds) = self.retry_options.as_ref().and_then(|r| r.duration_in_seconds) {
            validation.range(&at("retryOptions.durationInSeconds"), seconds, 0, 7200);
        }
        if let Some(mode) = &self.s3_backup_mode {
            let modes = ["FailedDocumentsOnly", "AllDocuments"];
            validation.one_of(&at("s3BackupMode"), mode, &modes);
        }
        let format =
            self.document_id_options.as_ref().and_then(|o| o.default_document_id_format.as_ref());
        if let Some(format) = format {
            let path = at("documentIdOptions.defaultDocumentIdFormat");
            validation.one_of(&path, format, &["FIREHOSE_DEFAULT", "NO_DOCUMENT_ID"]);
        }
        if let Some(s3) = &self.s3 {
            let member = if creates { "s3Configuration" } else { "s3Update" };
            s3.validate(validation, &at(member), creates, 60);
        }
        if let Some(processing) = &self.processing_configuration {
            processing.validate(validation, &at("processingConfiguration"));
        }
    }

    pub(crate) fn check(&self) -> Result<(), ServiceError> {
        if self.cluster_endpoint.is_some() {
            return Err(invalid(
                "ClusterEndpoint is not supported by this emulator; name the domain by DomainARN",
            ));
        }
        if self.domain_arn.is_none() {
            return Err(invalid("Either DomainARN or ClusterEndpoint must be specified"));
        }
        if self.vpc_configuration.is_some() {
            return Err(invalid(
                "VpcConfiguration is not supported by this emulator; leave it out",
            ));
        }
        if let Some(hints) = &self.buffering_hints {
            hints.check()?;
        }
        if let Some(s3) = &self.s3 {
            s3.check()?;
        }
        self.processing_configuration.as_ref().map_or(Ok(()), ProcessingConfiguration::check)
    }

    pub(crate) fn fill(&mut self) {
        self.type_name.get_or_insert_default();
        self.index_rotation_period.get_or_insert_with(|| "OneDay".to_owned());
        self.buffering_hints.get_or_insert_with(BufferingHints::default_of_all);
        let retry = self.retry_options.get_or_insert_default();
        retry.duration_in_seconds.get_or_insert(300);
        self.s3_backup_mode.get_or_insert_with(|| "FailedDocumentsOnly".to_owned());
        let ids = self.document_id_options.get_or_insert_default();
        ids.default_document_id_format.get_or_insert_with(|| "FIREHOSE_DEFAULT".to_owned());
        if let Some(s3) = &mut self.s3 {
            s3.fill();
        }
        let role = self.role_arn.clone().unwrap_or_default();
        self.processing_configuration.get_or_insert_default().fill(&role);
        self.logging
            .get_or_insert_with(|| LoggingOptions { enabled: Some(false), ..Default::default() });
    }

    /// Takes over each member that an update gives; the processing is replaced whole.
    pub(crate) fn update(&mut self, given: Self) -> Result<(), ServiceError> {
        if given.s3_backup_mode.is_some() {
            return Err(invalid(
                "S3BackupMode of an OpenSearch destination cannot be changed: the update has no \
                 such member",
            ));
        }
        match (&mut self.s3, given.s3) {
            (Some(stored), Some(given)) => stored.update(given),
            (stored, Some(given)) => *stored = Some(given),
            _ => {}
        }
        overlay!(
            self,
            given,
            role_arn,
            domain_arn,
            cluster_endpoint,
            index_name,
            type_name,
            index_rotation_period,
            buffering_hints,
            retry_options,
            processing_configuration,
            logging,
            document_id_options,
            vpc_configuration,
        );
        Ok(())
    }
}
