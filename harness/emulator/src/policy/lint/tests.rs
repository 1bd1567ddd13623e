use std::str::FromStr;

use proptest::prelude::*;
use tributary_vocabulary::Region;

use super::{LintContext, LintFinding, Severity, lint};
use crate::policy::{PolicyDocument, PolicyKind, ResourceService};

const TRUST: PolicyKind = PolicyKind::Trust;
const IDENTITY: PolicyKind = PolicyKind::Identity;
const S3: PolicyKind = PolicyKind::Resource(ResourceService::S3);
const DESTINATION: PolicyKind = PolicyKind::Resource(ResourceService::LogsDestination);
const STREAM: &str = "arn:aws:kinesis:us-west-2:111111111111:stream/s";

fn findings(kind: PolicyKind, text: &str) -> Vec<LintFinding> {
    let document = PolicyDocument::parse(text, kind).unwrap_or_else(|e| panic!("{text}: {e}"));
    let region = Some(Region::from_str("us-west-2").unwrap());
    lint(&document, &LintContext { region, attached_to: None })
}

fn ids(kind: PolicyKind, text: &str) -> Vec<&'static str> {
    findings(kind, text).into_iter().map(|finding| finding.id).collect()
}

/// A document of one Allow with these members, in the version that has variables.
fn allow(members: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow",{members}}}]}}"#)
}

