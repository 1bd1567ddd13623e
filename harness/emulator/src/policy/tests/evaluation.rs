//! Which sides have to permit: the tables of the iam reference, evaluation.

use super::support::{A, B, decide, document, identity, policy, resource, trust};
use crate::policy::Outcome::{Allowed, ExplicitDeny, ImplicitDeny};
use crate::policy::{Context, NamedPolicy, Outcome, Policies, PolicyKind, ResourceService};

const ACTION: &str = "kinesis:PutRecord";
const STREAM: &str = "arn:aws:kinesis:us-west-2:111111111111:stream/s";
const USER: &str = "arn:aws:iam::111111111111:user/ann";
const SESSION: &str = "arn:aws:sts::111111111111:assumed-role/cwrole/logs";
const ROLE: &str = "arn:aws:iam::111111111111:role/cwrole";
const ROOT: &str = "arn:aws:iam::111111111111:root";
const FOREIGN: &str = "arn:aws:iam::222222222222:user/bob";
const FOREIGN_ROOT: &str = "arn:aws:iam::222222222222:root";
const SERVICE: &str = "firehose.amazonaws.com";
const NOBODY: &str = "nobody";

const ALLOW: &str = r#"{"Effect": "Allow", "Action": "kinesis:*", "Resource": "*"}"#;
const DENY: &str = r#"{"Effect": "Deny", "Action": "kinesis:*", "Resource": "*"}"#;
const OTHER: &str = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#;

fn grants(principal: &str) -> Option<NamedPolicy> {
    Some(resource(&format!(
        r#"{{"Effect": "Allow", "Principal": {principal}, "Action": "{ACTION}", "Resource": "{STREAM}"}}"#
    )))
}

