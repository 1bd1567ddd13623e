//! STS: who may assume what, for how long, and what goes along.

use super::support::{A, B, Bench, Keys, allow, root, trust};

fn cross(bench: &mut Bench) -> (Keys, String) {
    let ann = bench.user(A, "ann");
    bench.allow(A, "User", "ann", "sts:*");
    let arn = bench.role(B, "r", r#"{"AWS":"111111111111"}"#);
    bench.allow(B, "Role", "r", "logs:*");
    (ann, arn)
}

fn denied(bench: &mut Bench, keys: &Keys, arn: &str, caller: &str) {
    let pairs = [("RoleArn", arn), ("RoleSessionName", "session")];
    bench.call(keys, "AssumeRole", &pairs).is(
        403,
        "AccessDenied",
        &format!("User: {caller} is not authorized to perform: sts:AssumeRole on resource: {arn}"),
    );
}

#[test]
fn both_accounts_have_to_permit() {
    let mut bench = Bench::new();
    let (ann, arn) = cross(&mut bench);
    let pairs = [("RoleArn", arn.as_str()), ("RoleSessionName", "s@1")];
    let answer = bench.ok(&ann, "AssumeRole", &pairs);
    let id = answer.text("AssumedRoleId");
    assert!(id.starts_with("AROA") && id.ends_with(":s@1"), "{id}");
    assert_eq!(answer.text("Arn"), "arn:aws:sts::222222222222:assumed-role/r/s@1");
    assert_eq!(answer.text("Expiration"), "2026-01-01T01:00:00Z");
    assert!(answer.text("AccessKeyId").starts_with("ASIA"));
    let session = Keys { id: answer.text("AccessKeyId"), token: Some(answer.text("SessionToken")) };
    let who = bench.ok(&session, "GetCallerIdentity", &[]);
    assert_eq!((who.text("UserId"), who.text("Account")), (id, B.to_owned()));
    assert!(bench.may_create(&session, "g"));
    let user = "arn:aws:iam::111111111111:user/ann";
    denied(&mut bench, &ann, "arn:aws:iam::222222222222:role/missing", user);
    let other = bench.role(B, "closed", r#"{"AWS":"333333333333"}"#);
    denied(&mut bench, &ann, &other, user);
    bench.ok(&root(A), "DeleteUserPolicy", &[("UserName", "ann"), ("PolicyName", "p")]);
    denied(&mut bench, &ann, &arn, user);
}

#[test]
fn within_an_account_a_trust_policy_that_names_is_enough() {
    let mut bench = Bench::new();
    let ann = bench.user(A, "ann");
    let arn = bench.role(A, "by-account", r#"{"AWS":"111111111111"}"#);
    denied(&mut bench, &ann, &arn, "arn:aws:iam::111111111111:user/ann");
    let arn = bench.role(A, "by-name", r#"{"AWS":"arn:aws:iam::111111111111:user/ann"}"#);
    bench.assume(&ann, &arn, &[]);
}

#[test]
fn keys_go_with_their_token_and_end() {
    let mut bench = Bench::new();
    let (ann, arn) = cross(&mut bench);
    let session = bench.assume(&ann, &arn, &[("DurationSeconds", "900")]);
    let bare = Keys { token: None, ..session.clone() };
    let invalid = "The security token included in the request is invalid.";
    bench.call(&bare, "GetCallerIdentity", &[]).is(403, "InvalidClientTokenId", invalid);
    let wrong = Keys { token: Some("x".into()), ..session.clone() };
    bench.call(&wrong, "GetCallerIdentity", &[]).is(403, "InvalidClientTokenId", invalid);
    bench.now = bench.now.plus_s(899);
    assert!(bench.may_create(&session, "g"));
    bench.now = bench.now.plus_s(1);
    let expired = "The security token included in the request is expired";
    bench.call(&session, "GetCallerIdentity", &[]).is(403, "ExpiredToken", expired);
    let (status, body) = bench.logs(&session, "DescribeLogGroups", "{}");
    assert!(status == 400 && body.contains("ExpiredTokenException"), "{body}");
    let session = bench.assume(&ann, &arn, &[]);
    bench.ok(&root(B), "DeleteRolePolicy", &[("RoleName", "r"), ("PolicyName", "p")]);
    bench.ok(&root(B), "DeleteRole", &[("RoleName", "r")]);
    bench.call(&session, "GetCallerIdentity", &[]).is(403, "InvalidClientTokenId", invalid);
}

#[test]
fn durations_have_limits() {
    let mut bench = Bench::new();
    let (ann, arn) = cross(&mut bench);
    let ask = |bench: &mut Bench, keys: &Keys, seconds: &str| {
        let pairs = [
            ("RoleArn", arn.as_str()),
            ("RoleSessionName", "session"),
            ("DurationSeconds", seconds),
        ];
        bench.call(keys, "AssumeRole", &pairs)
    };
    ask(&mut bench, &ann, "899").is(
        400,
        "ValidationError",
        "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy \
         constraint: Member must have value greater than or equal to 900",
    );
    ask(&mut bench, &ann, "3601").is(
        400,
        "ValidationError",
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
    bench.ok(&root(B), "UpdateRole", &[("RoleName", "r"), ("MaxSessionDuration", "43200")]);
    assert_eq!(ask(&mut bench, &ann, "43200").status, 200);
    // A session that assumes a role gets an hour.
    bench.allow(B, "Role", "r", "*");
    let trusting = trust(r#"{"AWS":["111111111111","222222222222"]}"#, "sts:*");
    bench.ok(
        &root(B),
        "UpdateAssumeRolePolicy",
        &[("RoleName", "r"), ("PolicyDocument", &trusting)],
    );
    let session = bench.assume(&ann, &arn, &[]);
    assert_eq!(ask(&mut bench, &session, "3600").status, 200);
    ask(&mut bench, &session, "3601").is(
        400,
        "ValidationError",
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role \
         chaining.",
    );
}

#[test]
fn a_request_is_checked_and_its_values_are_shown() {
    let mut bench = Bench::new();
    let pairs =
        [("RoleArn", "arn:aws:iam::222222222222:role/r"), ("RoleSessionName", "Session1:2")];
    bench.call(&root(A), "AssumeRole", &pairs).is(
        400,
        "ValidationError",
        r"1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]*",
    );
    bench.call(&root(A), "AssumeRole", &[("RoleArn", "arn:aws:iam::222222222222:role/r")]).is(
        400,
        "ValidationError",
        "1 validation error detected: Value null at 'roleSessionName' failed to satisfy \
         constraint: Member must not be null",
    );
    let pairs = [("RoleArn", "arn:aws:s3:::bucket-of-somebody"), ("RoleSessionName", "ss")];
    let message = "arn:aws:s3:::bucket-of-somebody is invalid";
    bench.call(&root(A), "AssumeRole", &pairs).is(400, "ValidationError", message);
}

#[test]
fn conditions_of_the_trust_policy_hold() {
    let mut bench = Bench::new();
    let ann = bench.user(A, "ann");
    bench.allow(A, "User", "ann", "sts:*");
    let document = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"111111111111"},
        "Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"secret/1"},
        "StringLike":{"sts:RoleSessionName":"${aws:username}"}}}}"#;
    bench.ok(&root(B), "CreateRole", &[("RoleName", "r"), ("AssumeRolePolicyDocument", document)]);
    let arn = "arn:aws:iam::222222222222:role/r";
    let ask = |bench: &mut Bench, name: &str, id: &str| {
        let pairs = [("RoleArn", arn), ("RoleSessionName", name), ("ExternalId", id)];
        bench.call(&ann, "AssumeRole", &pairs).status
    };
    assert_eq!(ask(&mut bench, "ann", "secret/1"), 200);
    assert_eq!(ask(&mut bench, "ann", "secret/2"), 403);
    assert_eq!(ask(&mut bench, "bob", "secret/1"), 403);
}

#[test]
fn a_session_policy_narrows() {
    let mut bench = Bench::new();
    let (ann, arn) = cross(&mut bench);
    let only = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:logs:*:*:log-group:ok*"}}"#;
    let session = bench.assume(&ann, &arn, &[("Policy", only)]);
    assert!(bench.may_create(&session, "ok"));
    assert!(!bench.may_create(&session, "g"));
    let (_, body) = bench.logs(&session, "CreateLogGroup", r#"{"logGroupName":"g"}"#);
    assert!(body.contains("because no session policy allows"), "{body}");
    // Another session of the same role and name is not bound by it.
    let free = bench.assume(&ann, &arn, &[]);
    assert!(bench.may_create(&free, "g"));
    let s3 = "arn:aws:iam::aws:policy/AmazonS3FullAccess";
    let session = bench.assume(&ann, &arn, &[("PolicyArns.member.1.arn", s3)]);
    assert!(!bench.may_create(&session, "g"));
    let both = [("PolicyArns.member.1.arn", s3), ("Policy", &allow("logs:*") as &str)];
    let session = bench.assume(&ann, &arn, &both);
    assert!(bench.may_create(&session, "g"), "together they permit what any of them permits");
    let widening = bench.assume(&ann, &arn, &[("Policy", &allow("*"))]);
    assert_eq!(bench.call(&widening, "ListUsers", &[]).status, 403);
    let pairs = [("RoleArn", arn.as_str()), ("RoleSessionName", "session"), ("Policy", "{")];
    let answer = bench.call(&ann, "AssumeRole", &pairs);
    assert_eq!((answer.status, answer.text("Code").as_str()), (400, "MalformedPolicyDocument"));
}

#[test]
fn tags_and_source_identity_go_along() {
    let mut bench = Bench::new();
    let (ann, arn) = cross(&mut bench);
    let by_tag = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:*","Resource":"*",
        "Condition":{"StringEquals":{"aws:PrincipalTag/team":"red","aws:SourceIdentity":"ann"}}},
        {"Effect":"Allow","Action":"sts:*","Resource":"*"}]}"#;
    let pairs = [("RoleName", "r"), ("PolicyName", "p"), ("PolicyDocument", by_tag)];
    bench.ok(&root(B), "PutRolePolicy", &pairs);
    let plain = bench.assume(&ann, &arn, &[]);
    assert!(!bench.may_create(&plain, "g"));
    let tagged = [
        ("Tags.member.1.Key", "team"),
        ("Tags.member.1.Value", "red"),
        ("TransitiveTagKeys.member.1", "team"),
        ("SourceIdentity", "ann"),
    ];
    let session = bench.assume(&ann, &arn, &tagged);
    assert!(bench.may_create(&session, "g"));
    // Both carry over to the next role, and cannot be changed there.
    let next = bench.role(B, "next", r#"{"AWS":"arn:aws:iam::222222222222:role/r"}"#);
    let pairs = [("RoleName", "next"), ("PolicyName", "p"), ("PolicyDocument", by_tag)];
    bench.ok(&root(B), "PutRolePolicy", &pairs);
    let chained = bench.assume(&session, &next, &[]);
    assert!(bench.may_create(&chained, "g"));
    let mut pairs = vec![("RoleArn", next.as_str()), ("RoleSessionName", "session")];
    pairs.extend(&tagged[..2]);
    assert_eq!(bench.call(&session, "AssumeRole", &pairs).status, 400);
    let pairs =
        [("RoleArn", next.as_str()), ("RoleSessionName", "session"), ("SourceIdentity", "bob")];
    assert_eq!(bench.call(&session, "AssumeRole", &pairs).status, 403);
    // Tags need a permission of their own.
    let document = trust(r#"{"AWS":"111111111111"}"#, "sts:AssumeRole");
    bench.ok(
        &root(B),
        "UpdateAssumeRolePolicy",
        &[("RoleName", "r"), ("PolicyDocument", &document)],
    );
    let mut pairs = vec![("RoleArn", arn.as_str()), ("RoleSessionName", "session")];
    pairs.extend(&tagged[..2]);
    bench.call(&ann, "AssumeRole", &pairs).is(
        403,
        "AccessDenied",
        "User: arn:aws:iam::111111111111:user/ann is not authorized to perform: sts:TagSession on \
         resource: arn:aws:iam::222222222222:role/r",
    );
}

#[test]
fn what_is_passed_has_its_room() {
    let mut bench = Bench::new();
    let (ann, arn) = cross(&mut bench);
    let mut pairs =
        vec![("RoleArn".to_owned(), arn), ("RoleSessionName".to_owned(), "session".to_owned())];
    for n in 1..=20 {
        pairs.push((format!("Tags.member.{n}.Key"), format!("k{n}")));
        pairs.push((format!("Tags.member.{n}.Value"), "v".repeat(250)));
    }
    let pairs: Vec<_> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let answer = bench.call(&ann, "AssumeRole", &pairs);
    assert_eq!((answer.status, answer.text("Code").as_str()), (400, "PackedPolicyTooLarge"));
    assert_eq!(bench.ok(&ann, "AssumeRole", &pairs[..4]).text("PackedPolicySize"), "7");
}

#[test]
fn a_users_own_session_is_the_user() {
    let mut bench = Bench::new();
    let (ann, arn) = cross(&mut bench);
    let answer = bench.ok(&ann, "GetSessionToken", &[]);
    assert_eq!(answer.text("Expiration"), "2026-01-01T12:00:00Z");
    let session = Keys { id: answer.text("AccessKeyId"), token: Some(answer.text("SessionToken")) };
    let who = bench.ok(&session, "GetCallerIdentity", &[]).text("Arn");
    assert_eq!(who, "arn:aws:iam::111111111111:user/ann");
    bench.assume(&session, &arn, &[]);
    bench.call(&session, "GetSessionToken", &[]).is(
        403,
        "AccessDenied",
        "Cannot call GetSessionToken with session credentials",
    );
}

#[test]
fn a_root_assumes_roles_unless_it_is_set_otherwise() {
    let mut bench = Bench::new();
    let (_, arn) = cross(&mut bench);
    bench.assume(&root(A), &arn, &[]);
    bench.world.settings.iam.root_assumes_roles = false;
    let pairs = [("RoleArn", arn.as_str()), ("RoleSessionName", "session")];
    let message = "Roles may not be assumed by root accounts.";
    bench.call(&root(A), "AssumeRole", &pairs).is(403, "AccessDenied", message);
}
