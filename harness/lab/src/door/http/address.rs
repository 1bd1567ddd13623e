//! Where an endpoint is, as its user wrote it.

use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};
use percent_encoding::percent_decode_str;

use crate::backend::BackendError;

/// Where an endpoint is.
#[derive(Clone)]
pub(super) struct Address {
    scheme: Scheme,
    /// Host and port.
    authority: Authority,
    /// What stands before every path; empty, or with a slash at its start and none at its end.
    prefix: String,
    /// User and password.
    pub(super) login: Option<(String, String)>,
    /// The whole without the login.
    text: String,
}

impl Address {
    pub(super) fn parse(text: &str) -> Result<Self, BackendError> {
        let bad = |why: String| BackendError::Url { url: without_login(text), why };
        let uri: Uri = text.trim().parse().map_err(|error| bad(format!("{error}")))?;
        let Some(scheme @ ("http" | "https")) = uri.scheme_str() else {
            return Err(bad("it starts with neither http:// nor https://".to_owned()));
        };
        if uri.query().is_some() {
            return Err(bad("it has a query".to_owned()));
        }
        let authority = uri.authority().map(Authority::as_str).unwrap_or_default();
        let (login, place) = match authority.rsplit_once('@') {
            Some((login, place)) => (Some(decoded(login)), place),
            None => (None, authority),
        };
        if uri.host().unwrap_or_default().is_empty() {
            return Err(bad("it names no host".to_owned()));
        }
        let port = place.rsplit_once(':').map(|(_, port)| port).filter(|it| !it.ends_with(']'));
        if port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return Err(bad("its port is none of 0 to 65535".to_owned()));
        }
        let prefix = uri.path().trim_end_matches('/').to_owned();
        Ok(Self {
            scheme: if scheme == "https" { Scheme::HTTPS } else { Scheme::HTTP },
            authority: place.parse().map_err(|error| bad(format!("{error}")))?,
            login,
            text: format!("{scheme}://{place}{prefix}"),
            prefix,
        })
    }

    /// One that takes neither a login nor a path, since AWS signs for both itself.
    pub(super) fn of_aws(text: &str) -> Result<Self, BackendError> {
        let address = Self::parse(text)?;
        let why = match (&address.login, address.prefix.as_str()) {
            (None, "") => return Ok(address),
            (Some(_), _) => "AWS calls are signed, so it takes no user and password",
            (None, _) => "AWS services have paths of their own, so it takes none",
        };
        Err(BackendError::Url { url: address.text, why: why.to_owned() })
    }

    /// The URL without the login.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// This path and query here.
    pub(super) fn at(&self, path: &str) -> Result<Uri, http::Error> {
        let slash = if path.starts_with('/') { "" } else { "/" };
        let path = format!("{}{slash}{path}", self.prefix);
        let path: PathAndQuery = path.parse()?;
        Uri::builder()
            .scheme(self.scheme.clone())
            .authority(self.authority.clone())
            .path_and_query(path)
            .build()
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

fn decoded(login: &str) -> (String, String) {
    let (user, password) = login.split_once(':').unwrap_or((login, ""));
    let plain = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    (plain(user), plain(password))
}

/// The text without what may be a password, although it is no URL.
fn without_login(text: &str) -> String {
    let Some((before, place)) = text.rsplit_once('@') else { return text.to_owned() };
    let scheme = before.split_once("://").map(|(scheme, _)| format!("{scheme}://"));
    format!("{}{place}", scheme.unwrap_or_default())
}
