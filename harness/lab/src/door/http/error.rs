//! Why a request got no answer.

use std::io;

use crate::backend::BackendError;

/// Why a request got no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} at {url}: {trouble}: {why}")]
pub(crate) struct TransportError {
    /// `AWS endpoint` or `OpenSearch`.
    pub(crate) what: &'static str,
    /// Where, without a password.
    pub(crate) url: String,
    /// What kind of trouble.
    pub(crate) trouble: Trouble,
    /// What the network said.
    pub(crate) why: String,
}

/// The kinds of trouble that a request can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Trouble {
    /// Nobody listens, or there is no way there.
    #[error("nothing answers")]
    Unreachable,
    /// It took too long.
    #[error("no answer in time")]
    Timeout,
    /// The certificate is not trusted.
    #[error("its certificate is not trusted")]
    Certificate,
    /// TLS failed for another reason.
    #[error("TLS failed")]
    Tls,
    /// The connection broke, or what came back is no HTTP.
    #[error("the answer broke off")]
    Broken,
    /// The request is none that HTTP allows.
    #[error("it is no HTTP request")]
    Request,
}

impl TransportError {
    pub(super) fn new(what: &'static str, url: String, error: ureq::Error) -> Self {
        let (trouble, why) = told(error);
        Self { what, url, trouble, why }
    }
}

impl From<TransportError> for BackendError {
    fn from(error: TransportError) -> Self {
        let TransportError { what, url, trouble, why } = error;
        match trouble {
            Trouble::Certificate => Self::Certificate { url, why },
            Trouble::Request => Self::Url { url, why },
            Trouble::Tls | Trouble::Broken => {
                Self::Unreachable { what, url, why: format!("{trouble}: {why}") }
            }
            Trouble::Unreachable | Trouble::Timeout => Self::Unreachable { what, url, why },
        }
    }
}

fn told(error: ureq::Error) -> (Trouble, String) {
    use ureq::Error as E;
    match error {
        E::Timeout(which) => (Trouble::Timeout, format!("timeout of the {which}")),
        E::HostNotFound => (Trouble::Unreachable, "there is no such host".to_owned()),
        E::ConnectionFailed => (Trouble::Unreachable, "connection failed".to_owned()),
        E::ConnectProxyFailed(why) => (Trouble::Unreachable, format!("the proxy failed: {why}")),
        E::Rustls(error) => tls(&error),
        E::Tls(why) => (Trouble::Tls, why.to_owned()),
        E::Http(error) => (Trouble::Request, error.to_string()),
        E::BadUri(why) => (Trouble::Request, why),
        E::Io(error) => of_io(&error),
        other => (Trouble::Broken, other.to_string()),
    }
}

fn of_io(error: &io::Error) -> (Trouble, String) {
    use io::ErrorKind as K;
    if let Some(tls_error) = error.get_ref().and_then(|it| it.downcast_ref::<rustls::Error>()) {
        return tls(tls_error);
    }
    let why = error.to_string();
    // The standard library has no kind for it.
    if why.contains("failed to lookup address") {
        return (Trouble::Unreachable, "there is no such host".to_owned());
    }
    let trouble = match error.kind() {
        K::TimedOut | K::WouldBlock => Trouble::Timeout,
        K::ConnectionRefused | K::HostUnreachable | K::NetworkUnreachable | K::NetworkDown => {
            Trouble::Unreachable
        }
        K::AddrNotAvailable | K::NotFound => Trouble::Unreachable,
        _ => Trouble::Broken,
    };
    (trouble, why)
}

fn tls(error: &rustls::Error) -> (Trouble, String) {
    let trouble = match error {
        rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented => {
            Trouble::Certificate
        }
        _ => Trouble::Tls,
    };
    (trouble, error.to_string())
}

/// An error with the errors that caused it.
pub(super) fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    let mut texts: Vec<String> = causes.map(ToString::to_string).collect();
    texts.dedup();
    texts.join(": ")
}
