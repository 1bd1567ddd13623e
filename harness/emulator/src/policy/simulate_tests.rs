use serde_json::{Value, json};

use super::simulate_line;

const USER: &str = "arn:aws:iam::111111111111:user/ann";
const STREAM: &str = "arn:aws:kinesis:us-west-2:111111111111:stream/s";

fn ask(request: &Value) -> Value {
    let line = simulate_line(&request.to_string());
    assert!(!line.contains('\n'), "{line}");
    serde_json::from_str(&line).unwrap()
}

fn decisions(request: &Value) -> Vec<String> {
    let answer = ask(request);
    let results = answer["EvaluationResults"].as_array().unwrap_or_else(|| panic!("{answer}"));
    results.iter().map(|result| result["EvalDecision"].as_str().unwrap().to_owned()).collect()
}

fn statement(effect: &str, action: &str, rest: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"{effect}","Action":"{action}","Resource":"*"{rest}}}]}}"#
    )
}

/// The response of AWS to the same request, as captured, but for the per-resource details.
#[test]
fn answers_in_the_shape_of_aws() {
    let answer = ask(&json!({
        "PolicyInputList": [statement("Allow", "s3:GetObject", "")],
        "ActionNames": ["s3:GetObject"],
    }));
    assert_eq!(
        answer,
        json!({"EvaluationResults": [{
            "EvalActionName": "s3:GetObject",
            "EvalResourceName": "*",
            "EvalDecision": "allowed",
            "MatchedStatements": [{
                "SourcePolicyId": "PolicyInputList.1",
                "SourcePolicyType": "IAM Policy",
                "StartPosition": {"Line": 1, "Column": 38},
                "EndPosition": {"Line": 1, "Column": 95},
            }],
            "MissingContextValues": [],
        }], "IsTruncated": false})
    );
}

#[test]
fn places_are_where_aws_puts_them() {
    let spread = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \
                  \"Action\": \"s3:DeleteObject\",\n      \"Resource\": \"*\",\n      \"Sid\": \"ManagedDelete\"\n    }\n  ]\n}";
    let two = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"},{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"}]}"#;
    let answer = ask(&json!({
        "PolicyInputList": [two, spread],
        "ActionNames": ["s3:DeleteObject", "s3:GetObject"],
    }));
    let of = |n: usize| answer["EvaluationResults"][n]["MatchedStatements"].clone();
    assert_eq!(
        of(0),
        json!([{"SourcePolicyId": "PolicyInputList.2", "SourcePolicyType": "IAM Policy",
            "StartPosition": {"Line": 3, "Column": 17}, "EndPosition": {"Line": 9, "Column": 6}}])
    );
    assert_eq!(
        of(1),
        json!([{"SourcePolicyId": "PolicyInputList.1", "SourcePolicyType": "IAM Policy",
            "StartPosition": {"Line": 1, "Column": 95}, "EndPosition": {"Line": 1, "Column": 152}}])
    );
}

#[test]
fn one_result_for_each_action_and_resource_in_order() {
    let answer = ask(&json!({
        "PolicyInputList": [statement("Allow", "kinesis:Put*", "")],
        "ActionNames": ["Kinesis:PUTRECORD", "kinesis:GetRecords"],
        "ResourceArns": [STREAM, STREAM],
    }));
    let results = answer["EvaluationResults"].as_array().unwrap();
    let rows: Vec<_> = results
        .iter()
        .map(|r| (r["EvalActionName"].as_str().unwrap(), r["EvalDecision"].as_str().unwrap()))
        .collect();
    assert_eq!(
        rows,
        [
            ("Kinesis:PUTRECORD", "allowed"),
            ("Kinesis:PUTRECORD", "allowed"),
            ("kinesis:GetRecords", "implicitDeny"),
            ("kinesis:GetRecords", "implicitDeny"),
        ]
    );
}

#[test]
fn missing_context_is_listed_for_an_implicit_deny() {
    let condition = r#","Condition":{"StringEquals":{"aws:PrincipalTag/Team":"x","stack:key":"${aws:username}"}}"#;
    let request = |effect: &str| {
        json!({
            "PolicyInputList": [statement(effect, "s3:PutObject", condition)],
            "ActionNames": ["s3:GetObject"],
            "ContextEntries": [{"ContextKeyName": "Stack:Key", "ContextKeyType": "string", "ContextKeyValues": ["v"]}],
        })
    };
    let missing = |answer: Value| answer["EvaluationResults"][0]["MissingContextValues"].clone();
    assert_eq!(missing(ask(&request("Allow"))), json!(["aws:PrincipalTag/Team", "aws:username"]));
    let mut allowed = request("Allow");
    allowed["PolicyInputList"].as_array_mut().unwrap().push(json!(statement("Allow", "s3:*", "")));
    assert_eq!(missing(ask(&allowed)), json!([]));
}

