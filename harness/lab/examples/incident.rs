//! An attack in the traffic: flow logs, trails and findings show it alike, and what arrived in
//! OpenSearch can be searched for it.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use serde_json::json;
use tributary::{CloudTrail, GuardDuty, Incident, Lab, VpcFlowLogs, minutes};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lab = Lab::centralized_logging()
        .transform("builtin:documents")
        .incident(Incident::LeakedKey)
        .start()
        .await?;
    lab.send_all(vec![
        VpcFlowLogs::per_second(20).lasting(minutes(10)),
        CloudTrail::per_second(10).lasting(minutes(10)),
        GuardDuty::per_second(0.1).lasting(minutes(10)),
    ])
    .await?;
    lab.settle().await?.assert_complete();
    for planted in lab.truth().iter().flat_map(|truth| &truth.planted) {
        let address = &planted.matches["cloudtrail"]["sourceIPAddress"][0];
        println!("{} from {address}: {:?}", planted.plot.incident, planted.events);
        let query = json!({ "query": { "match_phrase": { "message": address } } });
        println!(
            "{} documents tell of it",
            lab.opensearch().search("logs-*", &query)?["hits"]["total"]["value"]
        );
    }
    Ok(())
}
