//! How far a delivery stream has read its source. AWS keeps that out of sight; LocalStack keeps it in
//! tables of DynamoDB, beyond the end of the delivery stream, so that the next one of this name would
//! go on where the former ended: at a place that a new source does not have (4.14: it reads nothing).

use serde_json::json;

use crate::topology::Names;
use crate::upkeep::desk::Desk;
use crate::upkeep::refusal::{Refusal, or_absent};

/// Removes what is kept for a delivery stream that is gone. At AWS itself nothing is asked for: a
/// table there would be somebody else's.
pub(crate) async fn forget(desk: &Desk, delivery_stream: &str) -> Result<(), Refusal> {
    if desk.is_at_aws() {
        return Ok(());
    }
    for which in ["", "-CoordinatorState", "-WorkerMetricStats"] {
        let table = format!("{}-firehose-{delivery_stream}{which}", Names::STREAM);
        let body = json!({ "TableName": table });
        or_absent(desk.json("dynamodb", "DynamoDB_20120810.DeleteTable", body).await)?;
    }
    Ok(())
}
