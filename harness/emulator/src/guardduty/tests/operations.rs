//! The operations, one after the other.

use http::Method;
use serde_json::{Value, json};

use super::{accept, account, associated, detector, gd, get, invite, post, refused, region, site};
use crate::events::tests::finding_event;
use crate::guardduty::{publish, reserve_detector_id};

#[test]
fn there_is_one_detector_in_a_region() {
    let mut site = site();
    let id = "0123456789abcdef0123456789abcdef";
    reserve_detector_id(&mut site.world, account(1), &region(), id);
    let path = detector(&mut site, 1);
    assert_eq!(path, format!("/detector/{id}"));
    assert_eq!(
        refused(&mut site, 1, "/detector", &json!({ "enable": true })),
        "The request is rejected because a detector already exists for the current account."
    );
    assert_eq!(get(&mut site, 1, "/detector"), json!({ "detectorIds": [id] }));
    assert_eq!(get(&mut site, 2, "/detector"), json!({ "detectorIds": [] }));
    let told = get(&mut site, 1, &path);
    assert_eq!(told["status"], "ENABLED");
    assert_eq!(told["findingPublishingFrequency"], "SIX_HOURS");
    assert_eq!(told["dataSources"]["flowLogs"]["status"], "ENABLED");
    assert_eq!(told["createdAt"], "2026-01-01T00:00:00.000Z");
    let change = json!({ "enable": false, "findingPublishingFrequency": "ONE_HOUR",
        "features": [{ "name": "S3_DATA_EVENTS", "status": "DISABLED" }] });
    post(&mut site, 1, &path, &change);
    let told = get(&mut site, 1, &path);
    assert_eq!(
        (&told["status"], &told["findingPublishingFrequency"]),
        (&json!("DISABLED"), &json!("ONE_HOUR"))
    );
    assert_eq!(told["dataSources"]["s3Logs"]["status"], "DISABLED");
    let not_owned =
        "The request is rejected because the input detectorId is not owned by the current account.";
    assert_eq!(refused(&mut site, 2, &path, &json!({})), not_owned);
    assert_eq!(
        refused(&mut site, 1, "/detector/xyz", &json!({})),
        "The request is rejected because the parameter detectorId has an invalid value."
    );
    let both = json!({ "features": [], "dataSources": {} });
    assert!(refused(&mut site, 1, &path, &both).contains("both dataSources and features"));
    assert_eq!(gd(&mut site, 1, Method::DELETE, &path, &Value::Null).0, 200);
    assert_eq!(refused(&mut site, 1, &path, &json!({})), not_owned);
}

#[test]
fn an_account_is_created_invited_and_accepts() {
    let mut site = site();
    let (master, member) = (detector(&mut site, 1), detector(&mut site, 2));
    let members = format!("{master}/member");
    let details = json!({ "accountDetails": [
        { "accountId": account(2), "email": "a@b.example" }, { "accountId": account(1), "email": "a@b.example" }] });
    let answer = post(&mut site, 1, &members, &details);
    assert_eq!(answer["unprocessedAccounts"][0]["accountId"], "111111111111");
    assert_eq!(get(&mut site, 1, &members)["members"], json!([]));
    let all = get(&mut site, 1, &format!("{members}?onlyAssociated=false"));
    assert_eq!(all["members"][0]["relationshipStatus"], "Created");
    post(&mut site, 1, &format!("{members}/invite"), &json!({ "accountIds": [account(2)] }));
    assert_eq!(get(&mut site, 1, &members)["members"][0]["relationshipStatus"], "Invited");
    assert_eq!(get(&mut site, 2, "/invitation/count"), json!({ "invitationsCount": 1 }));
    let pending = get(&mut site, 2, "/invitation")["invitations"][0].clone();
    assert_eq!(
        (&pending["accountId"], &pending["relationshipStatus"]),
        (&json!("111111111111"), &json!("Invited"))
    );
    assert_eq!(get(&mut site, 2, &format!("{member}/administrator")), json!({}));
    let wrong = json!({ "masterId": account(1), "invitationId": "x" });
    assert_eq!(
        refused(&mut site, 2, &format!("{member}/master"), &wrong),
        "The request is rejected since no such resource found."
    );
    let right = json!({ "masterId": account(1), "invitationId": pending["invitationId"] });
    post(&mut site, 2, &format!("{member}/master"), &right);
    let over = get(&mut site, 2, &format!("{member}/master"));
    assert_eq!(
        (&over["master"]["accountId"], &over["master"]["relationshipStatus"]),
        (&json!("111111111111"), &json!("Enabled"))
    );
    assert_eq!(get(&mut site, 2, "/invitation/count")["invitationsCount"], 0);
    let told = post(
        &mut site,
        1,
        &format!("{members}/get"),
        &json!({ "accountIds": [account(2), account(3)] }),
    );
    let id = member.trim_start_matches("/detector/");
    assert_eq!(
        (&told["members"][0]["detectorId"], &told["members"][0]["administratorId"]),
        (&json!(id), &json!("111111111111"))
    );
    assert_eq!(told["unprocessedAccounts"][0]["accountId"], "333333333333");
    // The administrator's frequency governs.
    post(&mut site, 1, &master, &json!({ "findingPublishingFrequency": "FIFTEEN_MINUTES" }));
    assert_eq!(get(&mut site, 2, &member)["findingPublishingFrequency"], "FIFTEEN_MINUTES");
    refused(&mut site, 2, &member, &json!({ "findingPublishingFrequency": "ONE_HOUR" }));
    assert_eq!(gd(&mut site, 1, Method::DELETE, &master, &Value::Null).0, 400);
    assert_eq!(gd(&mut site, 2, Method::DELETE, &member, &Value::Null).0, 400);
    let answer =
        post(&mut site, 1, &format!("{members}/delete"), &json!({ "accountIds": [account(2)] }));
    assert_eq!(answer["unprocessedAccounts"][0]["accountId"], "222222222222");
    post(&mut site, 1, &format!("{members}/disassociate"), &json!({ "accountIds": [account(2)] }));
    let all = get(&mut site, 1, &format!("{members}?onlyAssociated=false"));
    assert_eq!(all["members"][0]["relationshipStatus"], "Removed");
    assert_eq!(get(&mut site, 2, &format!("{member}/administrator")), json!({}));
    let answer =
        post(&mut site, 1, &format!("{members}/delete"), &json!({ "accountIds": [account(2)] }));
    assert_eq!(answer["unprocessedAccounts"], json!([]));
}

