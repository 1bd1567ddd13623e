//! The configuration as the data path reads it: parsed once, shared by all lanes of a stream.

use std::sync::Arc;

use jiff::tz::TimeZone;
use tributary_vocabulary::{AccountId, Region, Timestamp};

use super::{BufferingHints, KinesisSourceMembers, ProcessingConfiguration, Processor};
use super::{Destination, ExtendedS3Members, S3Members, SearchMembers, invalid};
use crate::firehose::name::{Prefix, PrefixError, Rotation};
use crate::kernel::{ArnParts, ServiceError};

/// When a buffer is emptied: whichever comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Buffering {
    /// Bytes of records.
    pub bytes: u64,
    /// Milliseconds since the buffer's first record.
    pub interval_ms: i64,
}

/// The source stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourcePlan {
    /// The ARN of the Kinesis data stream.
    pub stream_arn: Arc<str>,
    /// The role that reads it.
    pub role_arn: String,
    /// Records from this moment on are read: `DeliveryStartTimestamp`.
    pub start: Timestamp,
}

/// The function that processes records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessorPlan {
    /// The ARN of the function, with its qualifier.
    pub lambda_arn: String,
    /// The role that invokes it.
    pub role_arn: String,
    /// How often an invocation is retried; `None` when the parameter is no number from 0 to 300,
    /// which AWS accepts and then fails on.
    pub retries: Option<u32>,
    /// When it is invoked.
    pub buffering: Buffering,
}

/// Objects in a bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct S3Plan {
    /// The role that writes.
    pub role_arn: String,
    /// The bucket's name.
    pub bucket: String,
    /// The prefix of data.
    pub prefix: Prefix,
    /// The prefix of errors, where one is given.
    pub error_prefix: Option<Prefix>,
    /// Whether objects are gzip.
    pub gzip: bool,
    /// The suffix of an object of data.
    pub extension: String,
    /// When an object is written.
    pub buffering: Buffering,
    /// What is appended to each record of an object of data.
    pub delimiter: Option<String>,
}

/// Documents in a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchPlan {
    /// The role that indexes.
    pub role_arn: String,
    /// The ARN of the domain.
    pub domain_arn: String,
    /// The index without its suffix.
    pub index: String,
    /// The type; empty for none.
    pub type_name: String,
    /// How often a new index is begun.
    pub rotation: Rotation,
    /// When a bulk request is sent.
    pub buffering: Buffering,
    /// How long a request is retried, the first attempt included.
    pub retry_ms: i64,
    /// Whether Firehose gives documents their ids.
    pub document_ids: bool,
}

/// Where transformed records go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outlet {
    /// Into a domain.
    Search(SearchPlan),
    /// Into a bucket.
    S3(Arc<S3Plan>),
}

/// A delivery stream's configuration for the data path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The ARN of the delivery stream.
    pub arn: Arc<str>,
    /// Its name.
    pub name: String,
    /// Its `VersionId`, which object keys carry.
    pub version: u64,
    /// Its account.
    pub account: AccountId,
    /// Its Region.
    pub region: Region,
    /// What it reads; `None` for DirectPut.
    pub source: Option<SourcePlan>,
    /// The processor.
    pub processor: Option<ProcessorPlan>,
    /// The destination.
    pub outlet: Outlet,
    /// Where records lie that were given up.
    pub errors: Arc<S3Plan>,
    /// Where all source records are kept.
    pub backup: Option<Arc<S3Plan>>,
}

/// Whose plan it is.
#[derive(Debug, Clone)]
pub struct PlanContext {
    /// The ARN of the delivery stream.
    pub arn: Arc<str>,
    /// Its name.
    pub name: String,
    /// Its `VersionId`.
    pub version: u64,
    /// Its account.
    pub account: AccountId,
    /// Its Region.
    pub region: Region,
    /// When it was created.
    pub created: Timestamp,
}

impl Plan {
    /// The plan of a stored configuration.
    ///
    /// # Errors
    /// `InvalidArgumentException` when a prefix is not valid.
    pub(crate) fn of(
        context: PlanContext,
        source: Option<&KinesisSourceMembers>,
        destination: &Destination,
    ) -> Result<Self, ServiceError> {
        let (outlet, errors, backup, processing) = match destination {
            Destination::S3(members) | Destination::ExtendedS3(members) => {
                let s3 = Arc::new(extended(members)?);
                let enabled = members.s3_backup_mode.as_deref() == Some("Enabled");
                let backup = members.s3_backup.as_ref().filter(|_| enabled);
                let backup = backup.map(plain).transpose()?.map(Arc::new);
                (Outlet::S3(s3.clone()), s3, backup, &members.processing_configuration)
            }
            Destination::OpenSearch(members) | Destination::Elasticsearch(members) => {
                let errors = Arc::new(plain(members.s3.as_ref().unwrap_or(&S3Members::default()))?);
                let all = members.s3_backup_mode.as_deref() == Some("AllDocuments");
                let backup = all.then(|| errors.clone());
                (Outlet::Search(search(members)), errors, backup, &members.processing_configuration)
            }
        };
        let processor = processing.as_ref().and_then(ProcessingConfiguration::lambda);
        Ok(Self {
            source: source.map(|source| SourcePlan {
                stream_arn: Arc::from(source.stream_arn.as_deref().unwrap_or_default()),
                role_arn: source.role_arn.clone().unwrap_or_default(),
                start: context.created,
            }),
            arn: context.arn,
            name: context.name,
            version: context.version,
            account: context.account,
            region: context.region,
            processor: processor.map(lambda),
            outlet,
            errors,
            backup,
        })
    }
}

