//! The bridges of a run.

use std::sync::Arc;

use tokio::task::JoinHandle;

use super::central::CentralTakers;
use super::common::Common;
use super::figures::BridgeFigures;
use super::index::{Indexing, Runner, Target};
use super::plan::{BridgePlan, Central, DocumentTarget, IndexLeg};
use super::put::{DeliveryPut, StreamPut};
use super::read::{StreamReader, follow};
use super::subscription::Subscription;

/// What the reader of the central stream is called.
const CENTRAL: &str = "central stream";

/// The bridges of a run, at work until they are stopped.
pub(crate) struct Bridges {
    common: Common,
    tasks: Vec<JoinHandle<()>>,
}

impl Bridges {
    /// Starts them, on the runtime of the caller.
    pub(crate) fn start(plan: BridgePlan) -> Self {
        let BridgePlan { ledger, clock, outboxes, central, backup, index } = plan;
        let common = Common::new(ledger, clock);
        let put =
            StreamPut::new(&common, &central.config, &central.stream, &central.stream_arn, CENTRAL);
        let mut tasks = Vec::new();
        for outbox in outboxes {
            let name = format!("subscription {} {}", outbox.account, outbox.stream);
            let reader = StreamReader::new(&outbox.config, &outbox.stream, &name);
            let takers =
                Subscription { common: common.clone(), put: put.clone(), place: name.clone() };
            common.board().listing(&name);
            let common = common.clone();
            tasks.push(tokio::spawn(async move {
                // A throttle is told of the shard that refused.
                common.until_shards_known().await;
                follow(common, reader, takers).await;
            }));
        }
        let backup = backup.map(|to| DeliveryPut::new(&common, &to.config, &to.name));
        let index = index.map(|leg| Arc::new(indexing(&common, &central, leg, put)));
        let takers = CentralTakers::new(common.clone(), &central.stream_arn, backup, index);
        let reader = StreamReader::new(&central.config, &central.stream, CENTRAL);
        common.board().listing(CENTRAL);
        tasks.push(tokio::spawn(follow(common.clone(), reader, takers)));
        Self { common, tasks }
    }

    /// What went wrong for good, and what has been tried again for ten seconds and more.
    pub(crate) fn troubles(&self) -> Vec<String> {
        self.common.troubles().told()
    }

    /// Lets [`Bridges::is_idle`] count what is read from now on.
    pub(crate) fn mark(&self) {
        self.common.board().mark();
    }

    /// Whether nothing is in the bridges' hands: every record that was read was handed on or given
    /// up, and every shard was read to its tip since the mark and since the bridges put something on it.
    pub(crate) fn is_idle(&self) -> bool {
        self.common.board().is_idle()
    }

    /// What they counted so far.
    pub(crate) fn figures(&self) -> BridgeFigures {
        self.common.figures().clone()
    }

    /// Ends them: nothing more is read, and what is in hand is handed on. What fails then is tried for
    /// ten seconds more and given up.
    pub(crate) async fn stop(self) {
        self.common.stop();
        for task in self.tasks {
            if let Err(error) = task.await {
                let why = format!("a bridge ended by itself: {error}");
                self.common.troubles().gave_up("bridge", &why, 0);
            }
        }
    }
}

fn indexing(common: &Common, central: &Central, leg: IndexLeg, put_back: StreamPut) -> Indexing {
    let target = match leg.to {
        DocumentTarget::Firehose(to) => Target::Delivery {
            put: DeliveryPut::new(common, &to.config, &to.name),
            at_once: to.delivers_at_once,
        },
        DocumentTarget::Bulk(writer) => Target::Bulk(Arc::from(writer)),
        DocumentTarget::Nowhere => Target::Nowhere,
    };
    Indexing {
        common: common.clone(),
        runner: Runner::new(common.clone(), leg.transform),
        target,
        takes_documents: leg.takes_documents,
        put_back,
        stream_arn: central.stream_arn.clone(),
        delivery_stream_arn: leg.delivery_stream_arn,
        region: central.region.to_string(),
    }
}
