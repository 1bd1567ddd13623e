//! Runs the transform, on a thread that may be busy for long.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use tributary_transform::{Answer, HandlerError, Transform};
use tributary_vocabulary::Timestamp;

use crate::bridge::common::Common;
use crate::bridge::figures::BridgeTransform;
use crate::driver::WallClock;

/// Runs the transform: one invocation at a time, of whatever shard.
pub(in crate::bridge) struct Runner {
    common: Common,
    transform: Arc<Mutex<Box<dyn Transform>>>,
}

impl Runner {
    pub(in crate::bridge) fn new(common: Common, transform: Box<dyn Transform>) -> Self {
        let name = transform.name().to_owned();
        common.figures().transform = Some(BridgeTransform { name, ..BridgeTransform::default() });
        Self { common, transform: Arc::new(Mutex::new(transform)) }
    }

    /// One invocation with this many records.
    pub(super) async fn invoke(
        &self,
        payload: Bytes,
        records: usize,
    ) -> Result<Answer, HandlerError> {
        let transform = self.transform.clone();
        let bytes_in = payload.len() as u64;
        let run = move || {
            let mut transform = transform.lock().unwrap_or_else(PoisonError::into_inner);
            let watch = WallClock::starting_at(Timestamp::DEFAULT_EPOCH);
            let answer = transform.handle(&payload);
            (answer, watch.elapsed())
        };
        let (answer, cpu) = match tokio::task::spawn_blocking(run).await {
            Ok(ran) => ran,
            Err(error) => {
                let error = HandlerError::new("Runtime.ExitError", error.to_string());
                (Err(error), std::time::Duration::ZERO)
            }
        };
        let mut figures = self.common.figures();
        let totals = figures.transform.get_or_insert_default();
        totals.invocations += 1;
        totals.records_in += records as u64;
        totals.bytes_in += bytes_in;
        totals.cpu += cpu;
        if let Ok(answer) = &answer {
            totals.bytes_out += answer.response.len() as u64;
        }
        answer
    }
}
