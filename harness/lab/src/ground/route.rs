//! The way that events take on a backend: by its own hops where it has them, over bridges where it
//! lacks them, and nowhere where a bridge would be the whole of it.

use crate::backend::{Capabilities, Capability};
use crate::topology::Step;

/// How subscribed events come to the central stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subscribe {
    /// Through the master's destination.
    Destination,
    /// By a filter on a stream of the same account, and from there over a bridge.
    Outbox,
    /// By a filter on the central stream itself: all accounts are one.
    Direct,
    /// There are no subscriptions: the harness makes the envelopes.
    Envelopes,
}

/// How records come to the backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backup {
    /// By the one delivery stream that does everything.
    Whole,
    /// By a delivery stream that reads the central stream.
    Source,
    /// By a delivery stream into which a bridge puts them.
    Put,
    /// Not at all.
    None,
}

/// How documents come to the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Index {
    /// By the one delivery stream that does everything.
    Whole,
    /// Transformed by a bridge, and by a delivery stream into which it puts them.
    Documents,
    /// Transformed and written by a bridge.
    Bulk,
    /// Transformed by a bridge, and no further: there is no index.
    None,
}

/// The way that events take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Route {
    /// Whether flow logs, trails and detectors publish by themselves.
    pub(crate) sources: bool,
    pub(crate) subscribe: Subscribe,
    pub(crate) backup: Backup,
    pub(crate) index: Index,
}

impl Route {
    /// Every hop is the backend's own.
    pub(crate) const WHOLE: Self = Self {
        sources: true,
        subscribe: Subscribe::Destination,
        backup: Backup::Whole,
        index: Index::Whole,
    };

    /// The way on a backend that can do this; `one_account` when all accounts are one there.
    pub(crate) fn of(can: &Capabilities, one_account: bool) -> Self {
        use Capability as C;
        // An account has one trail of a name and one detector, so where all accounts are one the
        // events of several enter its log groups.
        let sources = can.has(C::Sources) && !one_account;
        let subscribe = if !can.has(C::Logs) || !can.has(C::Subscriptions) {
            Subscribe::Envelopes
        } else if can.has(C::CrossAccountDestinations) {
            Subscribe::Destination
        } else if one_account {
            Subscribe::Direct
        } else {
            Subscribe::Outbox
        };
        let whole = [
            C::Firehose,
            C::FirehoseKinesisSource,
            C::TransformExecution,
            C::FirehoseToOpenSearch,
            C::FirehoseToS3,
        ];
        if whole.iter().all(|it| can.has(*it)) {
            let (backup, index) = (Backup::Whole, Index::Whole);
            return Self { sources, subscribe, backup, index };
        }
        let to_s3 = can.has(C::Firehose) && can.has(C::S3) && can.has(C::FirehoseToS3);
        let backup = match (to_s3, can.has(C::FirehoseKinesisSource)) {
            (false, _) => Backup::None,
            (true, true) => Backup::Source,
            (true, false) => Backup::Put,
        };
        let index = if !can.has(C::OpenSearch) {
            Index::None
        } else if can.has(C::Firehose) && can.has(C::FirehoseToOpenSearch) {
            Index::Documents
        } else {
            Index::Bulk
        };
        Self { sources, subscribe, backup, index }
    }

    /// Whether the harness carries nothing beyond the way in.
    pub(crate) fn is_whole(&self) -> bool {
        self.subscribe == Subscribe::Destination && self.index == Index::Whole
    }

    /// Whether a step of the set-up has a part in it.
    pub(crate) fn takes(&self, step: Step) -> bool {
        match step {
            // What flow logs, trails and rules publish with and into goes with them.
            Step::FlowLogs
            | Step::FlowLogsRole
            | Step::TrailBucket
            | Step::TrailBucketPolicy
            | Step::TrailRole
            | Step::Trail
            | Step::FindingsGroupPolicy
            | Step::Detector
            | Step::MemberDetectors
            | Step::Invitations
            | Step::Acceptances
            | Step::FindingsRule => self.sources,
            Step::Function | Step::Domain => self.index == Index::Whole,
            Step::DeliveryStream | Step::Bucket => {
                self.backup != Backup::None || self.index == Index::Documents
            }
            Step::FlowLogsGroup
            | Step::TrailGroup
            | Step::FindingsGroup
            | Step::FlowLogsFilter
            | Step::TrailFilter
            | Step::FindingsFilter
            | Step::Destination
            | Step::DestinationPolicy
            | Step::DestinationPolicyWithMaster
            | Step::LogsRole => self.subscribe != Subscribe::Envelopes,
            _ => true,
        }
    }

    /// The bridges of this way: the name of each, and what it does.
    pub(crate) fn bridges(&self) -> Vec<(&'static str, &'static str)> {
        let mut bridges = Vec::new();
        if !self.sources {
            let text = match self.subscribe {
                Subscribe::Envelopes => "the generators' events become CloudWatch Logs envelopes",
                _ => "the generators' events enter by PutLogEvents",
            };
            bridges.push((SOURCES, text));
        }
        match self.subscribe {
            Subscribe::Outbox => bridges.push((
                SUBSCRIPTION,
                "from a stream in each member account, where its subscription filters deliver, \
                 to the central stream",
            )),
            Subscribe::Envelopes => {
                bridges.push((SUBSCRIPTION, "envelopes are put on the central stream"));
            }
            Subscribe::Destination | Subscribe::Direct => {}
        }
        if self.backup == Backup::Put {
            let text = "from the central stream into the delivery stream of the backup";
            bridges.push((FIREHOSE, text));
        }
        match self.index {
            Index::Whole => {}
            Index::Documents => bridges.push((
                TRANSFORM,
                "from the central stream through the transform into a delivery stream",
            )),
            Index::Bulk => bridges.push((
                TRANSFORM,
                "from the central stream through the transform into the index, by _bulk",
            )),
            Index::None => {
                bridges.push((TRANSFORM, "from the central stream through the transform"));
            }
        }
        bridges
    }
}

pub(crate) const SOURCES: &str = "sources";
pub(crate) const SUBSCRIPTION: &str = "subscription";
pub(crate) const FIREHOSE: &str = "firehose";
pub(crate) const TRANSFORM: &str = "transform";

#[cfg(test)]
mod tests {
    use super::*;

    fn lacking(missing: &[Capability]) -> Capabilities {
        missing.iter().fold(Capabilities::all(), |can, it| can.without(*it, "no"))
    }

    #[test]
    fn uses_every_hop_there_is() {
        use Capability as C;
        assert_eq!(Route::of(&Capabilities::all(), false), Route::WHOLE);
        let localstack = lacking(&[C::Sources, C::CrossAccountDestinations, C::TransformExecution]);
        let (subscribe, backup) = (Subscribe::Outbox, Backup::Source);
        let route = Route { sources: false, subscribe, backup, index: Index::Documents };
        assert_eq!(Route::of(&localstack, false), route);
        assert_eq!(Route::of(&localstack, true), Route { subscribe: Subscribe::Direct, ..route });
        let names: Vec<&str> = route.bridges().iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["sources", "subscription", "transform"]);
        assert!(route.takes(Step::FlowLogsFilter) && !route.takes(Step::Trail));
        let only_kinesis = lacking(&[C::Logs, C::Firehose, C::S3, C::OpenSearch, C::Sources]);
        let route = Route::of(&only_kinesis, true);
        assert_eq!(route.subscribe, Subscribe::Envelopes);
        assert_eq!((route.backup, route.index), (Backup::None, Index::None));
        assert!(!route.takes(Step::FlowLogsGroup) && route.takes(Step::Stream));
    }
}
