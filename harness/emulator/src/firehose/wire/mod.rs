//! What Firehose writes and reads: the processor's event and its answer, error records, bulk bodies.

mod document;
mod error_record;
mod event;
mod failure;
mod response;

pub use document::{Action, one_line_object, write_action};
pub use error_record::{
    DocumentError, ProcessingError, write_document_error, write_processing_error,
};
pub use event::{EventHeader, EventWriter, record_id};
pub use failure::Failure;
pub use response::{Answer, read_answers};
