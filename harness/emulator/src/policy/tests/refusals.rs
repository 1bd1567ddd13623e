//! What may not be stored where.

use crate::policy::PolicyFault as F;
use crate::policy::{PolicyDocument, PolicyFault, PolicyKind, ResourceService};
use PolicyKind::{Identity, Rcp, Session, Trust};

const OTHER: PolicyKind = PolicyKind::Resource(ResourceService::Other);
const DESTINATION: PolicyKind = PolicyKind::Resource(ResourceService::LogsDestination);

fn fault(kind: PolicyKind, text: &str) -> Option<PolicyFault> {
    PolicyDocument::parse(text, kind).err().map(|error| error.fault)
}

/// A statement of an identity policy with one part put in.
fn identity(part: &str) -> String {
    format!(
        r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"{part}}}}}"#
    )
}

fn granting(rest: &str) -> String {
    format!(
        r#"{{"Version": "2012-10-17", "Statement": {{{rest}, "Action": "s3:GetObject", "Resource": "*"}}}}"#
    )
}

#[test]
fn every_element_may_be_one_or_many() {
    for text in [
        r#"{"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}"#,
        r#"{"Id": "x", "Version": "2008-10-17", "Statement": [{"Sid": "", "Effect": "Deny", "NotAction": ["s3:*"], "NotResource": ["arn:aws:s3:::b"]}]}"#,
        r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": true}, "NumericLessThan": {"s3:max-keys": [10, "20"]}}}}"#,
    ] {
        let document = PolicyDocument::parse(text, Identity).unwrap();
        assert_eq!(document.text(), text);
    }
}

