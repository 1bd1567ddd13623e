//! Whether calls in the name of two accounts are answered in the name of two accounts.

use bytes::Bytes;
use http::Method;
use tributary_vocabulary::AccountId;

use crate::backend::{BackendError, EndpointKind};
use crate::door::{AwsDoor, SignedCall, SignedError};

/// Why there are not several accounts; `None` when there are.
pub(super) fn missing(
    kind: &EndpointKind,
    door: &AwsDoor,
    master: AccountId,
    member: Option<AccountId>,
) -> Result<Option<String>, BackendError> {
    for account in [Some(master), member].into_iter().flatten() {
        match answering(kind, door, account)? {
            Some(answered) if answered == account => {}
            Some(answered) => {
                return Ok(Some(format!(
                    "calls in the name of {account} are answered in the name of {answered}"
                )));
            }
            None => {
                return Ok(Some(format!(
                    "it does not tell in whose name calls of {account} are answered"
                )));
            }
        }
    }
    Ok(None)
}

/// In whose name a call of this account is answered, as STS tells it, or else a sentence of Kinesis
/// about a stream that is not there.
fn answering(
    kind: &EndpointKind,
    door: &AwsDoor,
    account: AccountId,
) -> Result<Option<AccountId>, BackendError> {
    if *kind != EndpointKind::KinesisLocal {
        let call = SignedCall {
            service: "sts",
            method: Method::POST,
            url: format!("https://sts.{}.amazonaws.com/", door.region()),
            content_type: "application/x-www-form-urlencoded",
            target: None,
            body: Bytes::from_static(b"Action=GetCallerIdentity&Version=2011-06-15"),
        };
        let answer = send(door, account, &call)?;
        let told = answer.split_once("<Account>").and_then(|(_, it)| it.split_once("</Account>"));
        if let Some(found) = told.and_then(|(it, _)| it.trim().parse().ok()) {
            return Ok(Some(found));
        }
    }
    let call = SignedCall {
        service: "kinesis",
        method: Method::POST,
        url: format!("https://kinesis.{}.amazonaws.com/", door.region()),
        content_type: "application/x-amz-json-1.1",
        target: Some("Kinesis_20131202.DescribeStreamSummary"),
        body: Bytes::from_static(b"{\"StreamName\":\"tributary-probe-none\"}"),
    };
    Ok(account_in(&send(door, account, &call)?))
}

fn send(door: &AwsDoor, account: AccountId, call: &SignedCall<'_>) -> Result<String, BackendError> {
    let answer = door.signed(account)?.send(call).map_err(|error| match error {
        SignedError::Endpoint(error) => error,
        other => BackendError::Unfit(format!("it cannot be asked who calls: {other}")),
    })?;
    Ok(String::from_utf8_lossy(&answer.body).into_owned())
}

/// The first id of an account in a sentence.
fn account_in(sentence: &str) -> Option<AccountId> {
    let words = sentence.split(|it: char| !it.is_ascii_alphanumeric());
    words.filter(|it| it.len() == 12).find_map(|it| it.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_kinesis_name_the_account() {
        for (sentence, account) in [
            (
                "Stream arn arn:aws:kinesis:us-east-1:222222222222:stream/x not found",
                "222222222222",
            ),
            ("Stream x under account 123456789012 not found.", "123456789012"),
        ] {
            assert_eq!(account_in(sentence), account.parse().ok(), "{sentence}");
        }
        assert_eq!(account_in("Stream not found, request 1234567890123"), None);
    }
}
