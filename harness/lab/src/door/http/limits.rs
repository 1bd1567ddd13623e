//! How long a call may take.

use std::time::Duration;

use aws_smithy_runtime_api::client::http::HttpConnectorSettings;

/// How long a call may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    /// Until there is a connection, TLS included.
    pub(super) connect: Duration,
    /// From the request's end until the head of the answer.
    pub(super) answer: Option<Duration>,
    /// The whole call.
    pub(super) whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), answer: None, whole: Duration::from_secs(60) }
    }
}

impl Limits {
    /// What an SDK client asks for, or else the default.
    pub(super) fn of(settings: &HttpConnectorSettings) -> Self {
        let default = Self::default();
        Self {
            connect: settings.connect_timeout().unwrap_or(default.connect),
            answer: settings.read_timeout(),
            ..default
        }
    }
}
