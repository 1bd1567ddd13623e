//! StopStreamEncryption (kinesis reference, stream lifecycle).

pub use super::start_stream_encryption::Input;
use super::start_stream_encryption::change;
use crate::kernel::{Caller, ServiceError, World};

/// No longer encrypts the stream's records.
///
/// # Errors
/// `ValidationException`, `InvalidArgumentException`, `AccessDeniedException`,
/// `ResourceNotFoundException`, `ResourceInUseException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<(), ServiceError> {
    change(world, caller, &input, "kinesis:StopStreamEncryption", None)
}
