//! The transform stage of the pipeline, and the contract that every transform must keep.
//!
//! A transform answers the event that Firehose sends to a Lambda function, and may ask for records
//! to be put back on the source, as AWS's own blueprint does when a response would grow too large.

mod answer;
pub mod builtin;
mod envelope;
mod error;
mod event;
mod gzip;
mod response;

pub use answer::{Answer, PutBack, PutBackTarget};
pub use builtin::{UnknownTransform, builtin};
pub use envelope::{Envelope, EnvelopeEvent};
pub use error::HandlerError;
pub use event::{Event, Record};
pub use gzip::{deflate, inflate};
pub use response::{Outcome, RESPONSE_MAX_BYTES, RESPONSE_SOFT_MAX_BYTES, Response};

/// A transform: what the pipeline's Lambda function does.
pub trait Transform: Send {
    /// Its name, as `--transform` takes it.
    fn name(&self) -> &str;

    /// Answers one invocation; `event` is the JSON that Firehose sends.
    ///
    /// # Errors
    /// What the function would raise: Lambda reports it as a `FunctionError`.
    fn handle(&mut self, event: &[u8]) -> Result<Answer, HandlerError>;
}