#[test]
fn an_invitation_is_declined_or_deleted() {
    for (operation, status) in [("decline", "Resigned"), ("delete", "Invited")] {
        let mut site = site();
        let master = detector(&mut site, 1);
        invite(&mut site, &master, 2);
        let body = json!({ "accountIds": [account(1)] });
        let answer = post(&mut site, 2, &format!("/invitation/{operation}"), &body);
        assert_eq!(answer["unprocessedAccounts"], json!([]));
        assert_eq!(get(&mut site, 2, "/invitation/count")["invitationsCount"], 0);
        let all = get(&mut site, 1, &format!("{master}/member?onlyAssociated=false"));
        assert_eq!(all["members"][0]["relationshipStatus"], status);
        let answer = post(&mut site, 2, &format!("/invitation/{operation}"), &body);
        assert_eq!(answer["unprocessedAccounts"][0]["accountId"], "111111111111");
    }
}

#[test]
fn monitoring_is_stopped_and_started() {
    let (mut site, master, member) = associated();
    let body = json!({ "accountIds": [account(2)] });
    for (operation, relationship, status) in
        [("stop", "Disabled", "DISABLED"), ("start", "Enabled", "ENABLED")]
    {
        post(&mut site, 1, &format!("{master}/member/{operation}"), &body);
        assert_eq!(
            get(&mut site, 1, &format!("{master}/member"))["members"][0]["relationshipStatus"],
            relationship
        );
        assert_eq!(get(&mut site, 2, &member)["status"], status);
    }
}