const MB: u64 = 1024 * 1024;

fn buffering(hints: Option<&BufferingHints>) -> Buffering {
    let size = hints.and_then(|hints| hints.size_in_mbs).unwrap_or(5);
    let interval = hints.and_then(|hints| hints.interval_in_seconds).unwrap_or(300);
    Buffering {
        bytes: u64::try_from(size).unwrap_or(5) * MB,
        interval_ms: interval.saturating_mul(1000),
    }
}

/// The plan of S3 members, with UTC and without what only extended destinations have.
fn plain(members: &S3Members) -> Result<S3Plan, ServiceError> {
    let refuse = |error: PrefixError| invalid(error.to_string());
    let gzip = members.compression_format.as_deref() == Some("GZIP");
    let bucket = members.bucket_arn.as_deref().and_then(ArnParts::split);
    let prefix = members.prefix.as_deref().unwrap_or_default();
    let errors = members.error_output_prefix.as_deref();
    Ok(S3Plan {
        role_arn: members.role_arn.clone().unwrap_or_default(),
        bucket: bucket.map_or_else(String::new, |arn| arn.resource.to_owned()),
        prefix: Prefix::of_data(prefix, TimeZone::UTC).map_err(refuse)?,
        error_prefix: errors
            .map(|text| Prefix::of_errors(text, TimeZone::UTC))
            .transpose()
            .map_err(refuse)?,
        gzip,
        extension: if gzip { ".gz".to_owned() } else { String::new() },
        buffering: buffering(members.buffering_hints.as_ref()),
        delimiter: None,
    })
}

fn extended(members: &ExtendedS3Members) -> Result<S3Plan, ServiceError> {
    let mut plan = plain(&members.s3)?;
    if let Some(extension) = members.file_extension.as_ref().filter(|text| !text.is_empty()) {
        plan.extension.clone_from(extension);
    }
    let processing = members.processing_configuration.as_ref();
    plan.delimiter = processing.and_then(ProcessingConfiguration::delimiter);
    Ok(plan)
}

fn search(members: &SearchMembers) -> SearchPlan {
    let rotation = members.index_rotation_period.as_deref().and_then(Rotation::named);
    let retry = members.retry_options.as_ref().and_then(|options| options.duration_in_seconds);
    let ids = members.document_id_options.as_ref();
    let format = ids.and_then(|options| options.default_document_id_format.as_deref());
    SearchPlan {
        role_arn: members.role_arn.clone().unwrap_or_default(),
        domain_arn: members.domain_arn.clone().unwrap_or_default(),
        index: members.index_name.clone().unwrap_or_default(),
        type_name: members.type_name.clone().unwrap_or_default(),
        rotation: rotation.unwrap_or(Rotation::Day),
        buffering: buffering(members.buffering_hints.as_ref()),
        retry_ms: retry.unwrap_or(300).saturating_mul(1000),
        document_ids: format != Some("NO_DOCUMENT_ID"),
    }
}

fn lambda(processor: &Processor) -> ProcessorPlan {
    let number = |name: &str, default: f64| {
        processor.parameter(name).and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    #[expect(clippy::cast_precision_loss, reason = "a megabyte is exact")]
    let bytes = number("BufferSizeInMBs", 1.0) * MB as f64;
    let interval_ms = number("BufferIntervalInSeconds", 60.0) * 1000.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the configuration's check keeps both within small positive bounds"
    )]
    let buffering = Buffering { bytes: bytes as u64, interval_ms: interval_ms as i64 };
    ProcessorPlan {
        lambda_arn: processor.parameter("LambdaArn").unwrap_or_default().to_owned(),
        role_arn: processor.parameter("RoleArn").unwrap_or_default().to_owned(),
        retries: processor
            .parameter("NumberOfRetries")
            .map_or(Some(3), |text| text.parse().ok().filter(|retries| *retries <= 300)),
        buffering,
    }
}
