//! What arrived: searched in OpenSearch, listed in S3.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use serde_json::json;
use tributary::{Lab, VpcFlowLogs, minutes};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lab = Lab::centralized_logging().transform("builtin:documents").start().await?;
    lab.send(VpcFlowLogs::per_second(20).lasting(minutes(2))).await?;
    lab.settle().await?.assert_complete();

    let found = lab
        .opensearch()
        .search("logs-*", &json!({ "size": 1, "query": { "match": { "message": "REJECT" } } }))?;
    println!("{} rejected, such as {}", found["hits"]["total"]["value"], found["hits"]["hits"][0]);

    let s3 = aws_sdk_s3::Client::new(&lab.sdk_config("master"));
    for object in s3.list_objects_v2().bucket("demo-logs-s3").send().await?.contents() {
        println!("{:>10} bytes  {}", object.size().unwrap_or(0), object.key().unwrap_or_default());
    }
    Ok(())
}
