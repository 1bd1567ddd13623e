//! AWS itself is called with leave only: a flag, and a list of the accounts that may be used.
//!
//! Only what the endpoint says decides. Variables of the environment and profiles
//! (`AWS_ENDPOINT_URL`, `AWS_ENDPOINT_URL_KINESIS`, `endpoint_url`) redirect no call: the door builds
//! the configuration of the SDK itself with the endpoint's URL in it, and without the sources that
//! the SDK would look such variables up in. A test below holds the SDK to that.

use tributary_vocabulary::AccountId;

use super::aws_host::{is_aws_url, names_aws};
use super::{BackendError, Endpoint, EndpointKind};

/// Refuses AWS itself unless the endpoint has leave to call it. Before any call.
///
/// # Errors
/// [`BackendError::RealAws`] without `--allow-real-aws` or without accounts.
pub(crate) fn guard(endpoint: &Endpoint) -> Result<(), BackendError> {
    let what = match &endpoint.aws {
        None => "without --aws URL the calls go to AWS itself".to_owned(),
        Some(url) if is_aws_url(url) => format!("{} is AWS itself", without_login(url)),
        Some(_) => {
            let search = [&endpoint.opensearch, &endpoint.opensearch_inside];
            match search.into_iter().flatten().find(|url| is_aws_url(url)) {
                Some(url) => {
                    format!("OpenSearch at {} is a domain of AWS itself", without_login(url))
                }
                None => return Ok(()),
            }
        }
    };
    with_leave(endpoint, &what)
}

/// Refuses what turned out to be AWS when it was asked, behind a name that does not say so.
///
/// # Errors
/// As [`guard`].
pub(crate) fn guard_kind(endpoint: &Endpoint, kind: &EndpointKind) -> Result<(), BackendError> {
    if *kind != EndpointKind::Aws {
        return Ok(());
    }
    let url = endpoint.aws.as_deref().map_or_else(|| "the endpoint".to_owned(), without_login);
    with_leave(endpoint, &format!("what answers at {url} is AWS itself"))
}

/// Refuses an account that is not on the list. A list holds everywhere, so that what is AWS without
/// being known as such is held to it too.
///
/// # Errors
/// [`BackendError::RealAws`] when calls would be made in an account that was not named.
pub(crate) fn guard_account(endpoint: &Endpoint, account: AccountId) -> Result<(), BackendError> {
    guard(endpoint)?;
    if endpoint.allowed_accounts.is_empty() || endpoint.allowed_accounts.contains(&account) {
        return Ok(());
    }
    let allowed: Vec<&str> = endpoint.allowed_accounts.iter().map(AccountId::as_str).collect();
    Err(BackendError::RealAws(format!(
        "the calls would be made in account {account}, which is not among those of --allow-account ({}): use credentials of one of these, or add --allow-account {account}",
        allowed.join(", ")
    )))
}

/// A certificate that is not trusted because it is one of AWS tells that AWS is behind the name.
pub(super) fn certificate(url: &str, why: String) -> BackendError {
    if names_aws(&why) {
        return BackendError::RealAws(format!(
            "what answers at {url} has a certificate of AWS itself ({why}): to call AWS, leave --aws out and give --allow-real-aws and --allow-account; to call an emulator, correct the URL"
        ));
    }
    BackendError::Certificate { url: url.to_owned(), why }
}

fn with_leave(endpoint: &Endpoint, what: &str) -> Result<(), BackendError> {
    let missing = match (endpoint.allow_real_aws, endpoint.allowed_accounts.is_empty()) {
        (true, false) => return Ok(()),
        (false, true) => {
            "--allow-real-aws and --allow-account ACCOUNT (the first is the master, the others are members)"
        }
        (false, false) => "--allow-real-aws",
        (true, true) => {
            "--allow-account ACCOUNT for every account that may be used (the first is the master, the others are members)"
        }
    };
    Err(BackendError::RealAws(format!(
        "{what}, which costs money and may touch what is not of this run: give {missing} if that is meant, or the URL of an emulator with --aws"
    )))
}

/// A URL without the user and password that it may hold.
pub(crate) fn without_login(url: &str) -> String {
    match url.rsplit_once('@') {
        None => url.to_owned(),
        Some((before, after)) => {
            let scheme = before.split_once("://").map_or("", |(scheme, _)| scheme);
            if scheme.is_empty() { after.to_owned() } else { format!("{scheme}://{after}") }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(digit: char) -> AccountId {
        digit.to_string().repeat(12).parse().unwrap()
    }

    fn aws() -> Endpoint {
        Endpoint { aws: None, ..Endpoint::at("") }
    }

    #[test]
    fn aws_takes_a_flag_and_a_list() {
        let refused = |endpoint: &Endpoint| guard(endpoint).unwrap_err().to_string();
        let mut endpoint = aws();
        let sentence = refused(&endpoint);
        assert!(sentence.starts_with("without --aws URL") && sentence.contains("--allow-account"));
        endpoint.allowed_accounts = vec![account('1')];
        assert!(refused(&endpoint).contains("give --allow-real-aws if that is meant"));
        endpoint = Endpoint { allow_real_aws: true, ..aws() };
        assert!(refused(&endpoint).contains("give --allow-account ACCOUNT for every account"));
        endpoint.allowed_accounts = vec![account('1'), account('2')];
        assert!(guard(&endpoint).is_ok());
        assert!(guard_account(&endpoint, account('2')).is_ok());
        let sentence = guard_account(&endpoint, account('3')).unwrap_err().to_string();
        assert!(
            sentence.contains("account 333333333333") && sentence.contains("111111111111, 2222")
        );
    }

    #[test]
    fn a_url_of_aws_is_aws_and_its_login_is_not_told() {
        let url = "https://me:secret@kinesis.us-east-1.AMAZONAWS.com.:443";
        let sentence = guard(&Endpoint::at(url)).unwrap_err().to_string();
        assert!(sentence.starts_with("https://kinesis.us-east-1.AMAZONAWS.com.:443 is AWS itself"));
        assert!(!sentence.contains("secret"));
        assert!(guard(&Endpoint::at("http://127.0.0.1:4566")).is_ok());
        let mixed = Endpoint::at("http://127.0.0.1:4566")
            .with_opensearch("https://search-x.us-east-1.es.amazonaws.com");
        assert!(guard(&mixed).unwrap_err().to_string().contains("is a domain of AWS itself"));
        assert!(guard_account(&Endpoint::at("http://127.0.0.1:4566"), account('4')).is_ok());
    }

    #[test]
    fn aws_behind_another_name_is_refused_and_a_list_holds_everywhere() {
        let mut endpoint = Endpoint::at("http://gateway.corp.example");
        assert!(guard(&endpoint).is_ok() && guard_kind(&endpoint, &EndpointKind::Moto).is_ok());
        let sentence = guard_kind(&endpoint, &EndpointKind::Aws).unwrap_err().to_string();
        assert!(sentence.contains("gateway.corp.example is AWS itself"), "{sentence}");
        endpoint.allow_real_aws = true;
        endpoint.allowed_accounts = vec![account('1')];
        assert!(guard_kind(&endpoint, &EndpointKind::Aws).is_ok());
        assert!(guard_account(&endpoint, account('2')).is_err());
        let why = "only valid for DnsName(\"*.us-east-1.amazonaws.com\")".to_owned();
        assert!(matches!(certificate("https://x", why), BackendError::RealAws(_)));
        let other = certificate("https://x", "UnknownIssuer".to_owned());
        assert!(matches!(other, BackendError::Certificate { .. }));
    }
}
