//! The sentences of a denial.

use super::support::{decide, document, identity, policy, resource, trust};
use crate::policy::{Context, Policies, PolicyKind, ResourceService, Side};

const DESTINATION: &str = "arn:aws:logs:us-west-2:111111111111:destination:kinesisDest";
const USER: &str = "arn:aws:iam::111111111111:user/ann";
const STREAM: &str = "arn:aws:kinesis:us-west-2:111111111111:stream/s";

#[test]
fn a_destination_that_admits_another_account() {
    let text = format!(
        "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {{\n      \"Sid\": \"Stmt1571094446639\",\n      \
         \"Action\": [\"logs:PutSubscriptionFilter\"],\n      \"Principal\": {{\"AWS\": [\"222222222222\"]}},\n      \
         \"Effect\": \"Allow\",\n      \"Resource\": \"{DESTINATION}\"\n    }}\n  ]\n}}"
    );
    let kind = PolicyKind::Resource(ResourceService::LogsDestination);
    let policies = Policies {
        resource: Some(policy("destination kinesisDest (111111111111)", kind, &text)),
        ..Policies::default()
    };
    let root = "arn:aws:iam::333333333333:root";
    let decision =
        decide(root, "logs:PutSubscriptionFilter", DESTINATION, &Context::new(), &policies);
    assert_eq!(
        decision.sentence(),
        format!(
            "User: {root} is not authorized to perform: logs:PutSubscriptionFilter on resource: \
             {DESTINATION} because no resource-based policy allows the logs:PutSubscriptionFilter action"
        )
    );
    assert_eq!(
        decision.explanation_lines(),
        [
            "destination kinesisDest (111111111111) admits 222222222222 only",
            "identity side: allowed (root of 333333333333) · resource side: no statement matches this account",
            "statement Stmt1571094446639 (line 4) of destination kinesisDest (111111111111) is about \
             222222222222, the caller is arn:aws:iam::333333333333:root",
        ]
    );
}

#[test]
fn a_condition_key_that_differs_or_is_missing() {
    let trust = trust(
        r#"{"Effect": "Allow", "Principal": {"Service": "logs.amazonaws.com"}, "Action": "sts:AssumeRole",
            "Condition": {"StringLike": {"aws:SourceArn": "arn:aws:logs:us-west-2:222222222222:*"}}}"#,
    );
    let policies = Policies { resource: Some(trust), ..Policies::default() };
    let role = "arn:aws:iam::111111111111:role/cwrole";
    let lines = |context: &Context| {
        let decision = decide("logs.amazonaws.com", "sts:AssumeRole", role, context, &policies);
        assert_eq!(
            decision.sentence(),
            format!(
                "User: logs.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: {role}"
            )
        );
        decision.explanation_lines()
    };
    let source = "arn:aws:logs:us-west-2:333333333333:log-group:g:*";
    assert_eq!(
        lines(&Context::new().with("aws:SourceArn", source)),
        [
            "resource side: no statement matches this service".to_owned(),
            format!(
                "statement 1 (line 1) of trust policy wants aws:SourceArn StringLike \
                 arn:aws:logs:us-west-2:222222222222:*, the request has {source}"
            ),
        ]
    );
    assert_eq!(
        lines(&Context::new())[1],
        "statement 1 (line 1) of trust policy wants aws:SourceArn StringLike \
         arn:aws:logs:us-west-2:222222222222:*, the request has no aws:SourceArn"
    );
}

