//! Nothing in the environment makes calls go elsewhere than to the URL that was given.
//!
//! The AWS SDK reads `AWS_ENDPOINT_URL`, `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_USE_FIPS_ENDPOINT` and the
//! `endpoint_url` of profiles when it loads a configuration, and one per service would even go before
//! a URL of the code. The door loads none: it builds the configuration with the URL in it.

use std::process::Command;

use bytes::Bytes;
use http::Method;
use tributary_vocabulary::{AccountId, Region};

use super::testing::{nobody, serve, serve_in_turn};
use super::{AccountsMode, Endpoint};
use crate::door::{AwsDoor, SignedCall};

/// Set in the process that has the redirecting environment.
const INNER: &str = "TRIBUTARY_TEST_REDIRECTED";

const JSON: &str = r#"{"StreamNames":[],"HasMoreStreams":false,"logGroups":[],"DeliveryStreamNames":[],"HasMoreDeliveryStreams":false}"#;
const BUCKETS: &str = "<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>";
const IDENTITY: &str = "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111111111111</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";
const ASSUMED: &str = "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";

#[test]
fn the_environment_redirects_no_call() {
    if std::env::var_os(INNER).is_some() {
        return call_everything();
    }
    let folder = std::env::temp_dir().join(format!("tributary-redirects-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let elsewhere = nobody();
    let file = folder.join("config");
    let profile = format!(
        "[default]\nendpoint_url = {elsewhere}\nservices = all\n\n[services all]\nkinesis =\n  endpoint_url = {elsewhere}\nsts =\n  endpoint_url = {elsewhere}\n"
    );
    std::fs::write(&file, profile).unwrap();
    let mut inner = Command::new(std::env::current_exe().unwrap());
    inner.args(["--exact", "backend::redirects::the_environment_redirects_no_call"]);
    inner.env(INNER, "1").env("AWS_CONFIG_FILE", &file).env("AWS_ENDPOINT_URL", &elsewhere);
    inner.env("AWS_ACCESS_KEY_ID", "test").env("AWS_SECRET_ACCESS_KEY", "test");
    inner.env("AWS_USE_FIPS_ENDPOINT", "true").env("AWS_USE_DUALSTACK_ENDPOINT", "true");
    for service in ["KINESIS", "CLOUDWATCH_LOGS", "FIREHOSE", "S3", "STS", "IAM"] {
        inner.env(format!("AWS_ENDPOINT_URL_{service}"), &elsewhere);
    }
    let output = inner.output().unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && told.contains("1 passed"), "{told}");
}

/// Succeeds only when every call goes to the server here.
fn call_everything() {
    let url = serve(&[
        ("GET / ", 200, "content-type: application/xml\r\n", BUCKETS),
        ("GET /?", 200, "content-type: application/xml\r\n", BUCKETS),
        ("POST / ", 200, "", JSON),
    ]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let account: AccountId = "222222222222".parse().unwrap();
    let region: Region = "us-east-1".parse().unwrap();
    let door = AwsDoor::open(&Endpoint::at(url), &region).unwrap();
    let config = door.sdk_config(account).unwrap();
    runtime.block_on(async {
        aws_sdk_kinesis::Client::new(&config).list_streams().send().await.unwrap();
        let logs = aws_sdk_cloudwatchlogs::Client::new(&config);
        logs.describe_log_groups().send().await.unwrap();
        let firehose = aws_sdk_firehose::Client::new(&config);
        firehose.list_delivery_streams().send().await.unwrap();
        door.s3_client(account).unwrap().list_buckets().send().await.unwrap();
    });
    let call = SignedCall {
        service: "iam",
        method: Method::POST,
        url: "https://iam.amazonaws.com/".to_owned(),
        content_type: "application/x-www-form-urlencoded",
        target: None,
        body: Bytes::from_static(b"Action=ListRoles&Version=2010-05-08"),
    };
    door.signed(account).unwrap().send(&call).unwrap().success("ListRoles").unwrap();
    // First the signed call of the door itself, then the SDK's STS.
    let sts = serve_in_turn([IDENTITY, ASSUMED]);
    let accounts = AccountsMode::AssumeRole { role: "Member".to_owned() };
    let endpoint = Endpoint { accounts, ..Endpoint::at(sts) };
    let door = AwsDoor::open(&endpoint, &region).unwrap();
    assert_eq!(door.credentials(account).unwrap().access_key_id(), "ASIA");
}
