//! What a suite is run against.

mod embedded;
mod moto;
mod server;

pub use embedded::{Embedded, EmbeddedDomain};
pub use moto::Moto;
pub use server::Server;

use crate::answer::{Answer, Request};

/// Something that answers requests.
pub trait Arm {
    /// Its name in the lists of differences.
    fn name(&self) -> &'static str;

    /// Begins a case: what earlier ones made is gone, or cannot be met by its names.
    ///
    /// # Errors
    /// When a server does not answer.
    fn begin(&mut self) -> Result<(), String>;

    /// Answers.
    ///
    /// # Errors
    /// When a server does not answer.
    fn call(&mut self, request: &Request) -> Result<Answer, String>;

    /// The time there, in ms.
    fn now_ms(&self) -> i64;

    /// Lets some time pass before a request is repeated.
    fn pass_time(&mut self);

    /// Another word in every run, so that names of one do not meet those of the run before.
    fn run(&self) -> String;
}
