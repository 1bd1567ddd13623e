//! In whose name calls are made: by key, by role, and as one.

use super::chain::in_child;
use super::server::{Seen, Server};
use super::{account, call, region};
use crate::backend::{AccountsMode, BackendError, Endpoint};
use crate::door::AwsDoor;

const BASE: [(&str, &str); 2] =
    [("AWS_ACCESS_KEY_ID", "AKIABASE"), ("AWS_SECRET_ACCESS_KEY", "secret")];

/// STS for the account 999999999999, whose roles' sessions end in so many seconds.
fn sts(seen: &Seen, seconds: u64) -> Option<(u16, String)> {
    if seen.body.contains("Action=GetCallerIdentity") {
        let result = "<GetCallerIdentityResult><Account>999999999999</Account>";
        return Some((200, format!("<R>{result}</GetCallerIdentityResult></R>")));
    }
    let Some((_, role)) = seen.body.split_once("RoleArn=arn%3Aaws%3Aiam%3A%3A") else {
        return Some((200, String::new()));
    };
    let (account, role) = role.split_at(12);
    assert!(role.starts_with("%3Arole%2FVisitor"), "{role}");
    if account.starts_with('4') {
        let error = "<Error><Code>AccessDenied</Code><Message>not you</Message></Error>";
        return Some((403, format!("<ErrorResponse>{error}</ErrorResponse>")));
    }
    let now = aws_smithy_types::DateTime::from(aws_smithy_async::time::TimeSource::now(
        &aws_smithy_async::time::SystemTimeSource::new(),
    ));
    let end = aws_smithy_types::DateTime::from_secs(now.secs() + i64::try_from(seconds).unwrap());
    let end = end.fmt(aws_smithy_types::date_time::Format::DateTime).unwrap();
    Some((
        200,
        format!(
            "<AssumeRoleResponse><AssumeRoleResult><AssumedRoleUser>\
             <Arn>arn:aws:sts::{account}:assumed-role/Visitor/tributary</Arn>\
             <AssumedRoleId>A:tributary</AssumedRoleId></AssumedRoleUser><Credentials>\
             <AccessKeyId>ASIA{account}</AccessKeyId><SecretAccessKey>s</SecretAccessKey>\
             <SessionToken>token-{account}</SessionToken><Expiration>{end}</Expiration>\
             </Credentials></AssumeRoleResult></AssumeRoleResponse>"
        ),
    ))
}

fn visitor(url: &str, accounts: AccountsMode) -> AwsDoor {
    AwsDoor::open(&Endpoint { accounts, ..Endpoint::at(url) }, &region()).unwrap()
}

fn role() -> AccountsMode {
    AccountsMode::AssumeRole { role: "Visitor".to_owned() }
}

/// The access keys of the calls that are not of STS, and how often roles were assumed.
fn told(server: &Server) -> (Vec<String>, usize) {
    let (sts, other): (Vec<_>, Vec<_>) =
        server.seen().into_iter().partition(|it| it.body.contains("Action="));
    let keys = other.iter().map(|it| it.access_key().to_owned()).collect();
    (keys, sts.iter().filter(|it| it.body.contains("Action=AssumeRole")).count())
}

#[tokio::test]
async fn a_role_is_assumed_once_and_not_in_its_own_account() {
    if !in_child("accounts::a_role_is_assumed_once_and_not_in_its_own_account", &BASE) {
        return;
    }
    let server = Server::start(|seen| sts(seen, 3600));
    let door = visitor(&server.url, role());
    assert_eq!(door.caller_account().unwrap(), account(9));
    let lambda = call("lambda", "https://lambda.us-west-2.amazonaws.com/");
    for digit in [1, 9, 1] {
        door.signed(account(digit)).unwrap().send(&lambda).unwrap();
    }
    let config = door.sdk_config(account(1)).unwrap();
    let _ = aws_sdk_kinesis::Client::new(&config).list_streams().send().await;
    let seen = server.seen();
    let last = seen.last().unwrap();
    assert_eq!(last.header("x-amz-security-token"), "token-111111111111");
    let assumed = seen.iter().find(|it| it.body.contains("Action=AssumeRole")).unwrap();
    assert!(assumed.body.contains("RoleSessionName=tributary"), "{assumed:?}");
    assert_eq!(assumed.access_key(), "AKIABASE");
    let (keys, times) = told(&server);
    let one = "ASIA111111111111";
    assert_eq!((keys, times), ([one, "AKIABASE", one, one].map(str::to_owned).to_vec(), 1));
}

#[test]
fn a_session_that_soon_ends_is_renewed() {
    if !in_child("accounts::a_session_that_soon_ends_is_renewed", &BASE) {
        return;
    }
    let server = Server::start(|seen| sts(seen, 60));
    let client = visitor(&server.url, role()).signed(account(1)).unwrap();
    client.send(&call("lambda", "https://lambda.us-west-2.amazonaws.com/")).unwrap();
    client.send(&call("lambda", "https://lambda.us-west-2.amazonaws.com/")).unwrap();
    assert_eq!(told(&server).1, 3, "one each, and one to make the client");
}

#[test]
fn a_role_that_is_refused_is_told() {
    if !in_child("accounts::a_role_that_is_refused_is_told", &BASE) {
        return;
    }
    let server = Server::start(|seen| sts(seen, 3600));
    let error = visitor(&server.url, role()).sdk_config(account(4)).unwrap_err();
    assert!(matches!(error, BackendError::Credentials(_)), "{error:?}");
    let text = error.to_string();
    assert!(text.contains("arn:aws:iam::444444444444:role/Visitor"), "{text}");
    assert!(text.contains("not you"), "{text}");
}

#[test]
fn as_one_everybody_is_the_base() {
    if !in_child("accounts::as_one_everybody_is_the_base", &BASE) {
        return;
    }
    let server = Server::start(|seen| sts(seen, 3600));
    let door = visitor(&server.url, AccountsMode::One);
    for digit in [1, 2] {
        let client = door.signed(account(digit)).unwrap();
        client.send(&call("lambda", "https://lambda.us-west-2.amazonaws.com/")).unwrap();
    }
    assert_eq!(told(&server), (vec!["AKIABASE".to_owned(); 2], 0));
}
