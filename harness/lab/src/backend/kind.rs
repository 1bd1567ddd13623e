//! What can answer at an endpoint.

/// What answers at an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum EndpointKind {
    /// LocalStack; its version as it tells it, with the edition unless it is `community`.
    LocalStack {
        /// Such as `4.14.0`.
        version: String,
    },
    /// The server of moto, which does not tell its version.
    Moto,
    /// Another Tributary.
    Tributary {
        /// Such as `0.1.0`.
        version: String,
    },
    /// The Kinesis mock of the npm package `kinesis-local`, which does not tell its version.
    KinesisLocal,
    /// AWS itself.
    Aws,
    /// Something that answers calls of AWS and does not say what it is.
    Unknown {
        /// What it says of itself, such as its `server` header.
        server: String,
    },
}

impl EndpointKind {
    /// Its name as reports show it, such as `LocalStack 4.14.0`.
    pub(crate) fn title(&self) -> String {
        match self {
            Self::LocalStack { version } => format!("LocalStack {version}"),
            Self::Moto => "moto".to_owned(),
            Self::Tributary { version } => format!("Tributary {version}"),
            Self::KinesisLocal => "kinesis-local".to_owned(),
            Self::Aws => "AWS".to_owned(),
            Self::Unknown { server } => format!("an unknown AWS endpoint ({server})"),
        }
    }

    /// Whether the table of it was tried on this very version; if not, what can be is tried again.
    pub(super) fn is_as_tried(&self) -> bool {
        match self {
            Self::LocalStack { version } => version.starts_with("4.14.") && !version.contains(' '),
            Self::Unknown { .. } => false,
            Self::Moto | Self::Tributary { .. } | Self::KinesisLocal | Self::Aws => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_versions_and_only_a_tried_version_is_taken_as_the_table_says() {
        let localstack = |version: &str| EndpointKind::LocalStack { version: version.to_owned() };
        assert_eq!(localstack("4.14.0").title(), "LocalStack 4.14.0");
        let unknown = EndpointKind::Unknown { server: "nginx".to_owned() };
        assert_eq!(unknown.title(), "an unknown AWS endpoint (nginx)");
        assert!(localstack("4.14.0").is_as_tried() && !localstack("4.1.0").is_as_tried());
        assert!(!localstack("4.14.0 (pro)").is_as_tried() && !unknown.is_as_tried());
    }
}
