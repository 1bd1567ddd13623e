//! What rules did, as CloudWatch would count it.

/// What one rule did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RuleStatistics {
    /// Events that matched it (`TriggeredRules`).
    pub matched: u64,
    /// Deliveries to its targets that were tried, repetitions not counted (`Invocations`).
    pub invocations: u64,
    /// Deliveries that were given up (`FailedInvocations`).
    pub failed: u64,
    /// Deliveries that were refused for a limit and are repeated (`ThrottledRules`).
    pub throttled: u64,
}
