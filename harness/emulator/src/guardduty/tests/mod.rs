//! From the invitation to the log group.

mod flow;
mod operations;
mod samples;

use http::Method;
use serde_json::{Value, json};
use tributary_vocabulary::Region;

use crate::events::tests::{Site, account, site};

/// Calls GuardDuty as the root of an account.
fn gd(site: &mut Site, digit: u8, method: Method, path: &str, body: &Value) -> (u16, Value) {
    site.send(digit, "guardduty", method, path, None, body)
}

/// The same by POST, and it succeeds.
fn post(site: &mut Site, digit: u8, path: &str, body: &Value) -> Value {
    let (status, answer) = gd(site, digit, Method::POST, path, body);
    assert_eq!(status, 200, "{path} {body}: {answer}");
    answer
}

/// The same by GET.
fn get(site: &mut Site, digit: u8, path: &str) -> Value {
    let (status, answer) = gd(site, digit, Method::GET, path, &Value::Null);
    assert_eq!(status, 200, "{path}: {answer}");
    answer
}

/// The same, that fails; the message.
fn refused(site: &mut Site, digit: u8, path: &str, body: &Value) -> String {
    let (status, answer) = gd(site, digit, Method::POST, path, body);
    assert_eq!(
        (status, answer["__type"].as_str()),
        (400, Some("InvalidInputException")),
        "{answer}"
    );
    answer["message"].as_str().unwrap_or_default().to_owned()
}

/// Makes a detector; the path to it.
fn detector(site: &mut Site, digit: u8) -> String {
    let answer = post(site, digit, "/detector", &json!({ "enable": true }));
    format!("/detector/{}", answer["detectorId"].as_str().expect("an id"))
}

/// Account 1 invites an account.
fn invite(site: &mut Site, master: &str, digit: u8) {
    let id = account(digit);
    let details =
        json!({ "accountDetails": [{ "accountId": id, "email": format!("{id}@example.com") }] });
    let answer = post(site, 1, &format!("{master}/member"), &details);
    assert_eq!(answer, json!({ "unprocessedAccounts": [] }));
    post(site, 1, &format!("{master}/member/invite"), &json!({ "accountIds": [id] }));
}

/// An account accepts the one invitation that it has.
fn accept(site: &mut Site, member: &str, digit: u8) {
    let pending = get(site, digit, "/invitation");
    let invitation = &pending["invitations"][0];
    let body = json!({ "administratorId": invitation["accountId"], "invitationId": invitation["invitationId"] });
    post(site, digit, &format!("{member}/administrator"), &body);
}

/// Detectors of 1 and 2, where 2 is a member of 1; the paths to them.
fn associated() -> (Site, String, String) {
    let mut site = site();
    let (master, member) = (detector(&mut site, 1), detector(&mut site, 2));
    invite(&mut site, &master, 2);
    accept(&mut site, &member, 2);
    (site, master, member)
}

fn region() -> Region {
    Region::us_west_2()
}