#[test]
fn boundaries_organisations_and_denials_are_attributed() {
    let allow = statement("Allow", "s3:GetObject", "");
    let deny = statement("Deny", "s3:GetObject", "");
    let other = statement("Allow", "s3:PutObject", "");
    let ids = |answer: &Value| -> Vec<String> {
        let matched = answer["EvaluationResults"][0]["MatchedStatements"].as_array().unwrap();
        matched.iter().map(|s| s["SourcePolicyId"].as_str().unwrap().to_owned()).collect()
    };
    let boundary = "PermissionsBoundaryPolicyInputList.1";
    let rows: &[(&str, Option<&str>, Option<&str>, &str, &[&str])] = &[
        (&allow, Some(&allow), None, "allowed", &["PolicyInputList.1"]),
        (&allow, Some(&other), None, "implicitDeny", &[]),
        (&allow, Some(&deny), None, "explicitDeny", &[boundary]),
        (&deny, Some(&deny), None, "explicitDeny", &[boundary, "PolicyInputList.1"]),
        (&allow, None, Some(&deny), "explicitDeny", &[]),
        (&allow, None, Some(&other), "implicitDeny", &[]),
        (&allow, None, Some(&allow), "allowed", &["PolicyInputList.1"]),
    ];
    for (identity, bound, scp, decision, expected) in rows {
        let mut request = json!({"PolicyInputList": [identity], "ActionNames": ["s3:GetObject"]});
        if let Some(bound) = bound {
            request["PermissionsBoundaryPolicyInputList"] = json!([bound]);
        }
        if let Some(scp) = scp {
            request["OrderedOrganizationPolicyInputList"] =
                json!([{"ServiceControlPolicyInputList": [scp]}]);
        }
        let answer = ask(&request);
        assert_eq!(answer["EvaluationResults"][0]["EvalDecision"], *decision, "{request}");
        assert_eq!(ids(&answer), *expected, "{request}");
    }
}

