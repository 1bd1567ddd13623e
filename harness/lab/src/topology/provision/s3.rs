//! The buckets: one for the delivery stream, one for the trails of all accounts.

use aws_sdk_s3::Client;
use aws_sdk_s3::types::{BucketLocationConstraint, CreateBucketConfiguration};

use tributary_vocabulary::Region;

use super::outcome::CallError;
use super::{ProvisionError, Provisioned, Site};
use crate::topology::{Names, Step};
use crate::upkeep::Mark;

/// Creates both buckets; the trails' one gets its bucket policy.
pub(super) async fn create(site: &Site<'_>, done: &mut Provisioned) -> Result<(), ProvisionError> {
    const FILE: &str = "cloudtrail_bucket_policy.json";
    const OPERATION: &str = "PutBucketPolicy";
    let s3 = site.ground.s3(site.plan.accounts.master, &site.plan.names.region)?;
    let region = &site.plan.names.region;
    let master = site.master();
    for (step, bucket) in [(Step::Bucket, Names::BUCKET), (Step::TrailBucket, Names::TRAIL_BUCKET)]
    {
        if !site.plan.has(step) {
            continue;
        }
        let outcome = create_bucket(&s3, bucket, region).await;
        let made = site.note(done, step, master.account, "CreateBucket", outcome)?.is_some();
        if let (true, Some(mark)) = (made, site.mark()) {
            let outcome = tag_bucket(&s3, bucket, mark).await;
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

/// Makes a bucket with its tags that no step of the walk-through makes; what AWS said otherwise.
pub(crate) async fn make_bucket(
    s3: &Client,
    bucket: &str,
    region: &Region,
    mark: &Mark,
) -> Result<(), String> {
    create_bucket(s3, bucket, region).await.map_err(|error| error.whole)?;
    tag_bucket(s3, bucket, mark).await.map_err(|error| error.whole)
}

/// `aws s3 mb`.
async fn create_bucket(s3: &Client, bucket: &str, region: &Region) -> Result<(), CallError> {
    let mut call = s3.create_bucket().bucket(bucket);
    if region.as_str() != "us-east-1" {
        call = call.create_bucket_configuration(
            CreateBucketConfiguration::builder()
                .location_constraint(BucketLocationConstraint::from(region.as_str()))
                .build(),
        );
    }
    call.send().await.map(|_| ()).map_err(CallError::of)
}

async fn tag_bucket(s3: &Client, bucket: &str, mark: &Mark) -> Result<(), CallError> {
    let unsent = |error: aws_smithy_types::error::operation::BuildError| CallError {
        code: String::new(),
        message: error.to_string(),
        whole: error.to_string(),
    };
    let tagging = mark.s3_tagging().map_err(unsent)?;
    let call = s3.put_bucket_tagging().bucket(bucket).tagging(tagging);
    call.send().await.map(|_| ()).map_err(CallError::of)
}
