//! The transforms that come with Tributary.

mod documents;
mod envelope;
mod record;

pub use documents::Documents;
pub use envelope::WholeEnvelope;

use crate::Transform;

/// The names of the built-in transforms.
pub const NAMES: [&str; 2] = ["builtin:envelope", "builtin:documents"];

/// No such transform.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no transform '{0}': the transforms are builtin:envelope and builtin:documents")]
pub struct UnknownTransform(pub String);

/// The built-in transform of this name.
///
/// # Errors
/// When there is none.
pub fn builtin(name: &str) -> Result<Box<dyn Transform>, UnknownTransform> {
    match name {
        "builtin:envelope" => Ok(Box::new(WholeEnvelope)),
        "builtin:documents" => Ok(Box::new(Documents)),
        other => Err(UnknownTransform(other.to_owned())),
    }
}