#[test]
fn callers_of_every_sort() {
    let resource = |principal: &str| {
        format!(
            r#"{{"Statement":[{{"Effect":"Allow","Principal":{principal},"Action":"kinesis:PutRecord","Resource":"{STREAM}"}}]}}"#
        )
    };
    let mine = || statement("Allow", "kinesis:PutRecord", "");
    let bob = "arn:aws:iam::222222222222:user/bob";
    let session = "arn:aws:sts::111111111111:assumed-role/cwrole/logs";
    let service = "firehose.amazonaws.com";
    #[rustfmt::skip]
    let rows: &[(Option<&str>, bool, Option<String>, &str)] = &[
        (None, true, None, "allowed"),
        (None, false, None, "implicitDeny"),
        (None, true, Some(resource(r#"{"AWS":"111111111111"}"#)), "allowed"),
        (Some(USER), false, Some(resource(&format!(r#"{{"AWS":"{USER}"}}"#))), "allowed"),
        (Some(USER), false, Some(resource(r#"{"AWS":"111111111111"}"#)), "implicitDeny"),
        (Some(bob), true, None, "implicitDeny"),
        (Some(bob), true, Some(resource(r#"{"AWS":"222222222222"}"#)), "allowed"),
        (Some(bob), false, Some(resource(r#"{"AWS":"222222222222"}"#)), "implicitDeny"),
        (Some(session), false, Some(resource(r#"{"AWS":"arn:aws:iam::111111111111:role/cwrole"}"#)), "allowed"),
        (Some("arn:aws:iam::111111111111:root"), false, None, "allowed"),
        (Some(service), true, None, "implicitDeny"),
        (Some(service), false, Some(resource(r#"{"Service":"firehose.amazonaws.com"}"#)), "allowed"),
    ];
    for (who, has_identity, resource, expected) in rows {
        let mut request = json!({"ActionNames": ["kinesis:PutRecord"], "ResourceArns": [STREAM]});
        if *has_identity {
            request["PolicyInputList"] = json!([mine()]);
        }
        if let Some(who) = who {
            request["CallerArn"] = json!(who);
        }
        if let Some(resource) = resource {
            request["ResourcePolicy"] = json!(resource);
        }
        assert_eq!(decisions(&request), [*expected], "{request}");
    }
}

#[test]
fn the_owner_of_a_bucket_is_told() {
    let mut request = json!({
        "PolicyInputList": [statement("Allow", "s3:PutObject", "")],
        "ActionNames": ["s3:PutObject"],
        "ResourceArns": ["arn:aws:s3:::bucket/key"],
        "CallerArn": USER,
    });
    assert_eq!(decisions(&request), ["allowed"]);
    for owner in ["222222222222", "arn:aws:iam::222222222222:root"] {
        request["ResourceOwner"] = json!(owner);
        assert_eq!(decisions(&request), ["implicitDeny"]);
    }
    request["ResourceOwner"] = json!("bob");
    assert!(ask(&request)["error"].as_str().unwrap().contains("bob"));
}

#[test]
fn trust_policies_and_services_that_assume() {
    let trust = r#"{"Statement":{"Effect":"Allow","Principal":{"Service":"logs.us-west-2.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"StringLike":{"aws:SourceArn":"arn:aws:logs:us-west-2:222222222222:*"}}}}"#;
    let request = |source: &str| {
        json!({
            "ActionNames": ["sts:AssumeRole"],
            "ResourceArns": ["arn:aws:iam::111111111111:role/cwrole"],
            "ResourcePolicy": trust,
            "CallerArn": "logs.amazonaws.com",
            "ContextEntries": [{"ContextKeyName": "aws:SourceArn", "ContextKeyType": "string", "ContextKeyValues": [source]}],
        })
    };
    assert_eq!(
        decisions(&request("arn:aws:logs:us-west-2:222222222222:log-group:g:*")),
        ["allowed"]
    );
    assert_eq!(
        decisions(&request("arn:aws:logs:us-west-2:333333333333:log-group:g:*")),
        ["implicitDeny"]
    );
    let by_user = json!({
        "PolicyInputList": [statement("Allow", "sts:AssumeRole", "")],
        "ActionNames": ["sts:AssumeRole"],
        "ResourceArns": ["arn:aws:iam::111111111111:role/cwrole"],
        "ResourcePolicy": trust,
        "CallerArn": USER,
    });
    assert_eq!(decisions(&by_user), ["implicitDeny"], "the trust policy has to permit");
}

#[test]
fn lists_are_lists_whatever_their_length() {
    let request = |kind: &str, operator: &str| {
        let condition = format!(r#","Condition":{{"{operator}":{{"aws:TagKeys":"team"}}}}"#);
        json!({
            "PolicyInputList": [statement("Allow", "s3:PutObject", &condition)],
            "ActionNames": ["s3:PutObject"],
            "ContextEntries": [{"ContextKeyName": "aws:TagKeys", "ContextKeyType": kind, "ContextKeyValues": ["team"]}],
        })
    };
    assert_eq!(decisions(&request("stringList", "StringEquals")), ["implicitDeny"]);
    assert_eq!(decisions(&request("stringList", "ForAnyValue:StringEquals")), ["allowed"]);
    assert_eq!(decisions(&request("string", "StringEquals")), ["allowed"]);
}

#[test]
fn derived_keys_and_their_overriding() {
    let condition = r#","Condition":{"StringEquals":{"aws:username":"ann"},"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111111111111:*"}}"#;
    let mut request = json!({
        "PolicyInputList": [statement("Allow", "s3:PutObject", condition)],
        "ActionNames": ["s3:PutObject"],
        "CallerArn": USER,
    });
    assert_eq!(decisions(&request), ["allowed"]);
    request["ContextEntries"] = json!([{"ContextKeyName": "aws:UserName", "ContextKeyType": "string", "ContextKeyValues": ["bob"]}]);
    assert_eq!(decisions(&request), ["implicitDeny"]);
    let no_caller = json!({
        "PolicyInputList": [statement("Allow", "s3:PutObject", r#","Condition":{"Null":{"aws:PrincipalArn":"true","aws:userid":"false"}}"#)],
        "ActionNames": ["s3:PutObject"],
    });
    assert_eq!(decisions(&no_caller), ["allowed"]);
}

#[test]
fn an_action_of_another_service_is_never_about_the_resource() {
    let request = json!({
        "PolicyInputList": [statement("Allow", "*", "")],
        "ActionNames": ["s3:GetObject", "iam:PassRole", "sts:AssumeRole", "madeup:Action"],
        "ResourceArns": ["arn:aws:iam::111111111111:role/r"],
    });
    assert_eq!(decisions(&request), ["implicitDeny", "allowed", "allowed", "allowed"]);
}

#[test]
fn what_cannot_be_read_is_an_error() {
    let allow = statement("Allow", "s3:GetObject", "");
    let rows = [
        (json!([]), "SimulateCustomPolicy"),
        (json!({}), "ActionNames is empty"),
        (json!({"ActionNames": ["GetObject"]}), "The action is invalid since it is missing names"),
        (
            json!({"ActionNames": ["s3:GetObject"], "ResourceArns": ["x"]}),
            "not in a valid ARN format: x.",
        ),
        (
            json!({"ActionNames": ["s3:GetObject"], "ResourceArns": ["arn:aws:s3"]}),
            "not in a valid ARN format",
        ),
        (
            json!({"ActionNames": ["s3:GetObject"], "PolicyInputList": ["{"]}),
            "PolicyInputList.1: line 1, column 2",
        ),
        (
            json!({"ActionNames": ["s3:GetObject"], "CallerArn": "ann"}),
            "CallerArn: 'ann' is no caller",
        ),
        (
            json!({"ActionNames": ["s3:GetObject"], "PermissionsBoundaryPolicyInputList": [allow, allow]}),
            "cannot exceed 1",
        ),
        (
            json!({"ActionNames": ["s3:GetObject"], "ContextEntries": [{"ContextKeyName": "k", "ContextKeyType": "string", "ContextKeyValues": []}]}),
            "Context values for context key k cannot be null or empty.",
        ),
        (
            json!({"ActionNames": ["s3:GetObject"], "ContextEntries": [{"ContextKeyType": "string", "ContextKeyValues": ["v"]}]}),
            "ContextKeyName cannot be null or empty.",
        ),
    ];
    for (request, expected) in rows {
        let answer = ask(&request);
        assert!(
            answer["error"].as_str().is_some_and(|e| e.contains(expected)),
            "{request}: {answer}"
        );
    }
    assert!(simulate_line("no json").starts_with("{\"error\":"));
}

/// Rows of what AWS documents about who may do what, in the order: caller, identity policy,
/// resource policy, boundary, decision.
#[test]
fn grants_by_name_pass_a_boundary_and_grants_by_role_do_not() {
    let resource = |principal: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{principal},"Action":"kinesis:PutRecord","Resource":"{STREAM}"}}]}}"#
        )
    };
    let session = "arn:aws:sts::111111111111:assumed-role/cwrole/logs";
    let role = "arn:aws:iam::111111111111:role/cwrole";
    let root = "arn:aws:iam::111111111111:root";
    let bob = "arn:aws:iam::222222222222:user/bob";
    let allow = statement("Allow", "kinesis:PutRecord", "");
    let other = statement("Allow", "s3:GetObject", "");
    let aws = |arn: &str| Some(resource(&format!(r#"{{"AWS":"{arn}"}}"#)));
    #[rustfmt::skip]
    let rows = [
        (USER, Some(&allow), None, None, "allowed"),
        (USER, Some(&allow), None, Some(&other), "implicitDeny"),
        (USER, None, aws(USER), Some(&other), "allowed"),
        (session, None, aws(session), Some(&other), "allowed"),
        (session, None, aws(role), Some(&other), "implicitDeny"),
        (session, None, aws(role), Some(&allow), "allowed"),
        (session, Some(&other), aws(role), None, "allowed"),
        (session, Some(&allow), aws(root), None, "allowed"),
        (session, None, aws(root), None, "implicitDeny"),
        (session, None, aws("arn:aws:sts::111111111111:assumed-role/cwrole/other"), None, "implicitDeny"),
        (root, None, aws(USER), None, "allowed"),
        (bob, Some(&allow), aws(bob), None, "allowed"),
        (bob, Some(&allow), aws("222222222222"), Some(&other), "implicitDeny"),
        (bob, Some(&allow), aws("111111111111"), None, "implicitDeny"),
        ("arn:aws:iam::222222222222:root", None, aws("222222222222"), None, "allowed"),
        ("arn:aws:iam::222222222222:root", None, None, None, "implicitDeny"),
        ("arn:aws:iam::222222222222:role/cwrole", Some(&allow), aws("arn:aws:iam::222222222222:role/cwrole"), None, "allowed"),
    ];
    for (caller, identity, resource, boundary, expected) in rows {
        let mut request = json!({
            "ActionNames": ["kinesis:PutRecord"], "ResourceArns": [STREAM], "CallerArn": caller,
        });
        if let Some(identity) = identity {
            request["PolicyInputList"] = json!([identity]);
        }
        if let Some(resource) = resource {
            request["ResourcePolicy"] = json!(resource);
        }
        if let Some(boundary) = boundary {
            request["PermissionsBoundaryPolicyInputList"] = json!([boundary]);
        }
        assert_eq!(decisions(&request), [expected], "{request}");
    }
}

#[test]
fn trust_policies_decide_for_every_sort_of_caller() {
    let role = "arn:aws:iam::111111111111:role/cwrole";
    let trust = |principal: &str, more: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{principal},"Action":"sts:AssumeRole"{more}}}]}}"#
        )
    };
    let external = r#","Condition":{"StringEquals":{"sts:ExternalId":"111111111111"}}"#;
    let mine = statement("Allow", "sts:AssumeRole", "");
    let deny = statement("Deny", "sts:AssumeRole", "");
    let bob = "arn:aws:iam::222222222222:user/bob";
    let given = json!([{"ContextKeyName": "sts:ExternalId", "ContextKeyType": "string", "ContextKeyValues": ["111111111111"]}]);
    let none = json!([]);
    #[rustfmt::skip]
    let rows = [
        (USER, None, trust(&format!(r#"{{"AWS":"{USER}"}}"#), ""), &none, "allowed"),
        (USER, None, trust(r#"{"AWS":"111111111111"}"#, ""), &none, "implicitDeny"),
        (USER, Some(&mine), trust(r#"{"AWS":"111111111111"}"#, ""), &none, "allowed"),
        (USER, Some(&deny), trust(&format!(r#"{{"AWS":"{USER}"}}"#), ""), &none, "explicitDeny"),
        (bob, Some(&mine), trust(r#"{"AWS":"222222222222"}"#, ""), &none, "allowed"),
        (bob, None, trust(&format!(r#"{{"AWS":"{bob}"}}"#), ""), &none, "implicitDeny"),
        (bob, Some(&mine), trust(r#"{"Service":"logs.amazonaws.com"}"#, ""), &none, "implicitDeny"),
        ("firehose.amazonaws.com", None, trust(r#"{"Service":"firehose.amazonaws.com"}"#, external), &given, "allowed"),
        ("firehose.amazonaws.com", None, trust(r#"{"Service":"firehose.amazonaws.com"}"#, external), &none, "implicitDeny"),
        ("firehose.amazonaws.com", None, trust(r#"{"Service":"logs.amazonaws.com"}"#, ""), &none, "implicitDeny"),
        ("firehose.amazonaws.com", None, trust(r#"{"AWS":"*"}"#, ""), &none, "implicitDeny"),
    ];
    for (caller, identity, trust, context, expected) in rows {
        let mut request = json!({
            "ActionNames": ["sts:AssumeRole"], "ResourceArns": [role], "CallerArn": caller,
            "ResourcePolicy": trust, "ContextEntries": context,
        });
        if let Some(identity) = identity {
            request["PolicyInputList"] = json!([identity]);
        }
        assert_eq!(decisions(&request), [expected], "{request}");
    }
}

#[test]
fn services_come_with_their_source() {
    let policy = r#"{"Version":"2012-10-17","Statement":[
        {"Sid":"AclCheck","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:GetBucketAcl","Resource":"arn:aws:s3:::b","Condition":{"StringEquals":{"aws:SourceArn":"arn:aws:cloudtrail:us-west-2:222222222222:trail/t"}}},
        {"Sid":"Write","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::b/AWSLogs/222222222222/*","Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control","aws:SourceArn":"arn:aws:cloudtrail:us-west-2:222222222222:trail/t"}}}]}"#;
    let entry = |name: &str, value: &str| json!({"ContextKeyName": name, "ContextKeyType": "string", "ContextKeyValues": [value]});
    let source = entry("AWS:SourceArn", "arn:aws:cloudtrail:us-west-2:222222222222:trail/t");
    let acl = entry("s3:x-amz-acl", "bucket-owner-full-control");
    let ask = |entries: Value| {
        ask(&json!({
            "ActionNames": ["s3:GetBucketAcl", "s3:PutObject"],
            "ResourceArns": ["arn:aws:s3:::b", "arn:aws:s3:::b/AWSLogs/222222222222/x", "arn:aws:s3:::b/AWSLogs/333333333333/x"],
            "ResourceOwner": "111111111111",
            "CallerArn": "cloudtrail.amazonaws.com",
            "ResourcePolicy": policy,
            "ContextEntries": entries,
        }))
    };
    let decided = |answer: &Value| -> Vec<String> {
        let results = answer["EvaluationResults"].as_array().unwrap();
        results.iter().map(|r| r["EvalDecision"].as_str().unwrap().to_owned()).collect()
    };
    let no = "implicitDeny";
    assert_eq!(decided(&ask(json!([source, acl]))), ["allowed", no, no, no, "allowed", no]);
    let without_acl = ask(json!([source]));
    assert_eq!(decided(&without_acl), ["allowed", no, no, no, no, no]);
    assert_eq!(
        without_acl["EvaluationResults"][4]["MissingContextValues"],
        json!(["s3:x-amz-acl"])
    );
    let with = ask(json!([source, acl]));
    assert_eq!(
        with["EvaluationResults"][4]["MatchedStatements"][0]["SourcePolicyType"],
        "Resource Policy"
    );
}

#[test]
fn the_account_of_the_resource_is_that_of_its_arn_first() {
    let request = |resource: &str, owner: Option<&str>| {
        let mut request = json!({
            "PolicyInputList": [statement("Allow", "*", "")],
            "ActionNames": ["s3:GetObject", "kinesis:PutRecord"],
            "ResourceArns": [resource],
            "CallerArn": USER,
        });
        if let Some(owner) = owner {
            request["ResourceOwner"] = json!(owner);
        }
        decisions(&request)
    };
    let no = "implicitDeny";
    let theirs = "arn:aws:kinesis:us-west-2:222222222222:stream/s";
    assert_eq!(request(STREAM, None), [no, "allowed"]);
    assert_eq!(request(STREAM, Some("222222222222")), [no, "allowed"], "the ARN's account wins");
    assert_eq!(request(theirs, None), [no, no]);
    assert_eq!(request(theirs, Some("111111111111")), [no, no], "the ARN's account wins");
    assert_eq!(request("arn:aws:s3:::b/k", None), ["allowed", no], "else the caller's");
    assert_eq!(request("arn:aws:s3:::b/k", Some("222222222222")), [no, no]);
    assert_eq!(request("*", None), ["allowed", "allowed"]);
}

#[test]
fn derived_keys_of_every_caller() {
    let holds = |caller: &str, condition: &str| {
        let condition = format!(r#","Condition":{condition}"#);
        let allow = statement("Allow", "s3:PutObject", &condition);
        let resource = allow.replace(r#""Action""#, r#""Principal":"*","Action""#);
        decisions(&json!({
            "PolicyInputList": [allow], "ResourcePolicy": resource,
            "ActionNames": ["s3:PutObject"], "CallerArn": caller,
        })) == ["allowed"]
    };
    let session = "arn:aws:sts::111111111111:assumed-role/cwrole/logs";
    let service = "cloudtrail.amazonaws.com";
    #[rustfmt::skip]
    let rows = [
        (USER, r#"{"StringEquals":{"aws:PrincipalAccount":"111111111111"}}"#, true),
        (USER, r#"{"StringEquals":{"aws:PrincipalType":"User"}}"#, true),
        (USER, r#"{"StringEquals":{"aws:username":"ann"}}"#, true),
        ("arn:aws:iam::111111111111:user/team/ann", r#"{"StringEquals":{"aws:username":"ann"}}"#, true),
        ("arn:aws:iam::111111111111:user/team/ann", r#"{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/team/*"}}"#, true),
        (session, r#"{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111111111111:role/cwrole"}}"#, true),
        (session, r#"{"Null":{"aws:username":"true"}}"#, true),
        (session, r#"{"StringEquals":{"aws:PrincipalType":"AssumedRole"}}"#, true),
        ("arn:aws:iam::111111111111:root", r#"{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111111111111:root"}}"#, true),
        ("arn:aws:iam::111111111111:root", r#"{"StringEquals":{"aws:userid":"111111111111"}}"#, true),
        (service, r#"{"Bool":{"aws:PrincipalIsAWSService":"true"}}"#, true),
        (service, r#"{"StringEquals":{"aws:PrincipalServiceName":"cloudtrail.amazonaws.com"}}"#, true),
        (service, r#"{"Null":{"aws:PrincipalAccount":"false"}}"#, false),
        (USER, r#"{"Bool":{"aws:PrincipalIsAWSService":"false"}}"#, true),
        (USER, r#"{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}"#, false),
        (USER, r#"{"StringNotEquals":{"aws:PrincipalOrgID":"o-1"}}"#, true),
        (USER, r#"{"StringEqualsIfExists":{"aws:PrincipalOrgID":"o-1"}}"#, true),
    ];
    for (caller, condition, expected) in rows {
        assert_eq!(holds(caller, condition), expected, "{caller} {condition}");
    }
}

#[test]
fn types_of_context_entries() {
    let request = |operator: &str, policy: &str, kind: &str, values: &[&str]| {
        let condition = format!(r#","Condition":{{"{operator}":{{"k:k":{policy}}}}}"#);
        let resource = statement("Allow", "s3:PutObject", &condition);
        decisions(&json!({
            "PolicyInputList": [resource], "ActionNames": ["s3:PutObject"],
            "ContextEntries": [{"ContextKeyName": "K:K", "ContextKeyType": kind, "ContextKeyValues": values}],
        })) == ["allowed"]
    };
    #[rustfmt::skip]
    let rows: &[(&str, &str, &str, &[&str], bool)] = &[
        ("NumericLessThan", r#""10""#, "numeric", &["9.5"], true),
        ("NumericLessThan", "10", "numeric", &["10"], false),
        ("Bool", "true", "boolean", &["TRUE"], true),
        ("DateGreaterThan", r#""2026-01-01T00:00:00Z""#, "date", &["2026-06-01T00:00:00Z"], true),
        ("IpAddress", r#""192.0.2.0/24""#, "ip", &["192.0.2.77"], true),
        ("BinaryEquals", r#""YQ==""#, "binary", &["YQ=="], true),
        ("ForAnyValue:NumericEquals", "[1,2]", "numericList", &["3", "2"], true),
        ("ForAllValues:NumericEquals", "[1,2]", "numericList", &["3", "2"], false),
        ("ForAnyValue:IpAddress", r#""192.0.2.0/24""#, "ipList", &["198.51.100.1", "192.0.2.1"], true),
        ("ForAllValues:StringLike", r#"["a*","b"]"#, "stringList", &["abc", "b"], true),
        ("StringLike", r#""a*""#, "stringList", &["abc"], false),
        ("StringNotEquals", r#""a""#, "stringList", &["b"], false),
        ("ForAnyValue:StringEquals", r#""a""#, "string", &["a"], true),
        ("ForAllValues:StringEquals", r#""a""#, "string", &["b"], false),
    ];
    for (operator, policy, kind, values, expected) in rows {
        assert_eq!(
            request(operator, policy, kind, values),
            *expected,
            "{operator} {policy} {values:?}"
        );
    }
}

#[test]
fn denials_in_a_resource_policy_win_over_all() {
    let policy = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Sid":"D","Effect":"Deny","NotPrincipal":{{"AWS":["{USER}","arn:aws:iam::111111111111:root"]}},"Action":"*","Resource":"*"}}]}}"#
    );
    let request = |caller: &str| {
        json!({
            "PolicyInputList": [statement("Allow", "*", "")], "ResourcePolicy": policy,
            "ActionNames": ["kinesis:PutRecord"], "ResourceArns": [STREAM], "CallerArn": caller,
        })
    };
    assert_eq!(decisions(&request(USER)), ["allowed"]);
    assert_eq!(decisions(&request("arn:aws:iam::111111111111:user/bob")), ["explicitDeny"]);
    let answer = ask(&request("arn:aws:iam::111111111111:user/bob"));
    let matched = &answer["EvaluationResults"][0]["MatchedStatements"];
    assert_eq!(matched[0]["SourcePolicyId"], "ResourcePolicy");
    assert_eq!(matched[0]["StartPosition"], json!({"Line": 1, "Column": 38}));
}
