//! Whether a delivery stream writes objects to S3.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use aws_sdk_firehose::Client;
use aws_sdk_firehose::primitives::Blob;
use aws_sdk_firehose::types::{
    BufferingHints, CompressionFormat, DeliveryStreamType, ExtendedS3DestinationConfiguration,
    Record,
};
use tributary_vocabulary::AccountId;

use super::trying::{MADE, name, refusal, wait_for};
use crate::backend::{BackendError, Support};
use crate::door::AwsDoor;

/// How long a record may take; the delivery stream is asked to hold it for less.
const WRITTEN: Duration = Duration::from_secs(10);
const HELD_SECONDS: i32 = 5;

/// Whether a record becomes an object.
pub(super) async fn experiment(
    door: &AwsDoor,
    account: AccountId,
) -> Result<Support, BackendError> {
    let probe = Probe {
        firehose: Client::new(&door.sdk_config(account)?),
        s3: door.s3_client(account)?,
        name: name(),
        account,
    };
    let seen = probe.seen().await;
    probe.remove().await;
    Ok(match seen {
        Ok(true) => Support::Yes,
        Ok(false) => Support::No("a record did not become an object in 10 seconds".to_owned()),
        Err(reason) => Support::No(reason),
    })
}

struct Probe {
    firehose: Client,
    s3: aws_sdk_s3::Client,
    name: String,
    account: AccountId,
}

impl Probe {
    async fn seen(&self) -> Result<bool, String> {
        let made = self.s3.create_bucket().bucket(&self.name).send().await;
        made.map_err(|error| refusal("CreateBucket", &error))?;
        self.make().await?;
        self.put().await?;
        let written =
            wait_for(WRITTEN, || async { Ok((!self.keys().await?.is_empty()).then_some(())) });
        Ok(written.await?.is_some())
    }

    async fn make(&self) -> Result<(), String> {
        let hints = BufferingHints::builder().interval_in_seconds(HELD_SECONDS).size_in_mbs(1);
        let s3 = ExtendedS3DestinationConfiguration::builder()
            .role_arn(format!("arn:aws:iam::{}:role/tributary-probe", self.account))
            .bucket_arn(format!("arn:aws:s3:::{}", self.name))
            .buffering_hints(hints.build())
            .compression_format(CompressionFormat::Uncompressed)
            .build()
            .map_err(|error| error.to_string())?;
        self.firehose
            .create_delivery_stream()
            .delivery_stream_name(&self.name)
            .delivery_stream_type(DeliveryStreamType::DirectPut)
            .extended_s3_destination_configuration(s3)
            .send()
            .await
            .map_err(|error| refusal("CreateDeliveryStream", &error))?;
        Ok(())
    }

    /// Puts a record once it is taken, which tells that the delivery stream is ACTIVE. Its description is
    /// not asked for: emulators leave out members that the SDK insists on.
    async fn put(&self) -> Result<(), String> {
        let record = Record::builder().data(Blob::new("probe\n")).build();
        let record = record.map_err(|error| error.to_string())?;
        let refused = Mutex::new("PutRecord was not answered in 30 seconds".to_owned());
        let taken = wait_for(MADE, || async {
            let call = self.firehose.put_record().delivery_stream_name(&self.name);
            match call.record(record.clone()).send().await {
                Ok(_) => Ok(Some(())),
                Err(error) => {
                    *refused.lock().unwrap_or_else(PoisonError::into_inner) =
                        refusal("PutRecord", &error);
                    Ok(None)
                }
            }
        });
        taken.await?.ok_or_else(|| refused.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    async fn keys(&self) -> Result<Vec<String>, String> {
        let listed = self.s3.list_objects_v2().bucket(&self.name).send().await;
        let listed = listed.map_err(|error| refusal("ListObjectsV2", &error))?;
        Ok(listed.contents.into_iter().flatten().filter_map(|it| it.key).collect())
    }

    async fn remove(&self) {
        // It may not be there; what remains has a name that says whose it is.
        let call = self.firehose.delete_delivery_stream().delivery_stream_name(&self.name);
        let _ = call.send().await;
        for key in self.keys().await.unwrap_or_default() {
            let _ = self.s3.delete_object().bucket(&self.name).key(key).send().await;
        }
        let _ = self.s3.delete_bucket().bucket(&self.name).send().await;
    }
}
