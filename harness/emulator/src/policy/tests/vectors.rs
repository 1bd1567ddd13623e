//! The numbered vectors of the iam reference, conditions and action/resource matching.

use super::support::{decide, document, policy};
use crate::policy::{Context, Outcome, Policies, PolicyKind};

const USER: &str = "arn:aws:iam::123456789012:user/ann";
const OBJECT: &str = "arn:aws:s3:::b/object";

/// What a request says of the key.
enum Given {
    Nothing,
    One(&'static str),
    Many(&'static [&'static str]),
    /// Several keys of one value each.
    Keys(&'static [(&'static str, &'static str)]),
}
use Given::{Keys, Many, Nothing, One};

fn context(key: &str, given: &Given) -> Context {
    match given {
        Nothing => Context::new(),
        One(value) => Context::new().with(key, *value),
        Many(values) => Context::new().with_list(key, values.iter().copied()),
        Keys(pairs) => pairs.iter().fold(Context::new(), |c, (key, value)| c.with(key, *value)),
    }
}

/// The outcome under one Allow with the condition, and under an Allow of everything with a Deny
/// of the condition.
fn outcomes(condition: &str, context: &Context) -> (Outcome, Outcome) {
    let core = r#""Action": "s3:GetObject", "Resource": "*""#;
    let allow = format!(r#"{{"Effect": "Allow", {core}, "Condition": {condition}}}"#);
    let deny = format!(
        r#"{{"Effect": "Allow", {core}}}, {{"Effect": "Deny", {core}, "Condition": {condition}}}"#
    );
    let outcome = |statements: &str| {
        // Session: the vectors were taken under session policies, which keep bad literals.
        let policy = policy("p", PolicyKind::Session, &document(statements));
        let policies = Policies { identity: vec![policy], ..Policies::default() };
        decide(USER, "s3:GetObject", OBJECT, context, &policies).outcome()
    };
    (outcome(&allow), outcome(&deny))
}

#[track_caller]
fn check(number: u32, condition: &str, key: &str, given: &Given, holds: bool) {
    let context = context(key, given);
    let (allow, deny) = outcomes(condition, &context);
    let expected = if holds {
        (Outcome::Allowed, Outcome::ExplicitDeny)
    } else {
        (Outcome::ImplicitDeny, Outcome::Allowed)
    };
    assert_eq!((allow, deny), expected, "vector {number}: {condition} with {context:?}");
}

const KELVIN: &str = "\u{212A}";
const LONG_S: &str = "\u{17F}";
const CAPITAL_SHARP_S: &str = "\u{1E9E}";

/// Vectors 1 to 32: one key `k`, the values under which the condition holds, and does not.
#[test]
fn comparisons() {
    let new_year = "2030-01-01T00:00:00Z";
    #[rustfmt::skip]
    let rows: &[(u32, &str, &str, &[&'static str], &[&'static str])] = &[
        (1, "NumericEquals", "1", &["1"], &[]),
        (2, "NumericEquals", "1", &[], &["2"]),
        (3, "NumericEquals", "1", &["01", "+1", "1.0", "1e0"], &[]),
        (4, "NumericEquals", "1", &[], &["no-number", "", "NaN", "Infinity"]),
        (5, "NumericNotEquals", "1", &["no-number", "", "NaN", "Infinity"], &[]),
        (6, "NumericNotEquals", "1", &[], &["01"]),
        (7, "NumericEquals", "9007199254740993", &[], &["9007199254740992"]),
        (8, "NumericLessThan", "9007199254740993", &["9007199254740992"], &["9007199254740993"]),
        (9, "NumericEquals", "1.", &["1"], &[]),
        (10, "DateEquals", new_year, &[
            "2030-01-01T00:00:00Z", "1893456000", "+1893456000", "2030-01-01",
            "2030-01-01T00:00:00", "2030-01-01T00:00:00.0001Z",
        ], &[]),
        (11, "DateEquals", new_year, &[], &["2030-01-02T00:00:00Z", "not-a-date", ""]),
        (12, "DateNotEquals", new_year, &["not-a-date"], &[]),
        (13, "DateEquals", "2030-01-01T00:00:00.1231Z", &["2030-01-01T00:00:00.1239Z"], &[]),
        (14, "Bool", "true", &["true", "True", "TRUE"], &[]),
        (15, "Bool", "true", &[], &["false", "yes", "1", "", " true "]),
        (16, "Bool", "yes", &["false"], &[]),
        (17, "BinaryEquals", "YQ==", &["YQ=="], &[]),
        (18, "BinaryEquals", "YQ==", &[], &["YQ", "YR==", " YQ== "]),
        (19, "IpAddress", "192.0.2.0/24", &["192.0.2.0", "192.0.2.255", "192.000.2.1"], &[]),
        (20, "IpAddress", "192.0.2.0/24", &[], &["192.0.3.1", "192.0.2.1/32", "not-an-ip", ""]),
        (21, "NotIpAddress", "192.0.2.0/24", &["192.0.3.1"], &[]),
        (22, "NotIpAddress", "192.0.2.0/24", &[], &["not-an-ip", "", "192.0.2.1/32"]),
        (23, "IpAddress", "192.0.2.5/24", &["192.0.2.1"], &[]),
        (24, "IpAddress", "192.0.2.0/31", &["192.0.2.1"], &["192.0.2.2"]),
        (25, "IpAddress", "192.0.2.0/0", &["203.0.113.1"], &["2001:db8::1"]),
        (26, "IpAddress", "192.0.2.0/24", &["::ffff:192.0.2.1", "::FFFF:c000:201"], &[]),
        (27, "IpAddress", "192.0.2.0/24", &[], &["192.0.513", "3221225985"]),
        (27, "NotIpAddress", "192.0.2.0/24", &[], &["192.0.513", "3221225985"]),
        (28, "StringEqualsIgnoreCase", "prod", &["PrOd"], &[]),
        (29, "StringEqualsIgnoreCase", "K", &[KELVIN], &[]),
        (30, "StringEqualsIgnoreCase", "s", &[], &[LONG_S]),
        (31, "StringEqualsIgnoreCase", "ß", &[CAPITAL_SHARP_S], &["SS"]),
        (32, "StringEqualsIgnoreCase", "ΟΣ", &["ος"], &["οσ"]),
    ];
    for (number, operator, value, holding, failing) in rows {
        let condition = format!(r#"{{"{operator}": {{"k": "{value}"}}}}"#);
        for given in *holding {
            check(*number, &condition, "k", &One(given), true);
        }
        for given in *failing {
            check(*number, &condition, "k", &One(given), false);
        }
    }
}

/// Vectors 33 to 40: keys of many values, and operators over them.
#[test]
fn sets() {
    #[rustfmt::skip]
    let rows: &[(u32, &str, &str, Given, bool)] = &[
        (33, "StringEquals", "team", Many(&["team"]), false),
        (33, "StringEquals", "team", Many(&["team", "env"]), false),
        (34, "StringNotEquals", "team", Many(&["env"]), false),
        (34, "StringNotEquals", "team", Nothing, true),
        (35, "StringEqualsIfExists", "team", Nothing, true),
        (35, "StringEqualsIfExists", "team", Many(&["team"]), false),
        (36, "ForAnyValue:StringEquals", "team", Many(&["team", "env"]), true),
        (36, "ForAnyValue:StringEquals", "team", Many(&["env"]), false),
        (36, "ForAnyValue:StringEquals", "team", Nothing, false),
        (37, "ForAllValues:StringEquals", "team", Many(&["team"]), true),
        (37, "ForAllValues:StringEquals", "team", Nothing, true),
        (37, "ForAllValues:StringEquals", "team", Many(&["team", "env"]), false),
        (38, "ForAnyValue:StringNotEquals", "team", Many(&["team", "env"]), true),
        (38, "ForAnyValue:StringNotEquals", "team", Many(&["env"]), true),
        (38, "ForAnyValue:StringNotEquals", "team", Many(&["team"]), false),
        (38, "ForAnyValue:StringNotEquals", "team", Nothing, false),
        (39, "ForAllValues:StringNotEquals", "team", Nothing, true),
        (39, "ForAllValues:StringNotEquals", "team", Many(&["team"]), false),
        (40, "ForAllValues:NumericNotEquals", "1", Many(&["no-number", "2"]), true),
        (40, "ForAllValues:NumericNotEquals", "1", Many(&["1", "2"]), false),
        // A list that is there and empty.
        (37, "ForAllValues:StringEquals", "team", Many(&[]), true),
        (36, "ForAnyValue:StringEquals", "team", Many(&[]), false),
        (35, "StringEqualsIfExists", "team", Many(&[]), false),
        (36, "ForAnyValue:StringEqualsIfExists", "team", Nothing, true),
    ];
    for (number, operator, value, given, holds) in rows {
        let condition = format!(r#"{{"{operator}": {{"aws:TagKeys": "{value}"}}}}"#);
        check(*number, &condition, "aws:TagKeys", given, *holds);
    }
}

/// Vectors 41 to 51: absent keys, ARNs, variables, several keys and values.
#[test]
fn keys_and_values() {
    let arn = "arn:aws:iam::123456789012:user/test";
    #[rustfmt::skip]
    let rows: &[(u32, &str, &str, Given, bool)] = &[
        (41, r#"{"StringNotEquals": {"aws:PrincipalTag/team": "blocked"}}"#, "", Nothing, true),
        (42, r#"{"StringNotEqualsIfExists": {"aws:PrincipalTag/team": "trusted"}}"#, "", Nothing, true),
        (43, r#"{"ArnLike": {"k": "arn:aws:iam::*:user/*"}}"#, "k", One(arn), true),
        (44, r#"{"ArnLike": {"k": "arn:aws:iam::1234567890*:user/t?st"}}"#, "k", One(arn), true),
        (45, r#"{"ArnLike": {"k": "${aws:RequestTag/pattern}"}}"#, "",
            Keys(&[("k", "not-an-arn"), ("aws:RequestTag/pattern", "not-an-arn")]), false),
        (45, r#"{"ArnNotLike": {"k": "${aws:RequestTag/pattern}"}}"#, "",
            Keys(&[("k", "not-an-arn"), ("aws:RequestTag/pattern", "not-an-arn")]), false),
        (46, r#"{"Null": {"aws:MultiFactorAuthAge": "true"}}"#, "", Nothing, true),
        (47, r#"{"Null": {"k": "false"}}"#, "k", One(""), true),
        (47, r#"{"Null": {"k": "false"}}"#, "k", Nothing, false),
        (48, r#"{"StringLike": {"s3:prefix": ["home/", "home/${aws:username}/*"]}}"#,
            "s3:prefix", One("home/ann/x"), true),
        (48, r#"{"StringLike": {"s3:prefix": ["home/", "home/${aws:username}/*"]}}"#,
            "s3:prefix", One("home/bob/x"), false),
        (49, r#"{"StringEquals": {"k": ["a", "b"]}}"#, "k", One("b"), true),
        (50, r#"{"StringNotEquals": {"k": ["a", "b"]}}"#, "k", One("b"), false),
        (51, r#"{"StringEquals": {"k1": "a"}, "StringLike": {"k2": "x*"}}"#, "",
            Keys(&[("k1", "a"), ("k2", "y")]), false),
        (51, r#"{"StringEquals": {"k1": "a"}, "StringLike": {"k2": "x*"}}"#, "",
            Keys(&[("k1", "a"), ("k2", "xy")]), true),
    ];
    for (number, condition, key, given, holds) in rows {
        check(*number, condition, key, given, *holds);
    }
}

/// An operand that a variable turns into no ARN: with an ARN in the request it helps no Allow
/// and hinders no Deny, whichever the operator (native capture; not numbered in the reference).
#[test]
fn an_arn_operand_that_is_none_favours_denial() {
    for operator in ["ArnLike", "ArnNotLike"] {
        let condition = format!(r#"{{"{operator}": {{"k": "${{aws:RequestTag/pattern}}"}}}}"#);
        let context = Context::new()
            .with("k", "arn:aws:iam::123456789012:user/test")
            .with("aws:RequestTag/pattern", "not-an-arn");
        assert_eq!(
            outcomes(&condition, &context),
            (Outcome::ImplicitDeny, Outcome::ExplicitDeny),
            "{operator}"
        );
    }
}

/// Vectors 52 to 59: actions, resources and versions.
#[test]
fn actions_and_resources() {
    let s3 = |resource: &str| {
        format!(r#"{{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "{resource}"}}"#)
    };
    let get = "s3:GetObject";
    let allow_all = s3("*");
    let deny_all = allow_all.replace("Allow", "Deny");
    let blocked = s3("arn:aws:s3:::b/blocked").replace("Allow", "Deny");
    let some = format!("{}, {blocked}", s3("arn:aws:s3:::b/allowed"));
    let nested = s3("arn:aws:s3:::b/folder/*/object");
    let prefixed = s3("arn:aws:s3:::b*");
    let kinesis = r#"{"Effect": "Allow", "Action": "KINESIS:putrecord*", "Resource": "*"}"#;
    let not_iam = r#"{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}"#;
    let group = "arn:aws:logs:us-east-1:123456789012:log-group:G";
    let logs =
        format!(r#"{{"Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": "{group}"}}"#);
    let stream = format!("{group}:log-stream:S");
    use Outcome::{Allowed, ExplicitDeny, ImplicitDeny};
    #[rustfmt::skip]
    let rows: &[(u32, &str, &str, &str, Outcome)] = &[
        (52, &format!("{allow_all}, {deny_all}"), get, OBJECT, ExplicitDeny),
        (53, &nested, get, "arn:aws:s3:::b/folder/a:b/object", Allowed),
        (53, &nested, get, "arn:aws:s3:::b/folder/a/b/object", Allowed),
        (53, &nested, get, "arn:aws:s3:::b/folder/a/object/child", ImplicitDeny),
        (54, &prefixed, get, "arn:aws:s3:::b/object", Allowed),
        (54, &prefixed, get, "arn:aws:s3:::b:suffix/object", Allowed),
        (54, &prefixed, get, "arn:aws:s3:::b-other/object", Allowed),
        (54, &prefixed, get, "arn:aws:s3:::c/object", ImplicitDeny),
        (55, &some, get, "arn:aws:s3:::b/allowed", Allowed),
        (55, &some, get, "arn:aws:s3:::b/blocked", ExplicitDeny),
        (55, &some, get, "arn:aws:s3:::b/third", ImplicitDeny),
        (56, kinesis, "kinesis:PutRecords", "*", Allowed),
        (57, not_iam, "s3:ListBucket", "*", Allowed),
        (57, not_iam, "iam:GetRole", "*", ImplicitDeny),
        (58, &logs, "logs:PutLogEvents", &stream, ImplicitDeny),
    ];
    for (number, statements, action, on, expected) in rows {
        let policy = policy("p", PolicyKind::Identity, &document(statements));
        let policies = Policies { identity: vec![policy], ..Policies::default() };
        let outcome = decide(USER, action, on, &Context::new(), &policies).outcome();
        assert_eq!(outcome, *expected, "vector {number}: {action} on {on}");
    }
}

#[test]
fn an_old_version_takes_variables_literally() {
    let statement = r#"{"Effect": "Allow", "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::b/${aws:username}/*"}"#;
    let outcome = |version: &str, key: &str| {
        let text = format!(r#"{{{version} "Statement": {statement}}}"#);
        let policy = policy("p", PolicyKind::Identity, &text);
        let policies = Policies { identity: vec![policy], ..Policies::default() };
        let on = format!("arn:aws:s3:::b/{key}/x");
        decide(USER, "s3:GetObject", &on, &Context::new(), &policies).outcome()
    };
    for version in ["", r#""Version": "2008-10-17","#] {
        assert_eq!(outcome(version, "ann"), Outcome::ImplicitDeny, "vector 59");
        assert_eq!(outcome(version, "${aws:username}"), Outcome::Allowed, "vector 59");
    }
    assert_eq!(outcome(r#""Version": "2012-10-17","#, "ann"), Outcome::Allowed);
}

/// Variables: what they insert stands for itself, defaults, literals, and keys of many values.
#[test]
fn variables() {
    let team = "aws:PrincipalTag/team";
    let tag = "${aws:PrincipalTag/team}";
    #[rustfmt::skip]
    let rows: &[(&str, Given, &str, bool)] = &[
        (tag, One("red"), "red", true),
        (tag, One("*"), "any", false),
        (tag, One("*"), "*", true),
        (tag, One("${aws:username}"), "${aws:username}", true),
        (tag, Nothing, "", false),
        (tag, Many(&["red"]), "red", false),
        ("${aws:PrincipalTag/team, 'shared'}", Nothing, "shared", true),
        ("${aws:PrincipalTag/team, 'shared'}", One(""), "shared", false),
        ("${aws:PrincipalTag/team, 'red,blue'}", Nothing, "red,blue", true),
        ("${aws:PrincipalTag/team, '*'}", Nothing, "any", false),
        ("${aws:PrincipalTag/team, 'shared'}", Many(&["red"]), "shared", false),
        ("a${*}", Nothing, "a*", true),
        ("a${*}", Nothing, "ab", false),
        ("a${?}*", Nothing, "a?b", true),
        ("${$}{x}", Nothing, "${x}", true),
    ];
    for (pattern, given, key, expected) in rows {
        let statement = format!(
            r#"{{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/{pattern}"}}"#
        );
        let policy = policy("p", PolicyKind::Identity, &document(&statement));
        let policies = Policies { identity: vec![policy], ..Policies::default() };
        let on = format!("arn:aws:s3:::b/{key}");
        let context = context(team, given);
        let allowed = decide(USER, "s3:GetObject", &on, &context, &policies).is_allowed();
        assert_eq!(allowed, *expected, "{pattern} on {key}");
    }
}
