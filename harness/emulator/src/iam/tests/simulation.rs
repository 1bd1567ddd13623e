//! The policy simulator on IAM's wire.

use super::support::{A, Bench, allow, root};

#[test]
fn a_custom_policy_is_simulated() {
    let mut bench = Bench::new();
    let conditional = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*",
        "Condition":{"StringEquals":{"aws:PrincipalTag/team":"red"}}},{"Effect":"Deny","Action":"s3:PutObject","Resource":"*"}]}"#;
    let pairs = [
        ("PolicyInputList.member.1", conditional),
        ("ActionNames.member.1", "s3:GetObject"),
        ("ActionNames.member.2", "s3:PutObject"),
        ("ResourceArns.member.1", "arn:aws:s3:::b/key"),
    ];
    let answer = bench.ok(&root(A), "SimulateCustomPolicy", &pairs);
    assert_eq!(answer.all("EvalDecision"), ["implicitDeny", "explicitDeny"]);
    assert_eq!(answer.list("MissingContextValues"), ["aws:PrincipalTag/team"]);
    assert_eq!(answer.text("SourcePolicyId"), "PolicyInputList.1");
    assert_eq!((answer.text("Line"), answer.text("IsTruncated")), ("2".into(), "false".into()));
    let mut given = pairs.to_vec();
    given.extend([
        ("ContextEntries.member.1.ContextKeyName", "aws:PrincipalTag/team"),
        ("ContextEntries.member.1.ContextKeyType", "string"),
        ("ContextEntries.member.1.ContextKeyValues.member.1", "red"),
        ("MaxItems", "1"),
    ]);
    let answer = bench.ok(&root(A), "SimulateCustomPolicy", &given);
    assert_eq!(answer.all("EvalDecision"), ["allowed"]);
    let marker = answer.text("Marker");
    given.push(("Marker", &marker));
    let answer = bench.ok(&root(A), "SimulateCustomPolicy", &given);
    assert_eq!(answer.all("EvalDecision"), ["explicitDeny"]);
    let answer = bench.call(&root(A), "SimulateCustomPolicy", &pairs[..1]);
    assert_eq!((answer.status, answer.text("Code").as_str()), (400, "InvalidInput"));
    let keys = bench.ok(&root(A), "GetContextKeysForCustomPolicy", &pairs[..1]);
    assert_eq!(keys.list("ContextKeyNames"), ["aws:PrincipalTag/team"]);
}

#[test]
fn a_principals_policies_are_simulated() {
    let mut bench = Bench::new();
    let a = root(A);
    bench.user(A, "ann");
    bench.allow(A, "User", "ann", "s3:*");
    bench.ok(&a, "CreateGroup", &[("GroupName", "crew")]);
    bench.allow(A, "Group", "crew", "logs:*");
    bench.ok(&a, "AddUserToGroup", &[("GroupName", "crew"), ("UserName", "ann")]);
    let arn = "arn:aws:iam::111111111111:user/ann";
    let pairs = [
        ("PolicySourceArn", arn),
        ("ActionNames.member.1", "s3:GetObject"),
        ("ActionNames.member.2", "logs:PutLogEvents"),
        ("ActionNames.member.3", "sqs:SendMessage"),
    ];
    let answer = bench.ok(&a, "SimulatePrincipalPolicy", &pairs);
    assert_eq!(answer.all("EvalDecision"), ["allowed", "allowed", "implicitDeny"]);
    assert_eq!(answer.all("SourcePolicyId"), ["user_ann_p", "group_crew_p"]);
    assert!(!answer.has("PermissionsBoundaryDecisionDetail"));
    let boundary = [
        ("UserName", "ann"),
        ("PermissionsBoundary", "arn:aws:iam::aws:policy/AmazonS3FullAccess"),
    ];
    bench.ok(&a, "PutUserPermissionsBoundary", &boundary);
    let more = allow("sqs:*");
    let mut pairs = pairs.to_vec();
    pairs.push(("PolicyInputList.member.1", &more));
    let answer = bench.ok(&a, "SimulatePrincipalPolicy", &pairs);
    assert_eq!(answer.all("EvalDecision"), ["allowed", "implicitDeny", "implicitDeny"]);
    assert_eq!(answer.all("AllowedByPermissionsBoundary"), ["true", "false", "false"]);
    pairs[0].1 = "arn:aws:iam::111111111111:user/bob";
    bench.call(&a, "SimulatePrincipalPolicy", &pairs).is(
        404,
        "NoSuchEntity",
        "The user with name bob cannot be found.",
    );
    let keys = bench.ok(&a, "GetContextKeysForPrincipalPolicy", &[("PolicySourceArn", arn)]);
    assert!(keys.list("ContextKeyNames").is_empty());
}
