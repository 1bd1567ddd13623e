//! The delivery stream: from the central stream, through the function, to the index and the bucket.

use aws_sdk_firehose::Client;
use aws_sdk_firehose::types::{
    AmazonopensearchserviceBufferingHints, AmazonopensearchserviceDestinationConfiguration,
    AmazonopensearchserviceIndexRotationPeriod, AmazonopensearchserviceS3BackupMode,
    BufferingHints, CompressionFormat, DeliveryStreamStatus, DeliveryStreamType,
    KinesisStreamSourceConfiguration, ProcessingConfiguration, Processor, ProcessorParameter,
    ProcessorParameterName, ProcessorType, S3DestinationConfiguration, Tag,
};
use aws_types::SdkConfig;

use super::outcome::{CallError, failed};
use super::{ProvisionError, Provisioned, Site, role, split};
use crate::ground::Backup;
use crate::topology::{Names, Step};

/// The processor's buffer in MB. Envelopes grow eight to fifteen times when they are inflated, so
/// AWS's blueprint asks for 256 KB to stay within the 6 MB of a response.
const PROCESSOR_BUFFER_MB: &str = "0.25";
/// The processor's buffer in seconds: AWS's default.
const PROCESSOR_BUFFER_S: &str = "60";

/// The delivery role, and `aws firehose create-delivery-stream`; waits until it is active.
pub(super) async fn create(
    site: &Site<'_>,
    config: &SdkConfig,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    let (step, master) = (Step::DeliveryStream, site.master());
    if !site.plan.has(step) {
        return Ok(());
    }
    role::create(site, &master, &role::DELIVERY, done)?;
    let firehose = Client::new(config);
    if site.plan.route.backup != Backup::Whole {
        return split::create(site, &firehose, done).await;
    }
    let names = &site.plan.names;
    let source = KinesisStreamSourceConfiguration::builder()
        .kinesis_stream_arn(names.stream_arn())
        .role_arn(names.role_arn(Names::DELIVERY_ROLE))
        .build()
        .map_err(unbuilt)?;
    let outcome = firehose
        .create_delivery_stream()
        .delivery_stream_name(Names::DELIVERY_STREAM)
        .delivery_stream_type(DeliveryStreamType::KinesisStreamAsSource)
        .kinesis_stream_source_configuration(source)
        .amazonopensearchservice_destination_configuration(destination(site)?)
        .set_tags(tags(site)?)
        .send()
        .await
        .map_err(CallError::of);
    if site.note(done, step, master.account, "CreateDeliveryStream", outcome)?.is_none() {
        return Ok(());
    }
    let name = Names::DELIVERY_STREAM;
    site.until_active(name, || is_active(&firehose, name)).await
}

/// The tags of a delivery stream.
pub(super) fn tags(site: &Site<'_>) -> Result<Option<Vec<Tag>>, ProvisionError> {
    site.mark().map(|mark| Ok(vec![mark.firehose_tag().map_err(unbuilt)?])).transpose()
}

/// The error of a configuration that lacks a member.
pub(super) fn unbuilt(error: aws_smithy_types::error::operation::BuildError) -> ProvisionError {
    ProvisionError::Call { step: "CreateDeliveryStream".to_owned(), message: error.to_string() }
}

fn destination(
    site: &Site<'_>,
) -> Result<AmazonopensearchserviceDestinationConfiguration, ProvisionError> {
    let names = &site.plan.names;
    AmazonopensearchserviceDestinationConfiguration::builder()
        .role_arn(names.role_arn(Names::DELIVERY_ROLE))
        .domain_arn(names.domain_arn())
        .index_name(Names::INDEX)
        .index_rotation_period(AmazonopensearchserviceIndexRotationPeriod::OneDay)
        .buffering_hints(
            AmazonopensearchserviceBufferingHints::builder()
                .interval_in_seconds(300)
                .size_in_mbs(5)
                .build(),
        )
        .s3_backup_mode(AmazonopensearchserviceS3BackupMode::AllDocuments)
        .s3_configuration(
            S3DestinationConfiguration::builder()
                .role_arn(names.role_arn(Names::DELIVERY_ROLE))
                .bucket_arn(Names::bucket_arn())
                .buffering_hints(
                    BufferingHints::builder().interval_in_seconds(300).size_in_mbs(5).build(),
                )
                .compression_format(CompressionFormat::Uncompressed)
                .build()
                .map_err(unbuilt)?,
        )
        .processing_configuration(processing(site)?)
        .build()
        .map_err(unbuilt)
}

fn processing(site: &Site<'_>) -> Result<ProcessingConfiguration, ProvisionError> {
    let mut processor = Processor::builder().r#type(ProcessorType::Lambda);
    for (name, value) in [
        (ProcessorParameterName::LambdaArn, site.plan.names.function_arn()),
        (ProcessorParameterName::BufferSizeInMb, PROCESSOR_BUFFER_MB.to_owned()),
        (ProcessorParameterName::BufferIntervalInSeconds, PROCESSOR_BUFFER_S.to_owned()),
    ] {
        let parameter = ProcessorParameter::builder()
            .parameter_name(name)
            .parameter_value(value)
            .build()
            .map_err(unbuilt)?;
        processor = processor.parameters(parameter);
    }
    let processor = processor.build().map_err(unbuilt)?;
    Ok(ProcessingConfiguration::builder().enabled(true).processors(processor).build())
}

pub(super) async fn is_active(firehose: &Client, name: &str) -> Result<bool, ProvisionError> {
    let described = firehose
        .describe_delivery_stream()
        .delivery_stream_name(name)
        .send()
        .await
        .map_err(|error| failed("DescribeDeliveryStream", &CallError::of(error)))?;
    let status =
        described.delivery_stream_description().map(|stream| stream.delivery_stream_status());
    if status == Some(&DeliveryStreamStatus::CreatingFailed) {
        let message = format!("{name} ended as CREATING_FAILED");
        return Err(ProvisionError::Call { step: "CreateDeliveryStream".to_owned(), message });
    }
    Ok(status == Some(&DeliveryStreamStatus::Active))
}
