//! Findings of members, all the way.

use serde_json::json;

use super::{accept, account, associated, detector, get, invite, post, region, site};
use crate::events::tests::{finding_event, guide_policy};
use crate::guardduty::publish;

#[test]
fn a_members_findings_lie_in_the_masters_log_group() {
    let (mut site, master, member) = associated();
    site.log_group(1, Some(guide_policy(1)));
    let pattern = json!({ "source": ["aws.guardduty"], "detail-type": ["GuardDuty Finding"] });
    let rule = site.rule(1, "guardduty-demo", &pattern);
    site.log_group(2, Some(guide_policy(2)));
    let own = site.rule(2, "own", &json!({ "account": ["222222222222"] }));
    let events: Vec<_> = (0..5).map(|n| finding_event(1, n)).collect();
    publish(&mut site.world, account(2), &region(), &events);
    let texts: Vec<_> = events.iter().map(|event| event.message.clone()).collect();
    assert_eq!(site.logged(1, &rule), texts);
    let of_member: Vec<_> = texts
        .iter()
        .map(|text| text.replace(r#""account":"111111111111""#, r#""account":"222222222222""#))
        .collect();
    assert_eq!(site.logged(2, &own), of_member);
    assert_eq!(site.codes(), []);
    for (digit, path) in [(1, &master), (2, &member)] {
        let listed = post(&mut site, digit, &format!("{path}/findings"), &json!({}));
        assert_eq!(listed["findingIds"].as_array().map(Vec::len), Some(5));
    }
    // The master's own findings take the same way.
    publish(&mut site.world, account(1), &region(), &[finding_event(1, 9)]);
    assert_eq!(site.logged(1, &rule).len(), 6);
    assert_eq!(site.logged(2, &own).len(), 5);
}

#[test]
fn an_update_replaces_the_finding() {
    let (mut site, master, _) = associated();
    let first = finding_event(1, 1);
    let mut second = first.clone();
    second.message = first
        .message
        .replace(r#""count":1"#, r#""count":7"#)
        .replace("00:00:01.000Z", "00:15:00.000Z");
    publish(&mut site.world, account(2), &region(), &[first, second]);
    let listed = post(&mut site, 1, &format!("{master}/findings"), &json!({}));
    let ids = listed["findingIds"].as_array().expect("ids").clone();
    assert_eq!(ids.len(), 1);
    let found =
        post(&mut site, 1, &format!("{master}/findings/get"), &json!({ "findingIds": ids }));
    assert_eq!(found["findings"][0]["service"]["count"], 7);
    assert_eq!(found["findings"][0]["updatedAt"], "2026-01-01T00:15:00.000Z");
}

#[test]
fn what_keeps_a_finding_from_the_master_is_told() {
    let cases: [(&str, &str, &[&str]); 6] = [
        ("nothing", "NoDetector", &["222222222222 has no GuardDuty detector in us-west-2"]),
        (
            "not invited",
            "NoMatchingRule",
            &["no enabled rule on the default event bus of 222222222222"],
        ),
        (
            "not accepted",
            "NotAssociated",
            &["has not accepted the invitation of 111111111111", "do not reach 111111111111"],
        ),
        (
            "wrong address",
            "NotAssociated",
            &["'222222222222@example.com' is not its e-mail address"],
        ),
        ("resigned", "NotAssociated", &["has disassociated itself from 111111111111"]),
        ("stopped", "DetectorSuspended", &["suspended"]),
    ];
    for (case, code, parts) in cases {
        let mut site = site();
        site.log_group(1, Some(guide_policy(1)));
        let rule = site.rule(1, "gd", &json!({ "source": ["aws.guardduty"] }));
        let master = detector(&mut site, 1);
        if case == "wrong address" {
            site.world.settings.guardduty.emails.insert(account(2), "root@corp.example".to_owned());
        }
        let member = (case != "nothing").then(|| detector(&mut site, 2));
        if case != "nothing" && case != "not invited" {
            invite(&mut site, &master, 2);
        }
        if let Some(member) = &member
            && matches!(case, "resigned" | "stopped")
        {
            accept(&mut site, member, 2);
            if case == "resigned" {
                post(&mut site, 2, &format!("{member}/administrator/disassociate"), &json!(null));
            } else {
                post(
                    &mut site,
                    1,
                    &format!("{master}/member/stop"),
                    &json!({ "accountIds": [account(2)] }),
                );
            }
        }
        publish(
            &mut site.world,
            account(2),
            &region(),
            &[finding_event(1, 1), finding_event(1, 2)],
        );
        assert_eq!(site.logged(1, &rule).len(), 0, "{case}");
        assert_eq!(site.codes(), [(code.to_owned(), 2)], "{case}: {}", site.last_told());
        for part in parts {
            assert!(site.last_told().contains(part), "{case}: {}", site.last_told());
        }
    }
}

#[test]
fn a_suspended_master_takes_nothing() {
    let (mut site, master, _) = associated();
    post(&mut site, 1, &master, &json!({ "enable": false }));
    publish(&mut site.world, account(2), &region(), &[finding_event(1, 1)]);
    assert_eq!(site.codes(), [("NotAssociated".to_owned(), 1)]);
    assert!(site.last_told().contains("is suspended"), "{}", site.last_told());
}

#[test]
fn a_refused_delivery_names_the_rule_and_the_group() {
    let (mut site, _, _) = associated();
    site.log_group(1, None);
    site.rule(1, "gd", &json!({ "source": ["aws.guardduty"] }));
    publish(&mut site.world, account(2), &region(), &[finding_event(1, 1)]);
    assert_eq!(site.codes(), [("AccessDeniedException".to_owned(), 1)]);
    let sentence = site.last_told();
    assert!(
        sentence.contains("rule gd") && sentence.contains("/aws/events/guardduty-demo"),
        "{sentence}"
    );
}

#[test]
fn a_filter_that_archives_suppresses_the_event() {
    let (mut site, master, member) = associated();
    site.log_group(1, Some(guide_policy(1)));
    let rule = site.rule(1, "gd", &json!({ "source": ["aws.guardduty"] }));
    let filter = json!({ "name": "low", "action": "ARCHIVE",
        "findingCriteria": { "criterion": { "severity": { "gte": 8 } } } });
    post(&mut site, 1, &format!("{master}/filter"), &filter);
    publish(&mut site.world, account(2), &region(), &[finding_event(1, 1)]);
    assert_eq!(
        (site.logged(1, &rule).len(), site.codes()),
        (0, vec![("Suppressed".to_owned(), 1)])
    );
    for (digit, path) in [(1, &master), (2, &member)] {
        let archived = json!({ "findingCriteria": { "criterion": { "service.archived": { "eq": ["true"] } } } });
        let listed = post(&mut site, digit, &format!("{path}/findings"), &archived);
        assert_eq!(listed["findingIds"].as_array().map(Vec::len), Some(1));
    }
    let (status, _) = super::gd(
        &mut site,
        1,
        http::Method::DELETE,
        &format!("{master}/filter/low"),
        &json!(null),
    );
    assert_eq!(status, 200);
    publish(&mut site.world, account(2), &region(), &[finding_event(1, 2)]);
    assert_eq!(site.logged(1, &rule).len(), 1);
}

#[test]
fn findings_are_forgotten_after_ninety_days() {
    let (mut site, master, _) = associated();
    publish(&mut site.world, account(2), &region(), &[finding_event(1, 1)]);
    let later = site.world.now().plus_s(91 * 86_400);
    site.world.advance(later);
    let mut event = finding_event(1, 2);
    event.message = event.message.replace("2026-01-01T00:00:02.000Z", &later.to_string());
    publish(&mut site.world, account(2), &region(), &[event]);
    let listed = post(&mut site, 1, &format!("{master}/findings"), &json!({}));
    assert_eq!(listed["findingIds"].as_array().map(Vec::len), Some(1));
}

#[test]
fn two_worlds_of_one_seed_go_the_same_way() {
    let run = || {
        let (mut site, _, _) = associated();
        site.log_group(1, Some(guide_policy(1)));
        site.rule(1, "gd", &json!({ "source": ["aws.guardduty"] }));
        publish(&mut site.world, account(2), &region(), &[finding_event(1, 1)]);
        let detectors = get(&mut site, 2, "/detector");
        (site.world.trace_sha256(), detectors)
    };
    assert_eq!(run(), run());
}
