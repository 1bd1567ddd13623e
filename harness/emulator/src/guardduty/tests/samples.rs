//! Sample findings.

use serde_json::{Value, json};

use super::{associated, detector, post, refused, site};
use crate::events::tests::guide_policy;
use crate::guardduty::kinds::Kind;

#[test]
fn a_sample_of_each_type_reaches_the_master() {
    let (mut site, master, member) = associated();
    site.log_group(1, Some(guide_policy(1)));
    let rule = site.rule(1, "gd", &json!({ "source": ["aws.guardduty"] }));
    post(&mut site, 2, &format!("{member}/findings/create"), &json!({}));
    let logged = site.logged(1, &rule);
    assert_eq!(logged.len(), Kind::all().count());
    for text in &logged {
        let event: Value = serde_json::from_str(text).expect("JSON");
        let finding = &event["detail"];
        let kind = finding["type"].as_str().expect("a type");
        assert_eq!(
            (&event["account"], &finding["accountId"]),
            (&json!("111111111111"), &json!("222222222222"))
        );
        assert!(
            finding["title"].as_str().is_some_and(|title| title.starts_with("[SAMPLE] ")),
            "{kind}"
        );
        assert_eq!(finding["service"]["additionalInfo"]["sample"], true);
        let arn = finding["arn"].as_str().expect("an ARN");
        let id = finding["id"].as_str().expect("an id");
        assert!(
            arn.ends_with(&format!("{member}/finding/{id}").replace("/detector", "detector")),
            "{arn}"
        );
        assert_eq!(finding["createdAt"], finding["updatedAt"]);
        assert_consistent(kind, finding);
    }
    let listed = post(&mut site, 1, &format!("{master}/findings"), &json!({ "maxResults": 50 }));
    let found = post(&mut site, 1, &format!("{master}/findings/get"), &listed);
    let info = &found["findings"][0]["service"]["additionalInfo"];
    assert_eq!(info, &json!({ "value": "{\"sample\":true}", "type": "default" }));
}

/// The middle of the type and the resource agree, and the action has its one object.
fn assert_consistent(kind: &str, finding: &Value) {
    let middle = kind.split([':', '/']).nth(1).unwrap_or_default();
    let resource = finding["resource"]["resourceType"].as_str().unwrap_or_default();
    let expected = match middle {
        _ if kind.starts_with("AttackSequence") => "AttackSequence",
        "EC2" | "Runtime" => "Instance",
        "IAMUser" => "AccessKey",
        "S3" if kind.starts_with("Object") => "S3Object",
        "S3" => "S3Bucket",
        "Kubernetes" => "EKSCluster",
        "ECS" => "ECSCluster",
        "RDS" => "RDSDBInstance",
        other => other,
    };
    assert_eq!(resource, expected, "{kind}");
    let Some(action) = finding["service"].get("action") else { return };
    assert_eq!(action.as_object().map(serde_json::Map::len), Some(2), "{kind}");
    if kind.ends_with("!DNS") && middle != "Lambda" {
        assert_eq!(action["actionType"], "DNS_REQUEST", "{kind}");
    }
}

#[test]
fn a_sample_that_is_made_again_is_an_update() {
    let mut site = site();
    let path = detector(&mut site, 1);
    let body = json!({ "findingTypes": ["UnauthorizedAccess:EC2/SSHBruteForce"] });
    post(&mut site, 1, &format!("{path}/findings/create"), &body);
    let later = site.world.now().plus_s(60);
    site.world.advance(later);
    post(&mut site, 1, &format!("{path}/findings/create"), &body);
    let listed = post(&mut site, 1, &format!("{path}/findings"), &json!({}));
    assert_eq!(listed["findingIds"].as_array().map(Vec::len), Some(1));
    let ids = json!({ "findingIds": listed["findingIds"] });
    let found = post(&mut site, 1, &format!("{path}/findings/get"), &ids);
    let finding = &found["findings"][0];
    assert_eq!(finding["service"]["count"], 2);
    assert_eq!(
        (&finding["createdAt"], &finding["updatedAt"]),
        (&json!("2026-01-01T00:00:00.000Z"), &json!("2026-01-01T00:01:00.000Z"))
    );
    assert_eq!(
        finding["title"],
        "[SAMPLE] 198.51.100.0 is performing SSH brute force attacks against i-99999999."
    );
    assert_eq!(
        finding["service"]["action"]["networkConnectionAction"]["localPortDetails"]["port"],
        22
    );
    let unknown = json!({ "findingTypes": ["Recon:EC2/Nothing"] });
    assert!(
        refused(&mut site, 1, &format!("{path}/findings/create"), &unknown)
            .contains("findingTypes")
    );
}
