//! Bridge "firehose": raw records of the central stream onto a delivery stream, where a backend's
//! Firehose reads no stream.

use tokio::sync::mpsc::UnboundedReceiver;
use tributary_vocabulary::Stage;

use super::central::{Parcel, receive};
use super::common::Common;
use super::put::DeliveryPut;

/// What it is called in troubles.
const PLACE: &str = "firehose: the raw records' delivery stream";

/// Carries the records of one shard until nothing more comes.
pub(super) async fn back_up(
    common: Common,
    put: DeliveryPut,
    mut parcels: UnboundedReceiver<Parcel>,
) {
    while let Some(received) = receive(&mut parcels).await {
        let mut held = Vec::new();
        let mut records = Vec::new();
        for Parcel { records: of_parcel, held: of } in received {
            held.push(of);
            records.extend(of_parcel.into_iter().map(|record| record.data));
        }
        if let Err((failure, left)) = put.all(PLACE, records).await {
            common.give_up(Stage::S3, PLACE, &failure.code, &failure.message, &left);
        }
    }
}
