//! The delivery stream in two, where none runs the transform: one for the backup, which gets records
//! as they lie on the central stream, and one for the documents that a bridge makes of them.

use aws_sdk_firehose::Client;
use aws_sdk_firehose::types::{
    AmazonopensearchserviceDestinationConfiguration, AmazonopensearchserviceIndexRotationPeriod,
    AmazonopensearchserviceS3BackupMode, BufferingHints, CompressionFormat, DeliveryStreamType,
    ExtendedS3DestinationConfiguration, KinesisStreamSourceConfiguration,
    S3DestinationConfiguration,
};

use super::firehose::{is_active, tags, unbuilt};
use super::outcome::CallError;
use super::{ProvisionError, Provisioned, Site};
use crate::ground::{Backup, Index};
use crate::topology::{Names, Step};

/// The buffer of either, in seconds and in MB, where buffering hints are observed.
const BUFFER_S: i32 = 60;
const BUFFER_MB: i32 = 5;

/// `aws firehose create-delivery-stream`, as often as the way of events asks; waits until they are
/// active.
pub(super) async fn create(
    site: &Site<'_>,
    firehose: &Client,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    if site.plan.route.backup != Backup::None {
        backup(site, firehose, done).await?;
    }
    if site.plan.route.index == Index::Documents {
        documents(site, firehose, done).await?;
    }
    Ok(())
}

async fn backup(
    site: &Site<'_>,
    firehose: &Client,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    let (step, master) = (Step::DeliveryStream, site.plan.accounts.master);
    let names = &site.plan.names;
    let name = Names::DELIVERY_STREAM;
    let bucket = ExtendedS3DestinationConfiguration::builder()
        .role_arn(names.role_arn(Names::DELIVERY_ROLE))
        .bucket_arn(Names::bucket_arn())
        .buffering_hints(hints())
        .compression_format(CompressionFormat::Uncompressed)
        .build()
        .map_err(unbuilt)?;
    let mut call = firehose
        .create_delivery_stream()
        .delivery_stream_name(name)
        .set_tags(tags(site)?)
        .extended_s3_destination_configuration(bucket);
    call = if site.plan.route.backup == Backup::Source {
        let source = KinesisStreamSourceConfiguration::builder()
            .kinesis_stream_arn(names.stream_arn())
            .role_arn(names.role_arn(Names::DELIVERY_ROLE))
            .build()
            .map_err(unbuilt)?;
        call.delivery_stream_type(DeliveryStreamType::KinesisStreamAsSource)
            .kinesis_stream_source_configuration(source)
    } else {
        call.delivery_stream_type(DeliveryStreamType::DirectPut)
    };
    let outcome = call.send().await.map_err(CallError::of);
    if site.note(done, step, master, "CreateDeliveryStream", outcome)?.is_none() {
        return Ok(());
    }
    site.until_active(name, || is_active(firehose, name)).await
}

async fn documents(
    site: &Site<'_>,
    firehose: &Client,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    let (step, master) = (Step::DeliveryStream, site.plan.accounts.master);
    let role = site.plan.names.role_arn(Names::DELIVERY_ROLE);
    let name = Names::DOCUMENTS_STREAM;
    let endpoint = site.ground.remote().and_then(|remote| remote.opensearch_inside.clone());
    let failures = S3DestinationConfiguration::builder()
        .role_arn(&role)
        .bucket_arn(Names::bucket_arn())
        .buffering_hints(hints())
        .compression_format(CompressionFormat::Uncompressed)
        .build()
        .map_err(unbuilt)?;
    let index = AmazonopensearchserviceDestinationConfiguration::builder()
        .role_arn(&role)
        .set_cluster_endpoint(endpoint)
        .index_name(Names::INDEX)
        .index_rotation_period(AmazonopensearchserviceIndexRotationPeriod::OneDay)
        .s3_backup_mode(AmazonopensearchserviceS3BackupMode::FailedDocumentsOnly)
        .s3_configuration(failures)
        .build()
        .map_err(unbuilt)?;
    let call = firehose
        .create_delivery_stream()
        .delivery_stream_name(name)
        .delivery_stream_type(DeliveryStreamType::DirectPut)
        .set_tags(tags(site)?)
        .amazonopensearchservice_destination_configuration(index);
    let outcome = call.send().await.map_err(CallError::of);
    if site.note(done, step, master, "CreateDeliveryStream", outcome)?.is_none() {
        return Ok(());
    }
    site.until_active(name, || is_active(firehose, name)).await
}

fn hints() -> BufferingHints {
    BufferingHints::builder().interval_in_seconds(BUFFER_S).size_in_mbs(BUFFER_MB).build()
}