#[test]
fn texts_that_are_no_policy() {
    for (text, expected) in [
        ("", F::InvalidJson),
        ("[]", F::InvalidJson),
        ("{", F::InvalidJson),
        ("{}", F::NoStatement),
        (r#"{"Statement": []}"#, F::NoStatement),
        (r#"{"Version": "2020-01-01", "Statement": []}"#, F::UnknownVersion("2020-01-01".into())),
        (
            r#"{"Version": "2012-10-17", "Version": "2012-10-17"}"#,
            F::DuplicateKey("Version".into()),
        ),
        (r#"{"Statements": []}"#, F::UnknownElement("Statements".into())),
    ] {
        assert_eq!(fault(Identity, text), Some(expected), "{text}");
    }
    assert!(matches!(fault(Identity, r#"{"Statement": "x"}"#), Some(F::WrongForm { .. })));
    assert!(matches!(fault(Identity, r#"{"Statement": [1]}"#), Some(F::WrongForm { .. })));
}

#[test]
fn statements_of_an_identity() {
    let replaced = |from: &str, to: &str| identity("").replace(from, to);
    for (text, expected) in [
        (replaced("Allow", "allow"), F::WrongEffect("allow".into())),
        (replaced(r#""Effect": "Allow","#, ""), F::WrongEffect(String::new())),
        (replaced(r#", "Resource": "*""#, ""), F::NoResource),
        (replaced(r#""*""#, "[]"), F::NoResource),
        (replaced(r#""Action": "s3:GetObject","#, ""), F::NoAction),
        (replaced(r#""s3:GetObject""#, "[]"), F::NoAction),
        (replaced("s3:GetObject", "GetObject"), F::ActionWithoutService("GetObject".into())),
        (replaced("s3:GetObject", "s*:Get"), F::InvalidService("s*".into())),
        (replaced(r#""*""#, r#""bucket""#), F::ResourceNotArn("bucket".into())),
        (identity(r#", "NotAction": "s3:*""#), F::Exclusive("Action", "NotAction")),
        (identity(r#", "NotResource": "*""#), F::Exclusive("Resource", "NotResource")),
        (identity(r#", "Principal": "*""#), F::PrincipalProhibited),
        (identity(r#", "Sid": "a b""#), F::InvalidSid("a b".into())),
        (identity(r#", "Actions": "*""#), F::UnknownElement("Actions".into())),
        (
            identity(r#", "Condition": {"Stringequals": {}}"#),
            F::UnknownOperator("Stringequals".into()),
        ),
        (
            identity(r#", "Condition": {"NullIfExists": {}}"#),
            F::UnknownOperator("NullIfExists".into()),
        ),
        (
            identity(r#", "Condition": {"ForSome:Bool": {}}"#),
            F::UnknownOperator("ForSome:Bool".into()),
        ),
        (
            replaced("\"*\"", "\"arn:aws:s3:::b/${aws:username\""),
            F::InvalidVariable("${aws:username".into()),
        ),
        (replaced("\"*\"", "\"arn:aws:s3:::b/${}\""), F::InvalidVariable("${}".into())),
        (
            identity(r#", "Condition": {"Bool": {"k": "${aws:username}"}}"#),
            F::InvalidVariable("${aws:username}".into()),
        ),
    ] {
        assert_eq!(fault(Identity, &text), Some(expected), "{text}");
    }
    let twice = r#"{"Sid": "a", "Effect": "Allow", "Action": "*", "Resource": "*"}"#;
    let text = format!(r#"{{"Statement": [{twice}, {twice}]}}"#);
    assert_eq!(fault(Identity, &text), Some(F::DuplicateSid("a".into())));
}

#[test]
fn literals_are_checked_except_in_session_policies() {
    for (operator, value) in [
        ("NumericEquals", "NaN"),
        ("DateEquals", "tomorrow"),
        ("IpAddress", "192.0.2.0/33"),
        ("IpAddress", "2001:db8::5/64"),
        ("ArnLike", "bucket"),
        ("BinaryEquals", "YQ"),
    ] {
        let text = identity(&format!(r#", "Condition": {{"{operator}": {{"k": "{value}"}}}}"#));
        let expected = F::InvalidLiteral { operator: operator.into(), value: value.into() };
        assert_eq!(fault(Identity, &text), Some(expected), "{text}");
        assert_eq!(fault(Session, &text), None, "{text}");
    }
}

#[test]
fn principals_of_a_resource_policy() {
    let allow =
        |principal: &str| granting(&format!(r#""Effect": "Allow", "Principal": {principal}"#));
    for principal in [
        r#""*""#,
        r#"{"AWS": ["*", "111111111111", "arn:aws:iam::111111111111:root"]}"#,
        r#"{"AWS": "arn:aws:sts::111111111111:assumed-role/r/s", "Service": ["logs.amazonaws.com"]}"#,
        r#"{"AWS": "AROAEXAMPLEEXAMPLE1", "Federated": "accounts.google.com"}"#,
        r#"{"CanonicalUser": "79a5"}"#,
    ] {
        assert_eq!(fault(OTHER, &allow(principal)), None, "{principal}");
    }
    for (kind, value) in [
        ("AWS", "arn:aws:iam::111111111111:user/*"),
        ("AWS", "11111111111"),
        ("AWS", "logs.amazonaws.com"),
        ("AWS", "arn:aws:s3:::bucket"),
        ("Service", "logs"),
        ("Robot", "r2"),
    ] {
        let text = allow(&format!(r#"{{"{kind}": "{value}"}}"#));
        let expected = F::InvalidPrincipal { kind: kind.into(), value: value.into() };
        assert_eq!(fault(OTHER, &text), Some(expected), "{text}");
    }
    assert_eq!(fault(OTHER, &granting(r#""Effect": "Allow""#)), Some(F::NoPrincipal));
    assert_eq!(fault(OTHER, &allow("{}")), Some(F::NoPrincipal));
    let not = |effect: &str| {
        granting(&format!(r#""Effect": "{effect}", "NotPrincipal": {{"AWS": "111111111111"}}"#))
    };
    assert_eq!(fault(OTHER, &not("Allow")), Some(F::NotPrincipalProhibited));
    assert_eq!(fault(OTHER, &not("Deny")), None);
}

#[test]
fn trust_policies_are_about_their_role() {
    let trust = |rest: &str| {
        format!(
            r#"{{"Statement": {{"Effect": "Allow", "Principal": {{"Service": "logs.region.amazonaws.com"}}, {rest}}}}}"#
        )
    };
    assert_eq!(fault(Trust, &trust(r#""Action": "sts:AssumeRole""#)), None, "that of the seed");
    assert_eq!(fault(Trust, &trust(r#""Action": "sts:*""#)), None);
    for (rest, expected) in [
        (r#""Action": "sts:AssumeRole", "Resource": "*""#, F::ResourceProhibited),
        (r#""Action": "s3:GetObject""#, F::NotAnAssumeRoleAction("s3:GetObject".into())),
        (r#""Action": "*""#, F::NotAnAssumeRoleAction("*".into())),
    ] {
        assert_eq!(fault(Trust, &trust(rest)), Some(expected), "{rest}");
    }
}

#[test]
fn resource_controls_only_deny_everyone() {
    let control = |effect: &str, principal: &str| {
        granting(&format!(r#""Effect": "{effect}", "Principal": {principal}"#))
    };
    assert_eq!(fault(Rcp, &control("Deny", r#""*""#)), None);
    assert_eq!(fault(Rcp, &control("Allow", r#""*""#)), Some(F::NotAResourceControl));
    assert_eq!(
        fault(Rcp, &control("Deny", r#"{"AWS": "111111111111"}"#)),
        Some(F::NotAResourceControl)
    );
}

#[test]
fn destinations_admit_account_ids() {
    let destination = |principal: &str, condition: &str| {
        format!(
            r#"{{"Statement": {{"Effect": "Allow", "Principal": {principal}, "Action": "logs:PutSubscriptionFilter",
                "Resource": "arn:aws:logs:us-west-2:111111111111:destination:d"{condition}}}}}"#
        )
    };
    let organisation = r#", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}"#;
    let misspelt = r#", "Condition": {"StringEquals": {"aws:principalorgid": "o-1"}}"#;
    let arn = "arn:aws:iam::222222222222:root";
    let rows: &[(&str, &str, Option<PolicyFault>)] = &[
        (r#"{"AWS": "222222222222"}"#, "", None),
        (r#"{"AWS": ["222222222222", "333333333333"]}"#, "", None),
        (r#"{"AWS": "222222222222", "Service": "logs.amazonaws.com"}"#, "", None),
        (r#"{"AWS": "logs.amazonaws.com"}"#, "", None),
        (r#""*""#, organisation, None),
        (r#"{"AWS": "*"}"#, organisation, None),
        (r#""*""#, misspelt, Some(F::DestinationConditionKey("aws:principalorgid".into()))),
        (r#""*""#, "", Some(F::DestinationGrammar)),
        (r#"{"AWS": "*"}"#, "", Some(F::DestinationPrincipalAnyone)),
        (r#"{"Service": "logs.amazonaws.com"}"#, "", Some(F::DestinationGrammar)),
        (
            r#"{"AWS": "arn:aws:iam::222222222222:root"}"#,
            "",
            Some(F::DestinationPrincipalArn(arn.into())),
        ),
    ];
    for (principal, condition, expected) in rows {
        let text = destination(principal, condition);
        assert_eq!(fault(DESTINATION, &text), *expected, "{text}");
    }
    let error =
        PolicyDocument::parse(&destination(&format!(r#"{{"AWS": "{arn}"}}"#), ""), DESTINATION);
    let error = error.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("Principal section of policy contains ARN instead of account ID: {arn}")
    );
    assert!(error.sentence().starts_with("line 1, column 56: "), "{}", error.sentence());
}

/// Hostile texts end in an error, never in a panic or a long wait.
mod hostile {
    use super::{OTHER, PolicyDocument};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,200}") {
            let _ = PolicyDocument::parse(&text, OTHER).map_err(|error| error.sentence());
        }

        #[test]
        fn any_damage_to_a_policy_is_read_or_refused(at in 0_usize..400, with in "[\\PC\\n]{0,3}") {
            let text = super::granting(
                r#""Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:root"},
                   "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:logs:*:*:${k, 'd'}"}}"#,
            );
            let at = (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let damaged = format!("{}{with}{}", &text[..at], &text[(at + 1).min(text.len())..]);
            let _ = PolicyDocument::parse(&damaged, OTHER).map_err(|error| error.sentence());
        }
    }
}
