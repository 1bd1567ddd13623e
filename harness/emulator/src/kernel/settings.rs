//! What may be set, where AWS's behaviour is not known or differs between accounts.

/// The settings of all services; the defaults are AWS's defaults.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Of Kinesis Data Streams.
    pub kinesis: crate::kinesis::Settings,
    /// Of CloudWatch Logs.
    pub logs: crate::logs::Settings,
    /// Of Data Firehose.
    pub firehose: crate::firehose::Settings,
    /// Of the OpenSearch domains.
    pub domain: crate::domain::Settings,
}
