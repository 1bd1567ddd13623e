//! What may be set, where AWS's behaviour is not known or differs between accounts.

use tributary_vocabulary::MINUTE_MS;

/// The settings of EC2.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How many flow logs one VPC, subnet or interface may have; AWS's quota, not to be raised.
    pub flow_logs_per_resource_max: usize,
    /// How many VPCs an account may have in a Region; AWS's default quota.
    pub vpcs_max: usize,
    /// How many subnets a VPC may have; AWS's default quota.
    pub subnets_per_vpc_max: usize,
    /// Whether CreateFlowLogs takes on the role, and refuses when it cannot ("Unable to assume
    /// given IAM role"). AWS was seen to do so and also documents the trust policy as a reason of
    /// a later `Access error`; off, so that a topology with a wrong trust policy stands, and tells
    /// at the flow log what is wrong. A role that does not exist is refused either way.
    pub create_assumes_role: bool,
    /// How much time one file in a bucket covers, in milliseconds: 5 minutes.
    pub file_interval_ms: i64,
    /// How long after its window's end a file is written, in milliseconds. AWS says that records
    /// reach S3 after about 10 minutes.
    pub file_delay_ms: i64,
    /// The most bytes of one file before it is compressed: 75 MB.
    pub file_max_bytes: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            flow_logs_per_resource_max: 2,
            vpcs_max: 5,
            subnets_per_vpc_max: 200,
            create_assumes_role: false,
            file_interval_ms: 5 * MINUTE_MS,
            file_delay_ms: 5 * MINUTE_MS,
            file_max_bytes: 75_000_000,
        }
    }
}
