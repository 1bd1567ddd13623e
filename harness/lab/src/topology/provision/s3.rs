//! The buckets: one for the delivery stream, one for the trails of all accounts.

use aws_sdk_s3::types::{BucketLocationConstraint, CreateBucketConfiguration};

use super::firehose::unbuilt;
use super::outcome::CallError;
use super::{ProvisionError, Provisioned, Site};
use crate::topology::{Names, Step};

/// Creates both buckets; the trails' one gets its bucket policy.
pub(super) async fn create(
    site: &Site<'_>,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    const FILE: &str = "cloudtrail_bucket_policy.json";
    const OPERATION: &str = "PutBucketPolicy";
    let s3 = site.ground.s3(site.plan.accounts.master, &site.plan.names.region)?;
    let region = site.plan.names.region.as_str();
    let master = site.master();
    for (step, bucket) in [(Step::Bucket, Names::BUCKET), (Step::TrailBucket, Names::TRAIL_BUCKET)]
    {
        if !site.plan.has(step) {
            continue;
        }
        let mut call = s3.create_bucket().bucket(bucket);
        if region != "us-east-1" {
            call = call.create_bucket_configuration(
                CreateBucketConfiguration::builder()
                    .location_constraint(BucketLocationConstraint::from(region))
                    .build(),
            );
        }
        let outcome = call.send().await.map_err(CallError::of);
        let made = site.note(done, step, master.account, "CreateBucket", outcome)?.is_some();
        if let (true, Some(mark)) = (made, site.mark()) {
            let tagging = mark.s3_tagging().map_err(unbuilt)?;
            let call = s3.put_bucket_tagging().bucket(bucket).tagging(tagging);
            let outcome = call.send().await.map_err(CallError::of);
            site.note(done, step, master.account, "PutBucketTagging", outcome)?;
        }
    }
    let step = Step::TrailBucketPolicy;
    // A policy that names nobody's folder is refused, and without members there is none to name.
    if !site.plan.has(step) || site.plan.accounts.members.is_empty() {
        return Ok(());
    }
    if let Some(policy) = site.policy(step, &master, FILE, OPERATION, done) {
        let call = s3.put_bucket_policy().bucket(Names::TRAIL_BUCKET).policy(policy);
        let outcome = call.send().await.map_err(CallError::of);
        site.note_policy(done, step, master.account, OPERATION, FILE, outcome)?;
    }
    Ok(())
}