#[test]
fn findings_are_listed_sorted_counted_and_archived() {
    let mut site = site();
    let path = detector(&mut site, 1);
    let mut events: Vec<_> = (0..4).map(|n| finding_event(1, n)).collect();
    events[2].message = events[2].message.replace("\"severity\":8.0", "\"severity\":2.0");
    publish(&mut site.world, account(1), &region(), &events);
    let list =
        |site: &mut super::Site, body: &Value| post(site, 1, &format!("{path}/findings"), body);
    let ids = |answer: &Value| -> Vec<i64> {
        let ids = answer["findingIds"].as_array().expect("ids");
        ids.iter()
            .map(|id| i64::from_str_radix(id.as_str().expect("text"), 16).expect("hex"))
            .collect()
    };
    assert_eq!(ids(&list(&mut site, &json!({}))), [3, 2, 1, 0]);
    let ascending = json!({ "sortCriteria": { "attributeName": "updatedAt", "orderBy": "ASC" } });
    assert_eq!(ids(&list(&mut site, &ascending)), [0, 1, 2, 3]);
    let by_severity = json!({ "sortCriteria": { "attributeName": "severity", "orderBy": "DESC" } });
    assert_eq!(ids(&list(&mut site, &by_severity)), [0, 1, 3, 2]);
    let high = json!({ "findingCriteria": { "criterion": { "severity": { "gte": 7 } } } });
    assert_eq!(ids(&list(&mut site, &high)).len(), 3);
    let page = list(&mut site, &json!({ "maxResults": 3 }));
    let next = list(&mut site, &json!({ "maxResults": 3, "nextToken": page["nextToken"] }));
    assert_eq!(
        (ids(&page), ids(&next), next["nextToken"].as_str()),
        (vec![3, 2, 1], vec![0], Some(""))
    );
    let statistics = json!({ "findingStatisticTypes": ["COUNT_BY_SEVERITY"] });
    let counted = post(&mut site, 1, &format!("{path}/findings/statistics"), &statistics);
    assert_eq!(counted["findingStatistics"]["countBySeverity"], json!({ "2.0": 1, "8.0": 3 }));
    let first = json!({ "findingIds": [format!("{:032x}", 0)] });
    post(&mut site, 1, &format!("{path}/findings/archive"), &first);
    let archived =
        json!({ "findingCriteria": { "criterion": { "service.archived": { "eq": ["true"] } } } });
    assert_eq!(ids(&list(&mut site, &archived)), [0]);
    post(&mut site, 1, &format!("{path}/findings/unarchive"), &first);
    assert_eq!(ids(&list(&mut site, &archived)).len(), 0);
    let feedback = json!({ "findingIds": first["findingIds"], "feedback": "USEFUL" });
    post(&mut site, 1, &format!("{path}/findings/feedback"), &feedback);
    let found = post(&mut site, 1, &format!("{path}/findings/get"), &first);
    assert_eq!(found["findings"][0]["service"]["userFeedback"], "USEFUL");
    let wrong = json!({ "findingCriteria": { "criterion": { "severity": { "about": 7 } } } });
    assert!(refused(&mut site, 1, &format!("{path}/findings"), &wrong).contains("findingCriteria"));
}

#[test]
fn filters_and_tags_are_kept() {
    let mut site = site();
    let path = detector(&mut site, 1);
    let filter = |name: &str, rank: i64| {
        json!({ "name": name, "rank": rank, "tags": { "a": "b" },
        "findingCriteria": { "criterion": { "type": { "eq": ["x"] } } } })
    };
    for (name, rank) in [("one", 1), ("two", 1), ("three", 3)] {
        post(&mut site, 1, &format!("{path}/filter"), &filter(name, rank));
    }
    assert_eq!(
        get(&mut site, 1, &format!("{path}/filter"))["filterNames"],
        json!(["two", "one", "three"])
    );
    assert!(
        refused(&mut site, 1, &format!("{path}/filter"), &filter("one", 1))
            .contains("already exists")
    );
    assert!(refused(&mut site, 1, &format!("{path}/filter"), &filter("x", 1)).contains("name"));
    post(&mut site, 1, &format!("{path}/filter/three"), &json!({ "rank": 1, "action": "ARCHIVE" }));
    let told = get(&mut site, 1, &format!("{path}/filter/three"));
    assert_eq!(
        (&told["action"], &told["rank"], &told["tags"]["a"]),
        (&json!("ARCHIVE"), &json!(1), &json!("b"))
    );
    assert_eq!(
        get(&mut site, 1, &format!("{path}/filter"))["filterNames"],
        json!(["three", "two", "one"])
    );
    let arn = format!("arn:aws:guardduty:us-west-2:111111111111:{}", &path[1..]);
    let tags = format!("/tags/{}", arn.replace(':', "%3A").replace('/', "%2F"));
    assert_eq!(
        gd(&mut site, 1, Method::POST, &tags, &json!({ "tags": { "k": "v", "l": "w" } })).0,
        204
    );
    assert_eq!(gd(&mut site, 1, Method::DELETE, &format!("{tags}?tagKeys=l"), &Value::Null).0, 204);
    assert_eq!(get(&mut site, 1, &tags), json!({ "tags": { "k": "v" } }));
    let (status, answer) = gd(&mut site, 1, Method::POST, "/nothing", &json!({}));
    assert_eq!(status, 404, "{answer}");
}

#[test]
fn an_account_has_one_administrator() {
    let (mut site, _, member) = associated();
    let other = detector(&mut site, 3);
    let details =
        json!({ "accountDetails": [{ "accountId": account(2), "email": "a@b.example" }] });
    post(&mut site, 3, &format!("{other}/member"), &details);
    post(&mut site, 3, &format!("{other}/member/invite"), &json!({ "accountIds": [account(2)] }));
    let pending = get(&mut site, 2, "/invitation")["invitations"][0].clone();
    let body = json!({ "administratorId": account(3), "invitationId": pending["invitationId"] });
    assert!(
        refused(&mut site, 2, &format!("{member}/administrator"), &body)
            .contains("already a member")
    );
    assert!(
        refused(&mut site, 2, &format!("{member}/member"), &details)
            .contains("is a member account")
    );
    post(&mut site, 2, &format!("{member}/administrator/disassociate"), &Value::Null);
    accept(&mut site, &member, 2);
}
