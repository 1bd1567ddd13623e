//! Against something real. Not run unless it is asked for:
//! `TRIBUTARY_TEST_AWS=http://127.0.0.1:4566 cargo test -p tributary --lib door -- --ignored`.

use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{BucketLocationConstraint, CreateBucketConfiguration};

use super::{account, region};
use crate::backend::{AccountsMode, Endpoint};
use crate::door::{AwsDoor, SignedCall};

fn open(accounts: AccountsMode) -> AwsDoor {
    let url = std::env::var("TRIBUTARY_TEST_AWS").expect("TRIBUTARY_TEST_AWS is the URL of an AWS");
    AwsDoor::open(&Endpoint { accounts, ..Endpoint::at(url) }, &region()).unwrap()
}

async fn make_stream(door: &AwsDoor, digit: u8, name: &str) -> Vec<String> {
    let kinesis = aws_sdk_kinesis::Client::new(&door.sdk_config(account(digit)).unwrap());
    let made = kinesis.create_stream().stream_name(name).shard_count(1).send().await;
    println!("{}: CreateStream {name}: {:?}", account(digit), made.is_ok());
    kinesis.list_streams().send().await.unwrap().stream_names().to_vec()
}

#[tokio::test]
#[ignore = "needs TRIBUTARY_TEST_AWS, the URL of LocalStack or another emulator of several accounts"]
async fn streams_of_two_accounts_are_apart() {
    let door = open(AccountsMode::Key);
    for (digit, own, other) in [(1, "door-one", "door-two"), (2, "door-two", "door-one")] {
        let streams = make_stream(&door, digit, own).await;
        println!("{}: ListStreams {streams:?}", account(digit));
        assert!(streams.contains(&own.to_owned()) && !streams.contains(&other.to_owned()));
    }
}

#[tokio::test]
#[ignore = "needs TRIBUTARY_TEST_AWS, the URL of LocalStack or another emulator of several accounts"]
async fn objects_are_put_and_got() {
    let s3 = open(AccountsMode::Key).s3_client(account(1)).unwrap();
    let place = BucketLocationConstraint::from(region().as_str());
    let place = CreateBucketConfiguration::builder().location_constraint(place).build();
    let made = s3.create_bucket().bucket("door-bucket").create_bucket_configuration(place);
    println!("CreateBucket: {:?}", made.send().await.is_ok());
    let body = ByteStream::from_static(b"some bytes");
    s3.put_object().bucket("door-bucket").key("a/b c").body(body).send().await.unwrap();
    let got = s3.get_object().bucket("door-bucket").key("a/b c").send().await.unwrap();
    let body = got.body.collect().await.unwrap().into_bytes();
    println!("GetObject: {body:?}");
    assert_eq!(&body[..], b"some bytes");
}

#[tokio::test]
#[ignore = "needs TRIBUTARY_TEST_AWS, the URL of LocalStack or another emulator of several accounts"]
async fn roles_are_made_and_assumed() {
    let policy = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A\
                  %22Allow%22%2C%22Principal%22%3A%7B%22AWS%22%3A%22%2A%22%7D%2C%22Action%22%3A\
                  %22sts%3AAssumeRole%22%7D%5D%7D";
    let call = SignedCall {
        service: "iam",
        method: http::Method::POST,
        url: "https://iam.amazonaws.com/".to_owned(),
        content_type: "application/x-www-form-urlencoded",
        target: None,
        body: format!(
            "Action=CreateRole&Version=2010-05-08&RoleName=Visitor&AssumeRolePolicyDocument={policy}"
        )
        .into(),
    };
    let response = open(AccountsMode::Key).signed(account(2)).unwrap().send(&call).unwrap();
    let text = String::from_utf8_lossy(&response.body).into_owned();
    println!("CreateRole: {} {text}", response.status);
    assert!(response.status == 200 || text.contains("EntityAlreadyExists"), "{text}");
    let door = open(AccountsMode::AssumeRole { role: "Visitor".to_owned() });
    println!("GetCallerIdentity: {}", door.caller_account().unwrap());
    let credentials = door.credentials(account(2)).unwrap();
    println!("AssumeRole: {} until {:?}", credentials.access_key_id(), credentials.expiry());
    assert!(credentials.session_token().is_some());
    let streams = make_stream(&door, 2, "door-assumed").await;
    println!("ListStreams as the role: {streams:?}");
    assert!(
        make_stream(&open(AccountsMode::Key), 2, "door-two")
            .await
            .contains(&"door-assumed".to_owned())
    );
}
