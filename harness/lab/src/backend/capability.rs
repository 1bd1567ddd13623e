//! What a backend can do, hop by hop.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

macro_rules! capabilities {
    ($(#[doc = $doc:literal] $capability:ident $name:literal;)+) => {
        /// Something that a backend can or cannot do; scenarios require some.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Capability {
            $(#[doc = $doc] $capability,)+
        }

        impl Capability {
            /// All capabilities, along the pipeline.
            pub const ALL: &'static [Self] = &[$(Self::$capability,)+];

            /// The name that scenario files and run files use.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$capability => $name,)+ }
            }

            /// What it is, in a line.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $(Self::$capability => $doc.trim_ascii(),)+ }
            }
        }
    };
}

capabilities! {
    /// Several accounts, each with resources of its own.
    Accounts "accounts";
    /// Flow logs, trails and detectors that publish by themselves.
    Sources "sources";
    /// CloudWatch Logs: log groups, and events put into them.
    Logs "logs";
    /// A subscription filter delivers to a Kinesis data stream of its own account.
    Subscriptions "subscriptions";
    /// A subscription filter delivers through a destination of another account.
    CrossAccountDestinations "cross-account-destinations";
    /// Filter patterns decide which events are delivered.
    FilterPatterns "filter-patterns";
    /// Kinesis data streams.
    Kinesis "kinesis";
    /// A stream's shards throttle at 1 MB and 1,000 records a second.
    ShardLimits "shard-limits";
    /// Firehose: delivery streams, and records put into them.
    Firehose "firehose";
    /// A delivery stream reads a Kinesis data stream.
    FirehoseKinesisSource "firehose-kinesis-source";
    /// A delivery stream runs a function on its records.
    TransformExecution "transform-execution";
    /// Buffering hints decide when Firehose delivers.
    BufferTiming "buffer-timing";
    /// A delivery stream writes documents to OpenSearch.
    FirehoseToOpenSearch "firehose-to-opensearch";
    /// A delivery stream writes objects to S3.
    FirehoseToS3 "firehose-to-s3";
    /// S3: buckets and objects.
    S3 "s3";
    /// OpenSearch, whose documents can be read.
    OpenSearch "opensearch";
    /// Policies decide about every call.
    IamEnforced "iam-enforced";
    /// Time that jumps to the next deadline.
    VirtualTime "virtual-time";
    /// Faults that are planted between the stages.
    Faults "faults";
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Text that names no capability.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no capability '{name}': there are {}", Capability::ALL.iter().map(|it| it.name()).collect::<Vec<_>>().join(", "))]
pub struct CapabilityError {
    /// The text.
    pub name: String,
}

impl FromStr for Capability {
    type Err = CapabilityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.iter().find(|it| it.name() == text);
        found.copied().ok_or_else(|| CapabilityError { name: text.to_owned() })
    }
}

impl<'de> serde::Deserialize<'de> for Capability {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Whether a backend can do something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Support {
    /// It can.
    Yes,
    /// It cannot, or it is not known to; the reason as a sentence without its full stop.
    No(String),
}

/// What a backend can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capabilities(BTreeMap<Capability, Support>);

impl Capabilities {
    /// A backend that can do everything.
    #[must_use]
    pub fn all() -> Self {
        Self(Capability::ALL.iter().map(|it| (*it, Support::Yes)).collect())
    }

    /// The same without one, for this reason.
    #[must_use]
    pub fn without(mut self, capability: Capability, reason: impl Into<String>) -> Self {
        self.0.insert(capability, Support::No(reason.into()));
        self
    }

    /// Whether it can do this.
    #[must_use]
    pub fn has(&self, capability: Capability) -> bool {
        self.0.get(&capability) == Some(&Support::Yes)
    }

    /// Why it cannot do this; `None` when it can.
    #[must_use]
    pub fn lacks(&self, capability: Capability) -> Option<&str> {
        match self.0.get(&capability) {
            Some(Support::Yes) => None,
            Some(Support::No(reason)) => Some(reason),
            None => Some("nothing is known about it"),
        }
    }

    /// What it cannot do, along the pipeline, with the reasons.
    pub fn missing(&self) -> impl Iterator<Item = (Capability, &str)> {
        Capability::ALL.iter().filter_map(|it| Some((*it, self.lacks(*it)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip_and_reasons_are_kept() {
        for capability in Capability::ALL {
            assert_eq!(capability.name().parse(), Ok(*capability));
        }
        let error = "s33".parse::<Capability>().unwrap_err().to_string();
        assert!(error.contains("'s33'") && error.contains("filter-patterns"), "{error}");
        let some = Capabilities::all().without(Capability::Faults, "there are no hooks");
        assert!(some.has(Capability::S3) && !some.has(Capability::Faults));
        assert_eq!(
            some.missing().collect::<Vec<_>>(),
            [(Capability::Faults, "there are no hooks")]
        );
    }
}