#[test]
fn each_side_has_its_wording() {
    let allow = r#"{"Effect": "Allow", "Action": "kinesis:*", "Resource": "*"}"#;
    let deny = r#"{"Sid": "No", "Effect": "Deny", "Action": "kinesis:*", "Resource": "*"}"#;
    let other = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#;
    let of = |kind, statement: &str| policy("p", kind, &document(statement));
    let start = format!(
        "User: {USER} is not authorized to perform: kinesis:PutRecord on resource: {STREAM}"
    );
    let because =
        |side: &str| format!("{start} because no {side} allows the kinesis:PutRecord action");
    let base = || Policies { identity: vec![identity(allow)], ..Policies::default() };
    let denied_by_resource =
        resource(r#"{"Effect": "Deny", "Principal": "*", "Action": "kinesis:*", "Resource": "*"}"#);
    let rows = [
        (Policies::default(), Side::Identity, because("identity-based policy")),
        (
            Policies { identity: vec![identity(deny)], ..Policies::default() },
            Side::Identity,
            format!("{start} with an explicit deny in an identity-based policy"),
        ),
        (
            Policies { resource: Some(denied_by_resource), ..base() },
            Side::Resource,
            format!("{start} with an explicit deny in a resource-based policy"),
        ),
        (
            Policies { boundary: Some(of(PolicyKind::Boundary, other)), ..base() },
            Side::Boundary,
            because("permissions boundary"),
        ),
        (
            Policies { session: vec![of(PolicyKind::Session, other)], ..base() },
            Side::Session,
            because("session policy"),
        ),
        (
            Policies { scps: vec![vec![of(PolicyKind::Scp, other)]], ..base() },
            Side::Scp,
            because("service control policy"),
        ),
        (
            Policies { scps: vec![vec![of(PolicyKind::Scp, deny)]], ..base() },
            Side::Scp,
            format!("{start} with an explicit deny in a service control policy"),
        ),
    ];
    for (policies, side, sentence) in rows {
        let decision = decide(USER, "kinesis:PutRecord", STREAM, &Context::new(), &policies);
        assert_eq!(decision.sentence(), sentence);
        assert_eq!(decision.denial().map(|denial| denial.side), Some(side));
    }
}

#[test]
fn a_denying_statement_is_named_with_its_line() {
    let text = "{\n\"Statement\": [\n{\"Effect\": \"Allow\", \"Action\": \"kinesis:*\", \"Resource\": \"*\"},\n\
                {\"Sid\": \"No\", \"Effect\": \"Deny\", \"Action\": \"kinesis:PutRecord\", \"Resource\": \"*\"}\n]}";
    let named = policy("inline policy x of user ann", PolicyKind::Identity, text);
    let policies = Policies { identity: vec![named], ..Policies::default() };
    let decision = decide(USER, "kinesis:PutRecord", STREAM, &Context::new(), &policies);
    let statement = decision.denial().unwrap().denied_by.as_ref().unwrap();
    assert_eq!((statement.index, statement.start.line, statement.start.column), (1, 4, 1));
    assert_eq!(
        decision.explanation_lines()[0],
        "denied by statement No (line 4) of inline policy x of user ann"
    );
    let granted = decide(USER, "kinesis:GetRecords", STREAM, &Context::new(), &policies);
    let by = granted.granted_by(&policies);
    assert_eq!(by[0].display(), "statement 1 (line 3) of inline policy x of user ann");
    assert_eq!(granted.explanation_lines(), Vec::<String>::new());
}

#[test]
fn near_misses_of_action_and_resource() {
    let policies = Policies {
        identity: vec![identity(
            r#"{"Effect": "Allow", "Action": "kinesis:PutRecord", "Resource": "*"},
               {"Effect": "Allow", "Action": "kinesis:*", "Resource": "arn:aws:kinesis:us-west-2:111111111111:stream/other"},
               {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
               {"Effect": "Allow", "Action": "kinesis:ListShards", "Resource": "arn:aws:kinesis:*:*:stream/x"}"#,
        )],
        ..Policies::default()
    };
    let decision = decide(USER, "kinesis:PutRecords", STREAM, &Context::new(), &policies);
    let sentences: Vec<String> =
        decision.denial().unwrap().near_misses.iter().map(|miss| miss.sentence()).collect();
    assert_eq!(
        sentences,
        [
            "statement 1 (line 1) of identity policy allows kinesis:PutRecord, the action is kinesis:PutRecords".to_owned(),
            format!(
                "statement 2 (line 2) of identity policy is about \
                 arn:aws:kinesis:us-west-2:111111111111:stream/other, the resource is {STREAM}"
            ),
        ]
    );
}
