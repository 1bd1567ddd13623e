//! Why a backend cannot be used: what is wrong, and how to mend it.

/// Why a backend cannot be used. Every sentence says what is wrong and how to mend it; the command
/// ends with exit code 102.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackendError {
    /// A URL is none.
    #[error("'{url}' is no URL of an endpoint ({why}): give one such as http://127.0.0.1:4566")]
    Url {
        /// The text.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// Nothing answers.
    #[error("{what} at {url} does not answer ({why}): start it, or correct the URL")]
    Unreachable {
        /// `AWS endpoint` or `OpenSearch`.
        what: &'static str,
        /// Where.
        url: String,
        /// What the network said.
        why: String,
    },
    /// Something else answers.
    #[error("what answers at {url} is no {what} ({found}): correct the URL")]
    SomethingElse {
        /// `AWS endpoint` or `OpenSearch`.
        what: &'static str,
        /// Where.
        url: String,
        /// What it answered.
        found: String,
    },
    /// Its certificate is not trusted.
    #[error(
        "the certificate of {url} is not trusted ({why}): name the file of its certificate with --ca-bundle or AWS_CA_BUNDLE"
    )]
    Certificate {
        /// Where.
        url: String,
        /// What TLS said.
        why: String,
    },
    /// A file cannot be used.
    #[error("{path} cannot be used as {what} ({why}): give a file that can")]
    File {
        /// The file.
        path: String,
        /// What it was to be.
        what: &'static str,
        /// Why not.
        why: String,
    },
    /// There are no credentials, or they are refused.
    #[error("{0}")]
    Credentials(String),
    /// OpenSearch asks for a login.
    #[error(
        "OpenSearch at {url} has its security plugin on and asks for a login ({status}): put user and password into the URL (https://USER:PASSWORD@HOST), or start it with DISABLE_SECURITY_PLUGIN=true"
    )]
    Secured {
        /// Where.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// AWS itself, without leave.
    #[error("{0}")]
    RealAws(String),
    /// Resources are there already.
    #[error("{0}")]
    Occupied(String),
    /// The backend does not do what it said.
    #[error("{0}")]
    Unfit(String),
    /// Containers could not be started.
    #[cfg(feature = "containers")]
    #[error(transparent)]
    Containers(#[from] tributary_containers::StackError),
}
