//! Data events: objects, invocations, items; and refusals of VPC endpoints.

use super::{Api, Kind, fail, read, write};

const OBJECT: &str = r#"[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::$bucket/$object"},{"accountId":"$account","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::$bucket"}]"#;
const BUCKET: &str = r#"[{"type":"AWS::S3::Object","ARNPrefix":"arn:aws:s3:::$bucket/"},{"accountId":"$account","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::$bucket"}]"#;
const OUT: &str = r#"{"SignatureVersion":"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256","bytesTransferredIn":0,"SSEApplied":"Default_SSE_KMS","AuthenticationMethod":"AuthHeader","x-amz-id-2":"$code75=","bytesTransferredOut":$num5}"#;
const IN: &str = r#"{"SignatureVersion":"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256","bytesTransferredIn":$num5,"SSEApplied":"Default_SSE_KMS","AuthenticationMethod":"AuthHeader","x-amz-id-2":"$code75=","bytesTransferredOut":0}"#;

pub(super) const APIS: &[Api] = &[
    read("s3", "GetObject", r#"{"bucketName":"$bucket","Host":"$bucket.s3.$region.amazonaws.com","key":"$object"}"#)
        .with(OUT)
        .on(OBJECT)
        .being(Kind::Data)
        .failing(&[fail(12, "NoSuchKey", "The specified key does not exist."), fail(8, "AccessDenied", "Access Denied")]),
    read("s3", "HeadObject", r#"{"bucketName":"$bucket","Host":"$bucket.s3.$region.amazonaws.com","key":"$object"}"#)
        .with(OUT)
        .on(OBJECT)
        .being(Kind::Data)
        .failing(&[fail(60, "NoSuchKey", "The specified key does not exist.")]),
    write("s3", "PutObject", r#"{"bucketName":"$bucket","Host":"$bucket.s3.$region.amazonaws.com","key":"$object"}"#, r#"{"x-amz-server-side-encryption":"aws:kms","x-amz-server-side-encryption-aws-kms-key-id":"arn:aws:kms:$region:$account:key/$key","x-amz-server-side-encryption-bucket-key-enabled":"true"}"#)
        .with(IN)
        .on(OBJECT)
        .being(Kind::Data),
    write("s3", "DeleteObject", r#"{"bucketName":"$bucket","Host":"$bucket.s3.$region.amazonaws.com","key":"$object"}"#, "null")
        .with(OUT)
        .on(OBJECT)
        .being(Kind::Data),
    read("s3", "ListObjects", r#"{"list-type":"2","bucketName":"$bucket","encoding-type":"url","prefix":"$word/","Host":"$bucket.s3.$region.amazonaws.com"}"#)
        .with(OUT)
        .on(BUCKET)
        .being(Kind::Data),
    write("lambda", "Invoke", r#"{"functionName":"arn:aws:lambda:$region:$account:function:$function","sourceAccount":"$account"}"#, "null")
        .with(r#"{"functionVersion":"arn:aws:lambda:$region:$account:function:$function:$$LATEST"}"#)
        .on(r#"[{"accountId":"$account","type":"AWS::Lambda::Function","ARN":"arn:aws:lambda:$region:$account:function:$function"}]"#)
        .being(Kind::Data),
    read("dynamodb", "GetItem", r#"{"tableName":"$table","key":{"id":"HIDDEN_DUE_TO_SECURITY_REASONS"},"consistentRead":false}"#)
        .on(r#"[{"accountId":"$account","type":"AWS::DynamoDB::Table","ARN":"arn:aws:dynamodb:$region:$account:table/$table"}]"#)
        .being(Kind::Data),
    read("s3", "GetObjectAttributes", r#"{"bucketName":"$bucket","Host":"$bucket.s3.$region.amazonaws.com","key":"$object"}"#)
        .on(OBJECT)
        .being(Kind::Network)
        .failing(&[fail(1000, "VpceAccessDenied", "The request was denied due to a VPC endpoint policy")]),
];
