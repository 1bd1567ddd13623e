//! S3's buckets.

use super::{Api, fail, read, write};

const BUCKET: &str =
    r#"[{"accountId":"$account","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::$bucket"}]"#;
const SIGNED: &str = r#"{"SignatureVersion":"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256","bytesTransferredIn":0,"AuthenticationMethod":"AuthHeader","x-amz-id-2":"$code75=","bytesTransferredOut":$num3}"#;

/// A read of a bucket's setting: the name of the query parameter, and how it fails when not set.
macro_rules! setting {
    ($name:literal, $query:literal, $fails:expr) => {
        read(
            "s3",
            $name,
            concat!(
                r#"{"bucketName":"$bucket","Host":"$bucket.s3.$region.amazonaws.com",""#,
                $query,
                r#"":""}"#
            ),
        )
        .with(SIGNED)
        .on(BUCKET)
        .failing($fails)
    };
}

pub(super) const APIS: &[Api] = &[
    read("s3", "ListBuckets", r#"{"Host":"s3.$region.amazonaws.com"}"#).with(SIGNED),
    setting!("GetBucketLocation", "location", &[]),
    setting!("GetBucketAcl", "acl", &[]),
    setting!("GetBucketPolicy", "policy", &[fail(330, "NoSuchBucketPolicy", "The bucket policy does not exist")]),
    setting!("GetBucketPolicyStatus", "policyStatus", &[fail(250, "NoSuchBucketPolicy", "The bucket policy does not exist")]),
    setting!("GetBucketVersioning", "versioning", &[]),
    setting!("GetBucketEncryption", "encryption", &[fail(60, "ServerSideEncryptionConfigurationNotFoundError", "The server side encryption configuration was not found")]),
    setting!("GetBucketTagging", "tagging", &[fail(250, "NoSuchTagSet", "The TagSet does not exist")]),
    setting!("GetBucketLogging", "logging", &[]),
    setting!("GetBucketPublicAccessBlock", "publicAccessBlock", &[fail(120, "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found")]),
    setting!("GetBucketLifecycle", "lifecycle", &[fail(330, "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist")]),
    setting!("GetBucketReplication", "replication", &[fail(480, "ReplicationConfigurationNotFoundError", "The replication configuration was not found")]),
    setting!("GetBucketObjectLockConfiguration", "object-lock", &[fail(480, "ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket")]),
    setting!("GetBucketNotification", "notification", &[]),
    setting!("GetBucketOwnershipControls", "ownershipControls", &[]),
    setting!("GetBucketWebsite", "website", &[fail(550, "NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration")]),
    setting!("GetBucketCors", "cors", &[fail(500, "NoSuchCORSConfiguration", "The CORS configuration does not exist")]),
    setting!("GetBucketRequestPayment", "requestPayment", &[]),
    setting!("GetAccelerateConfiguration", "accelerate", &[]),
    read("s3", "GetAccountPublicAccessBlock", r#"{"publicAccessBlock":"","Host":"$account.s3-control.$region.amazonaws.com"}"#)
        .with(SIGNED)
        .failing(&[fail(100, "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found")]),
    read("s3", "HeadBucket", r#"{"bucketName":"$bucket","Host":"$bucket.s3.$region.amazonaws.com"}"#)
        .with(SIGNED)
        .on(BUCKET)
        .failing(&[fail(20, "AccessDenied", "Access Denied")]),
    write("s3", "PutBucketTagging", r#"{"bucketName":"$bucket","Host":"$bucket.s3.$region.amazonaws.com","tagging":"","Tagging":{"xmlns":"http://s3.amazonaws.com/doc/2006-03-01/","TagSet":{"Tag":{"Key":"team","Value":"$word"}}}}"#, "null")
        .with(SIGNED)
        .on(BUCKET),
    write("s3", "PutBucketLifecycle", r#"{"bucketName":"$bucket","Host":"$bucket.s3.$region.amazonaws.com","lifecycle":"","LifecycleConfiguration":{"xmlns":"http://s3.amazonaws.com/doc/2006-03-01/","Rule":{"ID":"expire","Status":"Enabled","Filter":{"Prefix":""},"Expiration":{"Days":90}}}}"#, "null")
        .with(SIGNED)
        .on(BUCKET),
    write("s3", "PutBucketPolicy", r#"{"bucketName":"$bucket","Host":"$bucket.s3.$region.amazonaws.com","policy":"","bucketPolicy":{"Version":"2012-10-17","Statement":[{"Sid":"DenyInsecureTransport","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::$bucket","arn:aws:s3:::$bucket/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}}"#, "null")
        .with(SIGNED)
        .on(BUCKET)
        .failing(&[fail(60, "MalformedPolicy", "Invalid principal in policy")]),
    write("s3", "PutBucketPublicAccessBlock", r#"{"bucketName":"$bucket","publicAccessBlock":"","Host":"$bucket.s3.$region.amazonaws.com","PublicAccessBlockConfiguration":{"xmlns":"http://s3.amazonaws.com/doc/2006-03-01/","RestrictPublicBuckets":true,"BlockPublicPolicy":true,"BlockPublicAcls":true,"IgnorePublicAcls":true}}"#, "null")
        .with(SIGNED)
        .on(BUCKET),
    write("s3", "CreateBucket", r#"{"bucketName":"$bucket-$hex6","Host":"s3.$region.amazonaws.com","CreateBucketConfiguration":{"LocationConstraint":"$region","xmlns":"http://s3.amazonaws.com/doc/2006-03-01/"}}"#, "null")
        .with(SIGNED)
        .on(r#"[{"accountId":"$account","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::$bucket-$hex6"}]"#)
        .failing(&[fail(60, "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.")]),
    write("s3", "DeleteBucket", r#"{"bucketName":"$bucket-$hex6","Host":"$bucket-$hex6.s3.$region.amazonaws.com"}"#, "null")
        .with(SIGNED)
        .failing(&[fail(120, "BucketNotEmpty", "The bucket you tried to delete is not empty")]),
];
