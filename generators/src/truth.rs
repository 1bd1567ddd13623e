//! The truth about traffic: what was made, and what was planted in it.

use std::collections::BTreeMap;

use serde::Serialize;
use tributary_vocabulary::Source;

use crate::incidents::Plot;
use crate::plan::TrafficPlan;
use crate::traffic::{BatchHead, Traffic};

/// What a traffic was, for whoever checks what arrives of it; serialises to the truth file.
#[derive(Debug, Clone, Serialize)]
pub struct Truth {
    /// `tributary.truth/1`.
    pub schema: &'static str,
    /// The plan's seed.
    pub seed: u64,
    /// The seed of the world.
    pub world_seed: u64,
    /// ISO 8601.
    pub start: String,
    /// This worker as people count, `1/1` for the only one.
    pub worker: String,
    /// All events.
    pub events: u64,
    /// By source, account and log stream.
    pub by_source: BTreeMap<&'static str, SourceTruth>,
    /// The incidents.
    pub planted: Vec<Planted>,
}

/// Counts of one source.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SourceTruth {
    /// All its events.
    pub events: u64,
    /// By account.
    pub by_account: BTreeMap<String, AccountTruth>,
}

/// Counts of one source in one account.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AccountTruth {
    /// All its events.
    pub events: u64,
    /// By log stream.
    pub by_log_stream: BTreeMap<String, u64>,
}

/// An incident, what was made of it, and how its events are found.
#[derive(Debug, Clone, Serialize)]
pub struct Planted {
    /// The incident with all who take part.
    #[serde(flatten)]
    pub plot: Plot,
    /// Events that were made of it, by source.
    pub events: BTreeMap<&'static str, u64>,
    /// By source, what exactly its events have in common, for sources that have any.
    pub matches: BTreeMap<&'static str, BTreeMap<&'static str, Vec<String>>>,
}

impl Truth {
    /// Nothing yet of this plan.
    #[must_use]
    pub fn new(plan: &TrafficPlan) -> Self {
        Self {
            schema: "tributary.truth/1",
            seed: plan.seed.number(),
            world_seed: plan.world_seed.number(),
            start: plan.start.to_string(),
            worker: format!("{}/{}", plan.worker.index + 1, plan.worker.count),
            events: 0,
            by_source: BTreeMap::new(),
            planted: Vec::new(),
        }
    }

    /// Counts a delivery.
    pub fn count(&mut self, head: &BatchHead) {
        let events = head.events as u64;
        self.events += events;
        let source = self.by_source.entry(head.source.name()).or_default();
        source.events += events;
        // Names are looked up before they are made, because almost all are known.
        let account = match source.by_account.get_mut(head.account.as_str()) {
            Some(account) => account,
            None => source.by_account.entry(head.account.to_string()).or_default(),
        };
        account.events += events;
        match account.by_log_stream.get_mut(&*head.log_stream) {
            Some(stream) => *stream += events,
            None => {
                account.by_log_stream.insert(head.log_stream.to_string(), events);
            }
        }
    }

    /// Adds what was planted, when the traffic has ended.
    pub fn close(&mut self, traffic: &Traffic) {
        self.planted = traffic.planted().map(|(plot, made)| planted(plot, made)).collect();
    }
}

fn planted(plot: &Plot, made: [u64; 3]) -> Planted {
    let mut events = BTreeMap::new();
    let mut matches = BTreeMap::new();
    for (source, made) in Source::ALL.into_iter().zip(made) {
        if made > 0 {
            events.insert(source.name(), made);
            matches.insert(source.name(), predicate(source, plot));
        }
    }
    Planted { plot: plot.clone(), events, matches }
}

/// Fields, and the values of which an event of the plot has one in each.
fn predicate(source: Source, plot: &Plot) -> BTreeMap<&'static str, Vec<String>> {
    let addresses = plot.attacker.addresses.clone();
    match source {
        Source::VpcFlowLogs => BTreeMap::from([
            ("interface-id", vec![plot.victim.instance.interface_id.clone()]),
            ("srcaddr|dstaddr", addresses),
        ]),
        Source::CloudTrail => BTreeMap::from([("sourceIPAddress", addresses)]),
        Source::GuardDuty => BTreeMap::from([
            ("detail.accountId", vec![plot.account.to_string()]),
            ("detail…ipAddressV4", addresses),
        ]),
    }
}