fn aws(principal: &str) -> Option<NamedPolicy> {
    grants(&format!(r#"{{"AWS": "{principal}"}}"#))
}

fn outcome(who: &str, policies: &Policies) -> Outcome {
    decide(who, ACTION, STREAM, &Context::new(), policies).outcome()
}

fn with(identities: &[&str], resource: Option<NamedPolicy>) -> Policies {
    let identity = identities.iter().map(|statement| identity(statement)).collect();
    Policies { identity, resource, ..Policies::default() }
}

#[test]
fn within_an_account_either_side_permits() {
    let rows: &[(&str, &[&str], Option<NamedPolicy>, Outcome)] = &[
        (USER, &[ALLOW], None, Allowed),
        (USER, &[], None, ImplicitDeny),
        (USER, &[], aws(USER), Allowed),
        (USER, &[], aws(A), ImplicitDeny),
        (USER, &[ALLOW], aws(A), Allowed),
        (USER, &[], aws(ROOT), ImplicitDeny),
        (USER, &[], grants(r#""*""#), Allowed),
        (USER, &[], grants(r#"{"AWS": "*"}"#), Allowed),
        (USER, &[ALLOW], aws(B), Allowed),
        (USER, &[ALLOW, DENY], aws(USER), ExplicitDeny),
        (SESSION, &[], aws(SESSION), Allowed),
        (SESSION, &[], aws(ROLE), Allowed),
        (SESSION, &[], aws("arn:aws:sts::111111111111:assumed-role/cwrole/other"), ImplicitDeny),
        (ROOT, &[], None, Allowed),
        (ROOT, &[], aws(A), Allowed),
        (SERVICE, &[], grants(r#"{"Service": "firehose.amazonaws.com"}"#), Allowed),
        (SERVICE, &[], grants(r#"{"Service": "logs.amazonaws.com"}"#), ImplicitDeny),
        (SERVICE, &[ALLOW], None, ImplicitDeny),
        (NOBODY, &[], grants(r#""*""#), Allowed),
        (NOBODY, &[], aws(A), ImplicitDeny),
        (NOBODY, &[ALLOW], None, ImplicitDeny),
    ];
    for (who, identities, resource, expected) in rows {
        let policies = with(identities, resource.clone());
        assert_eq!(outcome(who, &policies), *expected, "{who} {identities:?} {resource:?}");
    }
}

#[test]
fn across_accounts_both_sides_permit() {
    let rows: &[(&str, &[&str], Option<NamedPolicy>, Outcome)] = &[
        (FOREIGN, &[ALLOW], None, ImplicitDeny),
        (FOREIGN, &[], aws(FOREIGN), ImplicitDeny),
        (FOREIGN, &[ALLOW], aws(FOREIGN), Allowed),
        (FOREIGN, &[ALLOW], aws(B), Allowed),
        (FOREIGN, &[ALLOW], aws(A), ImplicitDeny),
        (FOREIGN, &[ALLOW], grants(r#""*""#), Allowed),
        (FOREIGN, &[], grants(r#""*""#), ImplicitDeny),
        (FOREIGN, &[ALLOW, DENY], aws(B), ExplicitDeny),
        (FOREIGN_ROOT, &[], aws(B), Allowed),
        (FOREIGN_ROOT, &[], None, ImplicitDeny),
    ];
    for (who, identities, resource, expected) in rows {
        let policies = with(identities, resource.clone());
        assert_eq!(outcome(who, &policies), *expected, "{who} {identities:?} {resource:?}");
    }
}

#[test]
fn the_owner_is_given_where_the_arn_names_none() {
    let policy = identity(r#"{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}"#);
    let policies = Policies { identity: vec![policy], ..Policies::default() };
    let caller = super::support::caller(USER);
    let context = Context::new();
    let mut request = crate::policy::Request {
        principal: &caller,
        action: "s3:PutObject",
        resource: "arn:aws:s3:::bucket/key",
        resource_account: None,
        context: &context,
    };
    assert!(crate::policy::evaluate(&request, &policies).is_allowed());
    request.resource_account = Some(B.parse().unwrap());
    assert!(!crate::policy::evaluate(&request, &policies).is_allowed());
}

#[test]
fn limits_bind_all_but_direct_grants() {
    let boundary = |statement: &str| Some(policy("b", PolicyKind::Boundary, &document(statement)));
    let session = |statement: &str| vec![policy("s", PolicyKind::Session, &document(statement))];
    #[rustfmt::skip]
    let rows: &[(&str, &[&str], Option<NamedPolicy>, Option<&str>, Option<&str>, Outcome)] = &[
        (USER, &[ALLOW], None, Some(ALLOW), None, Allowed),
        (USER, &[ALLOW], None, Some(OTHER), None, ImplicitDeny),
        (USER, &[ALLOW], None, Some(DENY), None, ExplicitDeny),
        (USER, &[], None, Some(ALLOW), None, ImplicitDeny),
        (USER, &[], aws(USER), Some(OTHER), None, Allowed),
        (USER, &[ALLOW], aws(A), Some(OTHER), None, ImplicitDeny),
        (USER, &[], aws(USER), Some(DENY), None, ExplicitDeny),
        (SESSION, &[ALLOW], None, None, Some(ALLOW), Allowed),
        (SESSION, &[ALLOW], None, None, Some(OTHER), ImplicitDeny),
        (SESSION, &[], None, None, Some(ALLOW), ImplicitDeny),
        (SESSION, &[ALLOW], None, None, Some(DENY), ExplicitDeny),
        (SESSION, &[], aws(ROLE), None, Some(OTHER), ImplicitDeny),
        (SESSION, &[], aws(ROLE), Some(OTHER), None, ImplicitDeny),
        (SESSION, &[], aws(ROLE), Some(ALLOW), Some(ALLOW), Allowed),
        (SESSION, &[], aws(SESSION), Some(OTHER), Some(OTHER), Allowed),
        (SESSION, &[], aws(SESSION), Some(OTHER), Some(DENY), ExplicitDeny),
        (SESSION, &[], grants(r#""*""#), Some(OTHER), Some(OTHER), Allowed),
        (FOREIGN, &[ALLOW], aws(FOREIGN), Some(OTHER), None, ImplicitDeny),
        (FOREIGN, &[ALLOW], aws(FOREIGN), Some(ALLOW), None, Allowed),
    ];
    for (who, identities, resource, bound, passed, expected) in rows {
        let policies = Policies {
            boundary: bound.and_then(boundary),
            session: passed.map(session).unwrap_or_default(),
            ..with(identities, resource.clone())
        };
        assert_eq!(outcome(who, &policies), *expected, "{who} {identities:?} {bound:?} {passed:?}");
    }
}

#[test]
fn every_level_of_an_organisation_permits() {
    let full = r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#;
    let scp = |statement: &str| policy("scp", PolicyKind::Scp, &document(statement));
    let levels = |levels: &[&[&str]]| -> Vec<Vec<NamedPolicy>> {
        levels.iter().map(|level| level.iter().map(|text| scp(text)).collect()).collect()
    };
    let rows: &[(&str, &[&[&str]], Option<&str>, Outcome)] = &[
        (USER, &[&[full], &[full]], None, Allowed),
        (USER, &[&[full], &[OTHER]], None, ImplicitDeny),
        (USER, &[&[full], &[OTHER, full]], None, Allowed),
        (USER, &[&[full], &[DENY, full]], None, ExplicitDeny),
        (USER, &[&[DENY]], Some(A), Allowed),
        (USER, &[&[DENY]], Some(B), ExplicitDeny),
        (ROOT, &[&[full], &[DENY, full]], None, ExplicitDeny),
        ("arn:aws:sts::111111111111:assumed-role/AWSServiceRoleForX/s", &[&[DENY]], None, Allowed),
    ];
    for (who, scps, management, expected) in rows {
        let policies = Policies {
            scps: levels(scps),
            management_account: management.map(|account| account.parse().unwrap()),
            ..with(&[ALLOW], None)
        };
        assert_eq!(outcome(who, &policies), *expected, "{who} {scps:?} {management:?}");
    }
}

#[test]
fn resource_controls_bind_services_too_but_only_some_resources() {
    let full = r#"{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}"#;
    let deny = r#"{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*",
        "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}}"#;
    let rcp = |statement: &str| policy("rcp", PolicyKind::Rcp, &document(statement));
    let bucket = resource(
        r#"{"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"},
            "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*"}"#,
    );
    let mut policies = Policies {
        resource: Some(bucket),
        rcps: vec![vec![rcp(full), rcp(deny)]],
        ..Policies::default()
    };
    let caller = super::support::caller("cloudtrail.amazonaws.com");
    let decide = |policies: &Policies, context: &Context| {
        let request = crate::policy::Request {
            principal: &caller,
            action: "s3:PutObject",
            resource: "arn:aws:s3:::b/k",
            resource_account: A.parse().ok(),
            context,
        };
        crate::policy::evaluate(&request, policies).outcome()
    };
    assert_eq!(decide(&policies, &Context::new()), ExplicitDeny);
    assert_eq!(decide(&policies, &Context::new().with("aws:PrincipalOrgID", "o-1")), Allowed);
    policies.management_account = A.parse().ok();
    assert_eq!(decide(&policies, &Context::new()), Allowed);
    let kinesis = Policies { rcps: vec![vec![rcp(full), rcp(deny)]], ..with(&[ALLOW], None) };
    assert_eq!(outcome(USER, &kinesis), Allowed);
}

const ASSUME: &str =
    r#"{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::*:role/cwrole"}"#;

fn trusts(principal: &str) -> Option<NamedPolicy> {
    Some(trust(&format!(
        r#"{{"Effect": "Allow", "Principal": {principal}, "Action": "sts:AssumeRole"}}"#
    )))
}

#[test]
fn a_role_is_assumed_only_by_whom_it_trusts() {
    let service = r#"{"Service": "logs.amazonaws.com"}"#;
    let user = r#"{"AWS": "arn:aws:iam::111111111111:user/ann"}"#;
    let account = r#"{"AWS": "111111111111"}"#;
    let foreign = r#"{"AWS": "222222222222"}"#;
    #[rustfmt::skip]
    let rows: &[(&str, &[&str], Option<NamedPolicy>, Outcome)] = &[
        ("logs.amazonaws.com", &[], trusts(service), Allowed),
        ("firehose.amazonaws.com", &[], trusts(service), ImplicitDeny),
        ("logs.amazonaws.com", &[], trusts(r#"{"AWS": "*"}"#), ImplicitDeny),
        (USER, &[ASSUME], trusts(service), ImplicitDeny),
        (USER, &[ASSUME], None, ImplicitDeny),
        (USER, &[], trusts(user), Allowed),
        (USER, &[], trusts(account), ImplicitDeny),
        (USER, &[ASSUME], trusts(account), Allowed),
        (USER, &[], trusts(r#"{"AWS": "*"}"#), Allowed),
        (FOREIGN, &[ASSUME], trusts(foreign), Allowed),
        (FOREIGN, &[], trusts(foreign), ImplicitDeny),
        (FOREIGN, &[ASSUME], trusts(account), ImplicitDeny),
        (NOBODY, &[], trusts(r#""*""#), ImplicitDeny),
    ];
    for (who, identities, trust, expected) in rows {
        let policies = with(identities, trust.clone());
        let decision = decide(who, "sts:AssumeRole", ROLE, &Context::new(), &policies);
        assert_eq!(decision.outcome(), *expected, "{who} {identities:?} {trust:?}");
    }
}

#[test]
fn a_service_goes_by_its_global_and_its_regional_name() {
    let regional = trusts(r#"{"Service": "logs.us-west-2.amazonaws.com"}"#);
    let global = trusts(r#"{"Service": "logs.amazonaws.com"}"#);
    let in_region = |region: &str| Context::new().with("aws:RequestedRegion", region);
    let from = |arn: &str| Context::new().with("aws:SourceArn", arn);
    #[rustfmt::skip]
    let rows: &[(&str, &Option<NamedPolicy>, Context, bool)] = &[
        ("logs.amazonaws.com", &regional, in_region("us-west-2"), true),
        ("logs.amazonaws.com", &regional, in_region("us-east-1"), false),
        ("logs.amazonaws.com", &regional, from("arn:aws:logs:us-west-2:1:log-group:g:*"), true),
        ("logs.amazonaws.com", &regional, from("arn:aws:logs:eu-west-1:1:log-group:g:*"), false),
        ("logs.amazonaws.com", &regional, Context::new(), true),
        ("logs.us-west-2.amazonaws.com", &global, Context::new(), true),
        ("logs.us-west-2.amazonaws.com", &regional, Context::new(), true),
        ("logs.eu-west-1.amazonaws.com", &regional, Context::new(), false),
        ("delivery.logs.amazonaws.com", &global, Context::new(), false),
    ];
    for (who, trust, context, expected) in rows {
        let policies = with(&[], (*trust).clone());
        let allowed = decide(who, "sts:AssumeRole", ROLE, context, &policies).is_allowed();
        assert_eq!(allowed, *expected, "{who} {trust:?} {context:?}");
    }
}

#[test]
fn a_destination_needs_a_policy_before_anyone_may_use_it() {
    let destination = "arn:aws:logs:us-west-2:111111111111:destination:kinesisDest";
    let mine = r#"{"Effect": "Allow", "Action": "logs:PutSubscriptionFilter", "Resource": "*"}"#;
    let admits = |account: &str| {
        let kind = PolicyKind::Resource(ResourceService::LogsDestination);
        let statement = format!(
            r#"{{"Effect": "Allow", "Principal": {{"AWS": "{account}"}},
                "Action": "logs:PutSubscriptionFilter", "Resource": "{destination}"}}"#
        );
        Some(policy("destination kinesisDest", kind, &document(&statement)))
    };
    let rows: &[(&str, Option<NamedPolicy>, Outcome)] = &[
        (USER, None, ImplicitDeny),
        (USER, admits(B), Allowed),
        (FOREIGN, admits(B), Allowed),
        (FOREIGN, admits(A), ImplicitDeny),
    ];
    for (who, resource, expected) in rows {
        let policies = with(&[mine], resource.clone());
        let action = "logs:PutSubscriptionFilter";
        let decision = decide(who, action, destination, &Context::new(), &policies);
        assert_eq!(decision.outcome(), *expected, "{who} {resource:?}");
    }
}

#[test]
fn a_key_policy_has_to_permit() {
    let key = "arn:aws:kms:us-west-2:111111111111:key/1";
    let mine = r#"{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}"#;
    let key_policy = |account: &str| {
        let statement = format!(
            r#"{{"Sid": "Enable IAM policies", "Effect": "Allow", "Principal": {{"AWS": "{account}"}},
                "Action": "kms:*", "Resource": "*"}}"#
        );
        Some(policy(
            "key policy",
            PolicyKind::Resource(ResourceService::Kms),
            &document(&statement),
        ))
    };
    for (resource, expected) in
        [(None, ImplicitDeny), (key_policy(A), Allowed), (key_policy(B), ImplicitDeny)]
    {
        let policies = with(&[mine], resource);
        let decision = decide(USER, "kms:Decrypt", key, &Context::new(), &policies);
        assert_eq!(decision.outcome(), expected);
    }
}

#[test]
fn not_principal_spares_only_whom_it_lists_whole() {
    let spare = |list: &str| {
        let statement = format!(
            r#"{{"Effect": "Deny", "NotPrincipal": {{"AWS": {list}}}, "Action": "kinesis:*", "Resource": "*"}}"#
        );
        Some(resource(&statement))
    };
    let rows: &[(&str, String, Outcome)] = &[
        (USER, format!(r#"["{USER}", "{A}"]"#), Allowed),
        (USER, format!(r#"["{USER}"]"#), ExplicitDeny),
        (USER, format!(r#"["{A}"]"#), ExplicitDeny),
        (SESSION, format!(r#"["{SESSION}", "{ROLE}", "{A}"]"#), Allowed),
        (SESSION, format!(r#"["{ROLE}", "{A}"]"#), ExplicitDeny),
        (ROOT, format!(r#"["{A}"]"#), Allowed),
        (USER, r#""*""#.to_owned(), Allowed),
    ];
    for (who, list, expected) in rows {
        assert_eq!(outcome(who, &with(&[ALLOW], spare(list))), *expected, "{who} {list}");
    }
}

#[test]
fn unique_ids_and_canonical_users_are_told_by_the_context() {
    let session = Context::new().with("aws:userid", "AROAEXAMPLEEXAMPLE1:logs");
    let user = Context::new().with("aws:userid", "AIDAEXAMPLEEXAMPLE1");
    let canonical = Context::new().with("aws:CanonicalUserId", "79a5");
    #[rustfmt::skip]
    let rows: &[(&str, Option<NamedPolicy>, &Context, bool)] = &[
        (SESSION, aws("AROAEXAMPLEEXAMPLE1"), &session, true),
        (SESSION, aws("AROAEXAMPLEEXAMPLE2"), &session, false),
        (USER, aws("AIDAEXAMPLEEXAMPLE1"), &user, true),
        (USER, grants(r#"{"CanonicalUser": "79a5"}"#), &canonical, true),
        (USER, grants(r#"{"CanonicalUser": "79a6"}"#), &canonical, false),
        (USER, grants(r#"{"Federated": "accounts.google.com"}"#), &user, false),
    ];
    for (who, resource, context, expected) in rows {
        let policies = with(&[], resource.clone());
        let allowed = decide(who, ACTION, STREAM, context, &policies).is_allowed();
        assert_eq!(allowed, *expected, "{who} {resource:?}");
    }
}

#[test]
fn a_role_is_told_by_name_when_its_path_is_not_known() {
    let policies = with(&[], aws("arn:aws:iam::111111111111:role/service-role/cwrole"));
    assert_eq!(outcome(SESSION, &policies), Allowed);
    let other = "arn:aws:sts::111111111111:assumed-role/other/logs";
    assert_eq!(outcome(other, &policies), ImplicitDeny);
}

#[test]
fn keys_that_follow_from_the_caller_need_not_be_given() {
    let condition = |operator: &str, key: &str, value: &str| {
        format!(
            r#"{{"Effect": "Allow", "Action": "kinesis:*", "Resource": "*", "Condition": {{"{operator}": {{"{key}": "{value}"}}}}}}"#
        )
    };
    #[rustfmt::skip]
    let rows: &[(&str, &str, &str, &str)] = &[
        (SESSION, "ArnEquals", "aws:PrincipalArn", ROLE),
        (USER, "StringEquals", "aws:principalarn", USER),
        (USER, "StringEquals", "aws:username", "ann"),
        (USER, "StringEquals", "aws:PrincipalAccount", A),
        (USER, "StringEquals", "aws:PrincipalType", "User"),
        (SESSION, "StringEquals", "aws:PrincipalType", "AssumedRole"),
        (SESSION, "Null", "aws:username", "true"),
        (USER, "Bool", "aws:PrincipalIsAWSService", "false"),
        (USER, "StringEquals", "aws:ResourceAccount", A),
    ];
    for (who, operator, key, value) in rows {
        let policies = with(&[&condition(operator, key, value)], None);
        assert_eq!(outcome(who, &policies), Allowed, "{who} {key}");
    }
    let given = Context::new().with("aws:PrincipalAccount", B);
    let policies = with(&[&condition("StringEquals", "aws:PrincipalAccount", B)], None);
    assert!(decide(USER, ACTION, STREAM, &given, &policies).is_allowed(), "what is given wins");
}

#[test]
fn who_one_is_may_always_be_asked() {
    let policies = with(&[r#"{"Effect": "Deny", "Action": "*", "Resource": "*"}"#], None);
    let decision = decide(USER, "sts:GetCallerIdentity", "*", &Context::new(), &policies);
    assert!(decision.is_allowed());
}
