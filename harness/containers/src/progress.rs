//! What is told while a stack comes up.

use std::fmt;

use crate::service::Service;

/// One step on the way up; as text, a line for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// What a run left whose process has ended was removed.
    RemovedLeftovers {
        /// The id of that run.
        run: String,
        /// How many containers and networks.
        removed: usize,
    },
    /// An image is being pulled.
    Pulling {
        /// The image.
        image: String,
        /// What the engine says of it, such as `Downloading 12 of 80 MB`.
        status: String,
    },
    /// A container is being made and started.
    Starting {
        /// The service.
        service: Service,
        /// Its image.
        image: String,
    },
    /// A service answers.
    Ready {
        /// The service.
        service: Service,
        /// Where.
        url: String,
    },
    /// What was started stays: how to attach to it and how to remove it.
    Kept {
        /// The id of the run.
        run: String,
        /// The sentences.
        how: String,
    },
}

impl fmt::Display for Progress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RemovedLeftovers { run, removed } => write!(
                out,
                "removed {removed} containers and networks of run {run}, whose process has ended"
            ),
            Self::Pulling { image, status } => write!(out, "pulling {image}: {status}"),
            Self::Starting { service, image } => write!(out, "starting {service} ({image})"),
            Self::Ready { service, url } => write!(out, "{service} is ready at {url}"),
            Self::Kept { how, .. } => out.write_str(how),
        }
    }
}