fn on(action: &str, resource: &str) -> String {
    allow(&format!(r#""Action":"{action}","Resource":"{resource}""#))
}

fn when(condition: &str) -> String {
    allow(&format!(
        r#""Action":"s3:PutObject","Resource":"arn:aws:s3:::b/*","Condition":{condition}"#
    ))
}

/// Every row is one finding and where its mend leads; none means a sound policy.
fn check(kind: PolicyKind, rows: &[(String, Option<(&str, &str)>)]) {
    for (text, expected) in rows {
        let found = findings(kind, text);
        match expected {
            None => assert_eq!(found, [], "{text}"),
            Some((id, mend)) => {
                assert_eq!(found.len(), 1, "{text}: {found:?}");
                assert_eq!(found[0].id, *id, "{text}: {found:?}");
                assert!(found[0].mend.contains(mend), "{text}: {found:?}");
            }
        }
    }
}

#[test]
fn actions() {
    check(
        IDENTITY,
        &[
            (on("kinesis:PutRecord", STREAM), None),
            (on("KINESIS:putrecord*", STREAM), None),
            (on("*", "*"), None),
            (on("glue:GetTable", "*"), None),
            (on("kinesis:PutRecrod", STREAM), Some(("action.unknown", "kinesis:PutRecord?"))),
            (
                on("logs:GetShardIterator", "*"),
                Some(("action.unknown", "kinesis:GetShardIterator?")),
            ),
            (on("s3:ListObjectsV2", "*"), Some(("action.unknown", "s3:ListBucket"))),
            (on("s3:HeadObject", "*"), Some(("action.unknown", "s3:GetObject"))),
            (on("lambda:Invoke", "*"), Some(("action.unknown", "lambda:InvokeFunction"))),
            (on("kinesis:Putt*", STREAM), Some(("action.wildcard", "kinesis:"))),
            (on("kineis:PutRecord", STREAM), Some(("action.service", "kinesis:PutRecord"))),
            (on("opensearch:ESHttpPost", "*"), Some(("action.unknown", "es:ESHttpPost"))),
        ],
    );
}

#[test]
fn resources() {
    let group = "arn:aws:logs:us-west-2:111111111111:log-group:/aws/g";
    #[rustfmt::skip]
    check(
        IDENTITY,
        &[
            (on("kinesis:*", "arn:aws:kinesis:us-west-2:stream/s"), Some(("arn.fields", "arn:aws:kinesis:REGION:ACCOUNT:stream/StreamName"))),
            (on("s3:ListBucket", "arn:aws:s3::bucket"), Some(("arn.fields", "arn:aws:s3:::BucketName"))),
            (on("kinesis:*", "arn:aws:kinesis:us-west-2:111111111111:s"), Some(("arn.resource", "stream/StreamName"))),
            (on("kinesis:*", "arn:aws:kinesis::111111111111:stream/s"), Some(("arn.region", "REGION"))),
            (on("kinesis:*", "arn:aws:kinesis:uswest2:111111111111:stream/s"), Some(("arn.region", "us-west-2"))),
            (on("kinesis:*", "arn:aws:kinesis:eu-west-1:111111111111:stream/s"), Some(("arn.elsewhere", "us-west-2"))),
            (on("kinesis:*", "arn:aws:kinesis:us-west-2:11111111111:stream/s"), Some(("arn.account", "12 digits"))),
            (on("kinesis:*", "arn:aws:kinesis:us-west-2::stream/s"), Some(("arn.account", "ACCOUNT"))),
            (on("kinesis:*", "arn:aws:kinesis:<REGION>:111111111111:stream/s"), Some(("arn.placeholder", "<REGION>"))),
            (on("kinesis:*", "arn:aws:kinesis:REGION:111111111111:stream/s"), Some(("arn.placeholder", "REGION"))),
            (on("kinesis:*", "arn:aws:kinesis:region:111111111111:stream/s"), Some(("arn.placeholder", "region"))),
            (on("s3:GetObject", "arn:aws:s3:us-west-2::b/k"), Some(("arn.region", "arn:aws:s3:::"))),
            (on("s3:GetObject", "arn:aws:s3::111111111111:b/k"), Some(("arn.account", "arn:aws:s3:::"))),
            (on("kinesis:*", "arn:aws:kinesiss:us-west-2:111111111111:stream/s"), Some(("arn.service", "kinesis"))),
            (on("es:ESHttpPost", "arn:aws:opensearch:us-west-2:111111111111:domain/d/*"), Some(("arn.service", "arn:aws:es"))),
            (on("kinesis:*", "arn:amazon:kinesis:us-west-2:111111111111:stream/s"), Some(("arn.partition", "arn:aws"))),
            (on("s3:*", "arn:aws:s3*"), None),
            (on("kinesis:*", "arn:aws:kinesis:*:*:stream/s*"), None),
            (on("logs:PutLogEvents", group), Some(("statement.never-matches", "log-group:/aws/g:*"))),
            (on("logs:PutLogEvents", &format!("{group}:*")), None),
            (on("logs:PutLogEvents", &format!("{group}:log-stream:s")), None),
            (on("logs:TagResource", group), None),
            (on("logs:PutSubscriptionFilter", "arn:aws:logs:us-west-2:111111111111:destination:d"), None),
            (on("s3:GetObject", "arn:aws:s3:::b"), Some(("statement.never-matches", "arn:aws:s3:::BucketName/ObjectName"))),
            (on("s3:ListBucket", "arn:aws:s3:::b/*"), Some(("statement.never-matches", "arn:aws:s3:::BucketName"))),
            (on("s3:ListAllMyBuckets", "arn:aws:s3:::b"), Some(("statement.never-matches", "\"*\""))),
            (on("kinesis:PutRecord", "arn:aws:firehose:us-west-2:111111111111:deliverystream/d"), Some(("statement.never-matches", "arn:aws:kinesis:REGION:ACCOUNT:stream/StreamName"))),
            (on("es:ESHttpPost", "arn:aws:es:us-west-2:111111111111:domain/d"), Some(("statement.never-matches", "domain/DomainName/*"))),
            (on("es:DescribeDomain", "arn:aws:es:us-west-2:111111111111:domain/d"), None),
            (on("sts:AssumeRole", "arn:aws:iam::111111111111:role/service-role/r"), None),
            (on("lambda:InvokeFunction", "arn:aws:lambda:us-west-2:111111111111:function:f:$LATEST"), None),
            (allow(r#""Action":["s3:GetObject","s3:ListBucket"],"Resource":"arn:aws:s3:::b/*""#), Some(("action.without-resource", "s3:ListBucket is about arn:aws:s3:::BucketName"))),
            (allow(r#""Action":"s3:GetObject","Resource":["arn:aws:s3:::b/*","arn:aws:s3:::b"]"#), Some(("resource.unused", "remove it"))),
            (allow(r#""Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::b/*","arn:aws:s3:::b"]"#), None),
            (allow(r#""Action":"s3:GetObject","Resource":"arn:aws:s3:::b/${aws:username}/*""#), None),
        ],
    );
}

#[test]
fn pass_role() {
    let role = "arn:aws:iam::111111111111:role/cwrole";
    let told = |resource: &str| {
        allow(&format!(
            r#""Action":"iam:PassRole","Resource":"{resource}","Condition":{{"StringEquals":{{"iam:PassedToService":"logs.amazonaws.com"}}}}"#
        ))
    };
    check(
        IDENTITY,
        &[
            (told(role), None),
            (told("*"), Some(("pass-role.target", "role/NAME"))),
            (told("arn:aws:iam::111111111111:role/*"), Some(("pass-role.target", "role/NAME"))),
            (on("iam:PassRole", role), Some(("pass-role.service", "iam:PassedToService"))),
            (
                told("arn:aws:iam::111111111111:user/ann"),
                Some(("statement.never-matches", "role/")),
            ),
        ],
    );
    assert_eq!(ids(IDENTITY, &on("iam:Pass*", "*")), ["pass-role.service", "pass-role.target"]);
}

#[test]
fn principals() {
    let trust =
        |principal: &str| allow(&format!(r#""Principal":{principal},"Action":"sts:AssumeRole""#));
    #[rustfmt::skip]
    check(
        TRUST,
        &[
            (trust(r#"{"Service":"logs.amazonaws.com"}"#), None),
            (trust(r#"{"Service":["logs.us-west-2.amazonaws.com","firehose.amazonaws.com"]}"#), None),
            (trust(r#"{"Service":"vpc-flow-logs.amazonaws.com"}"#), None),
            (trust(r#"{"AWS":"222222222222"}"#), None),
            (trust(r#"{"Service":"logs.us-east-1.amazonaws.com"}"#), Some(("principal.region", "logs.us-west-2.amazonaws.com"))),
            (trust(r#"{"Service":"firehose.us-west-2.amazonaws.com"}"#), Some(("principal.region", "firehose.amazonaws.com"))),
            (trust(r#"{"Service":"firehoze.amazonaws.com"}"#), Some(("principal.service", "firehose.amazonaws.com"))),
            (trust(r#"{"Service":"vpc-flow-log.amazonaws.com"}"#), Some(("principal.service", "vpc-flow-logs.amazonaws.com"))),
            (trust(r#"{"Service":"lambda.aws.com"}"#), Some(("principal.service", "lambda.amazonaws.com"))),
            (trust(r#"{"AWS":"*"}"#), Some(("principal.everyone", "aws:PrincipalOrgID"))),
            (trust(r#"{"AWS":"AROAABCDEFGHIJKLMNOPQ"}"#), Some(("principal.deleted", "ARN"))),
            (trust(r#"{"Federated":"arn:aws:iam::111111111111:saml-provider/x"}"#), Some(("trust.action", "sts:AssumeRoleWithSAML"))),
        ],
    );
    let destination = |principal: &str| {
        allow(&format!(
            r#""Principal":{principal},"Action":"logs:PutSubscriptionFilter","Resource":"arn:aws:logs:us-west-2:111111111111:destination:d""#
        ))
    };
    check(
        DESTINATION,
        &[
            (destination(r#"{"AWS":"222222222222"}"#), None),
            (
                destination(r#"{"AWS":["222222222222","logs.amazonaws.com"]}"#),
                Some(("principal.account-id", "12 digits")),
            ),
        ],
    );
}

#[test]
fn conditions() {
    #[rustfmt::skip]
    check(
        IDENTITY,
        &[
            (when(r#"{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}"#), None),
            (when(r#"{"ArnLike":{"aws:SourceArn":"arn:aws:logs:us-west-2:222222222222:*"}}"#), None),
            (when(r#"{"StringLike":{"aws:SourceArn":"arn:aws:logs:us-west-2:222222222222:*"}}"#), None),
            (when(r#"{"Bool":{"aws:SecureTransport":"true"}}"#), None),
            (when(r#"{"StringEquals":{"aws:PrincipalTag/Team":"x"}}"#), None),
            (when(r#"{"StringEquals":{"other:key":"x"}}"#), None),
            (when(r#"{"StringEquals":{"aws:SourceAcount":"222222222222"}}"#), Some(("condition.key", "aws:SourceAccount"))),
            (when(r#"{"StringEquals":{"SourceAccount":"222222222222"}}"#), Some(("condition.key", "aws:SourceAccount"))),
            (when(r#"{"StringEquals":{"s3:x-amz-acls":"x"}}"#), Some(("condition.key", "s3:x-amz-acl"))),
            (when(r#"{"NumericEquals":{"aws:SourceAccount":"222222222222"}}"#), Some(("condition.operator", "StringEquals"))),
            (when(r#"{"ArnLike":{"aws:SourceAccount":"arn:aws:iam::222222222222:root"}}"#), None.or(Some(("condition.operator", "StringEquals")))),
            (when(r#"{"StringEquals":{"aws:SourceIp":"192.0.2.1"}}"#), Some(("condition.operator", "IpAddress"))),
            (when(r#"{"StringEquals":{"aws:SourceArn":"arn:aws:logs:us-west-2:222222222222:*"}}"#), Some(("condition.wildcard", "ArnLike"))),
            (when(r#"{"StringEquals":{"aws:TagKeys":"team"}}"#), Some(("condition.quantifier", "ForAnyValue:StringEquals"))),
            (when(r#"{"ForAllValues:StringEquals":{"aws:TagKeys":"team"}}"#), Some(("condition.for-all-values", "Null"))),
            (when(r#"{"ForAnyValue:StringEquals":{"aws:SourceAccount":"222222222222"}}"#), Some(("condition.quantifier", "use StringEquals"))),
            (when(r#"{"StringEquals":{"aws:SourceAccount":"arn:aws:iam::222222222222:root"}}"#), Some(("condition.value", "12 digits"))),
            (when(r#"{"StringEquals":{"aws:SourceArn":"222222222222"}}"#), Some(("condition.value", "arn:aws"))),
            (when(r#"{"ArnLike":{"aws:SourceArn":"arn:aws:logs:<REGION>:222222222222:*"}}"#), Some(("arn.placeholder", "<REGION>"))),
            (when(r#"{"ArnLike":{"aws:SourceArn":"arn:aws:logs:eu-west-1:222222222222:*"}}"#), Some(("arn.elsewhere", "us-west-2"))),
        ],
    );
}

#[test]
fn statements_side_by_side() {
    let two = |first: &str, second: &str| {
        format!(r#"{{"Version":"2012-10-17","Statement":[{{{first}}},{{{second}}}]}}"#)
    };
    let allowing = r#""Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/x/*""#;
    for (denying, expected) in [
        (r#""Effect":"Deny","Action":"s3:Get*","Resource":"arn:aws:s3:::b/*""#, true),
        (r#""Effect":"Deny","Action":"*","Resource":"*""#, true),
        (r#""Effect":"Deny","Action":"s3:PutObject","Resource":"*""#, false),
        (r#""Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::b/x/y""#, false),
        (
            r#""Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}"#,
            false,
        ),
    ] {
        let found = ids(IDENTITY, &two(allowing, denying));
        assert_eq!(found == ["statement.shadowed"], expected, "{denying}: {found:?}");
        assert_eq!(ids(IDENTITY, &two(denying, allowing)), found);
    }
    let bucket = r#""Sid":"A","Effect":"Allow","Principal":{"AWS":"222222222222"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*""#;
    assert_eq!(ids(S3, &two(bucket, bucket)), ["sid.duplicate"]);
}

#[test]
fn variables_want_a_version() {
    let text = r#"{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/${aws:username}/*"}}"#;
    let found = findings(IDENTITY, text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].id, found[0].severity), ("version.variables", Severity::Error));
}

#[test]
fn places_are_those_of_the_words() {
    let text = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Action\": [\"kinesis:PutRecords\",\n        \"kinesis:PutRecrod\"],\n      \"Resource\": \"*\",\n      \"Condition\": {\"StringEquals\": {\"aws:SourceAcount\": \"1\"}}\n    }\n  ]\n}";
    let places: Vec<_> = findings(IDENTITY, text)
        .iter()
        .map(|finding| (finding.id, finding.position.line, finding.position.column))
        .collect();
    assert_eq!(places, [("action.unknown", 7, 9), ("condition.key", 9, 38)]);
}

#[test]
fn a_policy_is_about_what_carries_it() {
    let text = allow(
        r#""Principal":{"AWS":"222222222222"},"Action":"s3:GetObject","Resource":["arn:aws:s3:::mine/*","arn:aws:s3:::other/*"]"#,
    );
    let document = PolicyDocument::parse(&text, S3).unwrap();
    let context =
        LintContext { attached_to: Some("arn:aws:s3:::mine".into()), ..LintContext::default() };
    let found = lint(&document, &context);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].id, "resource.elsewhere");
}

proptest! {
    /// No document makes the linter stumble, and what it says points into the text.
    #[test]
    fn never_stumbles(
        action in "[a-z0-9]{1,6}:[A-Za-z*?]{1,12}", resource in "(\\*|arn:[a-z0-9:/*?${}<>-]{0,40})",
        key in "[a-z]{1,4}:[A-Za-z/]{1,12}", value in "[a-z*?:${}0-9]{0,16}",
    ) {
        let text = allow(&format!(
            r#""Action":"{action}","Resource":"{resource}","Condition":{{"StringLike":{{"{key}":"{value}"}}}}"#
        ));
        if let Ok(document) = PolicyDocument::parse(&text, IDENTITY) {
            for finding in lint(&document, &LintContext::default()) {
                prop_assert!(finding.position.line == 1 && finding.position.column as usize <= text.len());
                prop_assert!(!finding.sentence.is_empty() && !finding.mend.is_empty(), "{finding:?}");
            }
        }
    }
}
