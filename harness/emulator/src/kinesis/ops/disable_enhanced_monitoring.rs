//! DisableEnhancedMonitoring (kinesis reference, stream lifecycle).

use super::enable_enhanced_monitoring::change;
pub use super::enable_enhanced_monitoring::{Input, Output};
use crate::kernel::{Caller, ServiceError, World};

/// No longer gives metrics by shard.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `AccessDeniedException`,
/// `ResourceNotFoundException`, `ResourceInUseException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    change(world, caller, &input, "kinesis:DisableEnhancedMonitoring", |current, named| {
        current.difference(named).copied().collect()
    })
}
