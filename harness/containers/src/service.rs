//! The two services that a stack has.

use std::fmt;

/// A service in a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Service {
    /// LocalStack: the AWS services.
    LocalStack,
    /// OpenSearch: one node without its security plugin.
    OpenSearch,
}

impl Service {
    /// The port at which it listens inside of its container.
    #[must_use]
    pub const fn port(self) -> u16 {
        match self {
            Self::LocalStack => 4566,
            Self::OpenSearch => 9200,
        }
    }

    /// The path that answers 200 once it can be used.
    pub(crate) const fn health_path(self) -> &'static str {
        match self {
            Self::LocalStack => "/_localstack/health",
            Self::OpenSearch => "/_cluster/health",
        }
    }

    /// Its part of a container's name.
    pub(crate) const fn slug(self) -> &'static str {
        match self {
            Self::LocalStack => "localstack",
            Self::OpenSearch => "opensearch",
        }
    }
}

impl fmt::Display for Service {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::LocalStack => "LocalStack",
            Self::OpenSearch => "OpenSearch",
        })
    }
}
