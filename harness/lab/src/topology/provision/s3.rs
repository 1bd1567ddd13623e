//! The buckets: one for the delivery stream, one for the trails of all accounts.

use aws_sdk_s3::Client;
use aws_sdk_s3::types::{BucketLocationConstraint, CreateBucketConfiguration};
use aws_types::SdkConfig;

use super::step::failed;
use super::{ProvisionError, Site};
use crate::topology::Names;

/// Creates both buckets; the trails' one gets its bucket policy.
pub(super) async fn create(site: &Site<'_>, config: &SdkConfig) -> Result<(), ProvisionError> {
    let s3 = Client::new(config);
    let region = site.plan.names.region.as_str();
    for bucket in [Names::BUCKET, Names::TRAIL_BUCKET] {
        let mut call = s3.create_bucket().bucket(bucket);
        if region != "us-east-1" {
            call = call.create_bucket_configuration(
                CreateBucketConfiguration::builder()
                    .location_constraint(BucketLocationConstraint::from(region))
                    .build(),
            );
        }
        call.send().await.map_err(|error| failed("CreateBucket", error))?;
    }
    if !site.plan.accounts.members.is_empty() {
        s3.put_bucket_policy()
            .bucket(Names::TRAIL_BUCKET)
            .policy(site.policy("cloudtrail_bucket_policy.json")?)
            .send()
            .await
            .map_err(|error| failed("PutBucketPolicy", error))?;
    }
    Ok(())
}
