//! Your own code, in the lab's world: any client of the AWS SDK for Rust talks to any account.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use tributary::Lab;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lab = Lab::centralized_logging().start().await?;

    let kinesis = aws_sdk_kinesis::Client::new(&lab.sdk_config("master"));
    let stream =
        kinesis.describe_stream_summary().stream_name("Demo_Kinesis_Stream").send().await?;
    println!("{stream:#?}");

    let logs = aws_sdk_cloudwatchlogs::Client::new(&lab.sdk_config("member-1"));
    let filters = logs
        .describe_subscription_filters()
        .log_group_name("cwl_vpc_fl_member_account_1")
        .send()
        .await?;
    for filter in filters.subscription_filters() {
        println!("{:?} → {:?}", filter.filter_name(), filter.destination_arn());
    }

    let s3 = aws_sdk_s3::Client::new(&lab.sdk_config("master"));
    for bucket in s3.list_buckets().send().await?.buckets() {
        println!("s3://{}", bucket.name().unwrap_or_default());
    }
    Ok(())
}
