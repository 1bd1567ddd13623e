//! LocalStack and OpenSearch in containers, for one run of a test and nothing longer.
//!
//! [`Stack::start`] brings both up on a network of their own and on free ports of the loopback
//! interface, and returns when both answer. What it started is removed when the [`Stack`] is
//! dropped, when its start fails, on a panic, on Ctrl-C, and, by a shell that outlives it, when the
//! process is killed; what is left all the same is removed by the next start. Everything carries [labels](label), and nothing without them is touched.
//!
//! ```no_run
//! # async fn example() -> Result<(), tributary_containers::StackError> {
//! use tributary_containers::{Options, Stack};
//!
//! let stack = Stack::start(Options::from_env(), |step| eprintln!("{step}")).await?;
//! println!("AWS at {}, OpenSearch at {}", stack.aws_url(), stack.opensearch_url());
//! # Ok(())
//! # }
//! ```

mod cleanup;
mod engine;
mod error;
mod health;
mod heir;
mod image;
mod interrupt;
pub mod label;
mod launch;
mod leftovers;
mod options;
mod owner;
mod progress;
mod pull;
mod service;
mod stack;
mod watch;

pub use cleanup::remove_all;
pub use error::StackError;
pub use image::ImageName;
pub use interrupt::Interrupt;
pub use options::Options;
pub use progress::Progress;
pub use service::Service;
pub use stack::Stack;
