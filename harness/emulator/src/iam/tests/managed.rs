//! Managed policies, their versions, who has them, and boundaries.

use super::support::{A, Bench, Keys, allow, root, trust};

fn policy(bench: &mut Bench, name: &str, action: &str) -> String {
    let document = allow(action);
    let pairs = [("PolicyName", name), ("PolicyDocument", document.as_str()), ("Description", "d")];
    bench.ok(&root(A), "CreatePolicy", &pairs).text("Arn")
}

fn attach(bench: &mut Bench, arn: &str) {
    bench.ok(&root(A), "AttachUserPolicy", &[("UserName", "ann"), ("PolicyArn", arn)]);
}

#[test]
fn the_version_in_force_decides() {
    let mut bench = Bench::new();
    let a = root(A);
    let ann = bench.user(A, "ann");
    let arn = policy(&mut bench, "reading", "s3:*");
    assert_eq!(arn, "arn:aws:iam::111111111111:policy/reading");
    attach(&mut bench, &arn);
    assert!(!bench.may_create(&ann, "g"));
    let version = |action: &str, default: &str| {
        vec![
            ("PolicyArn", arn.clone()),
            ("PolicyDocument", allow(action)),
            ("SetAsDefault", default.to_owned()),
        ]
    };
    let add = |bench: &mut Bench, action: &str, default: &str| {
        let pairs = version(action, default);
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        bench.call(&a, "CreatePolicyVersion", &pairs)
    };
    assert_eq!(add(&mut bench, "logs:*", "false").text("VersionId"), "v2");
    assert!(!bench.may_create(&ann, "g"));
    let second = [("PolicyArn", arn.as_str()), ("VersionId", "v2")];
    bench.ok(&a, "SetDefaultPolicyVersion", &second);
    assert!(bench.may_create(&ann, "g"));
    bench.call(&a, "DeletePolicyVersion", &second).is(
        409,
        "DeleteConflict",
        "Cannot delete the default version of a policy.",
    );
    assert_eq!(add(&mut bench, "s3:*", "true").text("IsDefaultVersion"), "true");
    assert!(!bench.may_create(&ann, "g"));
    for _ in 0..2 {
        assert_eq!(add(&mut bench, "s3:*", "0").status, 200);
    }
    add(&mut bench, "s3:*", "0").is(
        409,
        "LimitExceeded",
        "A managed policy can have up to 5 versions. Before you create a new version, you must \
         delete an existing version.",
    );
    bench.ok(&a, "DeletePolicyVersion", &second);
    // Numbers never come again.
    assert_eq!(add(&mut bench, "s3:*", "0").text("VersionId"), "v6");
    let versions = bench.ok(&a, "ListPolicyVersions", &[("PolicyArn", &arn)]);
    assert_eq!(versions.all("VersionId"), ["v6", "v5", "v4", "v3", "v1"]);
    bench.call(&a, "GetPolicyVersion", &second).is(
        404,
        "NoSuchEntity",
        &format!("Policy {arn} version v2 does not exist or is not attachable."),
    );
    let first = bench.ok(&a, "GetPolicyVersion", &[("PolicyArn", &arn), ("VersionId", "v1")]);
    assert!(first.text("Document").contains("s3%3A%2A"));
    bench.call(&a, "DeletePolicy", &[("PolicyArn", &arn)]).is(
        409,
        "DeleteConflict",
        "This policy has more than one version. Before you delete a policy, you must delete the \
         policy's versions. The default version is deleted with the policy.",
    );
}

#[test]
fn who_has_a_policy_keeps_it_from_deletion() {
    let mut bench = Bench::new();
    let a = root(A);
    bench.user(A, "ann");
    let arn = policy(&mut bench, "reading", "s3:*");
    attach(&mut bench, &arn);
    attach(&mut bench, &arn);
    let attached = bench.ok(&a, "ListAttachedUserPolicies", &[("UserName", "ann")]);
    assert_eq!(attached.all("PolicyArn"), [arn.as_str()]);
    assert_eq!(bench.ok(&a, "GetPolicy", &[("PolicyArn", &arn)]).text("AttachmentCount"), "1");
    let entities = bench.ok(&a, "ListEntitiesForPolicy", &[("PolicyArn", &arn)]);
    assert_eq!(
        (entities.all("UserName"), entities.all("RoleName").len()),
        (vec!["ann".to_owned()], 0)
    );
    bench.call(&a, "DeletePolicy", &[("PolicyArn", &arn)]).is(
        409,
        "DeleteConflict",
        "Cannot delete a policy attached to entities.",
    );
    bench.call(&a, "DeleteUser", &[("UserName", "ann")]);
    let detach = [("UserName", "ann"), ("PolicyArn", arn.as_str())];
    bench.ok(&a, "DetachUserPolicy", &detach);
    bench.call(&a, "DetachUserPolicy", &detach).is(
        404,
        "NoSuchEntity",
        "Policy arn:aws:iam::111111111111:policy/reading was not found.",
    );
    bench.ok(&a, "DeletePolicy", &[("PolicyArn", &arn)]);
    bench.call(&a, "AttachUserPolicy", &detach).is(
        404,
        "NoSuchEntity",
        "Policy arn:aws:iam::111111111111:policy/reading does not exist or is not attachable.",
    );
    let document = allow("s3:*");
    let again = [("PolicyName", "Other"), ("PolicyDocument", document.as_str())];
    bench.ok(&a, "CreatePolicy", &again);
    bench.call(&a, "CreatePolicy", &again).is(
        409,
        "EntityAlreadyExists",
        "A policy called Other already exists. Duplicate names are not allowed.",
    );
}

#[test]
fn ten_policies_may_be_attached() {
    let mut bench = Bench::new();
    bench.user(A, "ann");
    for n in 0..10 {
        let arn = policy(&mut bench, &format!("p{n}"), "s3:*");
        attach(&mut bench, &arn);
    }
    let arn = policy(&mut bench, "p10", "s3:*");
    bench.call(&root(A), "AttachUserPolicy", &[("UserName", "ann"), ("PolicyArn", &arn)]).is(
        409,
        "LimitExceeded",
        "Cannot exceed quota for PoliciesPerUser: 10",
    );
}

#[test]
fn policies_of_aws_are_there_or_said_not_to_be() {
    let mut bench = Bench::new();
    let ann = bench.user(A, "ann");
    let admin = "arn:aws:iam::aws:policy/AdministratorAccess";
    attach(&mut bench, admin);
    assert!(bench.may_create(&ann, "g"));
    let unknown = [("UserName", "ann"), ("PolicyArn", "arn:aws:iam::aws:policy/NobodyKnows")];
    let answer = bench.call(&root(A), "AttachUserPolicy", &unknown);
    assert_eq!((answer.status, answer.text("Code").as_str()), (404, "NoSuchEntity"));
    assert!(answer.text("Message").contains("This emulator holds only some"));
    let listed = bench.ok(&root(A), "ListPolicies", &[("Scope", "AWS"), ("OnlyAttached", "true")]);
    assert_eq!(listed.all("Arn"), [admin]);
    let document = allow("s3:*");
    let version = [("PolicyArn", admin), ("PolicyDocument", document.as_str())];
    assert_eq!(bench.call(&root(A), "CreatePolicyVersion", &version).status, 403);
}

#[test]
fn a_boundary_narrows_and_never_widens() {
    let mut bench = Bench::new();
    let a = root(A);
    let logs = policy(&mut bench, "logs", "logs:*");
    let s3 = policy(&mut bench, "s3", "s3:*");
    let pairs = [("UserName", "ann"), ("PermissionsBoundary", logs.as_str())];
    let made = bench.ok(&a, "CreateUser", &pairs);
    assert_eq!(made.text("PermissionsBoundaryArn"), logs);
    let id = bench.ok(&a, "CreateAccessKey", &[("UserName", "ann")]).text("AccessKeyId");
    let ann = Keys { id, token: None };
    assert!(!bench.may_create(&ann, "g"), "a boundary permits nothing by itself");
    bench.allow(A, "User", "ann", "*");
    assert!(bench.may_create(&ann, "g"));
    bench.ok(
        &a,
        "PutUserPermissionsBoundary",
        &[("UserName", "ann"), ("PermissionsBoundary", &s3)],
    );
    assert!(!bench.may_create(&ann, "g"));
    let (_, body) = bench.logs(&ann, "CreateLogGroup", r#"{"logGroupName":"g"}"#);
    assert!(
        body.contains("because no permissions boundary allows the logs:CreateLogGroup action"),
        "{body}"
    );
    bench.call(&a, "DeletePolicy", &[("PolicyArn", &s3)]).is(
        409,
        "DeleteConflict",
        "Cannot delete a policy attached to entities.",
    );
    let used = bench.ok(
        &a,
        "ListEntitiesForPolicy",
        &[("PolicyArn", &s3), ("PolicyUsageFilter", "PermissionsBoundary")],
    );
    assert_eq!(used.all("UserName"), ["ann"]);
    bench.ok(&a, "DeleteUserPermissionsBoundary", &[("UserName", "ann")]);
    assert!(bench.may_create(&ann, "g"));
    let document = trust(r#"{"AWS":"111111111111"}"#, "sts:AssumeRole");
    let missing = "arn:aws:iam::111111111111:policy/missing";
    let pairs = [
        ("RoleName", "r"),
        ("AssumeRolePolicyDocument", document.as_str()),
        ("PermissionsBoundary", missing),
    ];
    bench.call(&a, "CreateRole", &pairs).is(
        404,
        "NoSuchEntity",
        "Scope ARN: arn:aws:iam::111111111111:policy/missing does not exist or is not attachable.",
    );
}

#[test]
fn what_may_be_attached_can_be_limited() {
    let mut bench = Bench::new();
    let ann = bench.user(A, "ann");
    let arn = policy(&mut bench, "reading", "s3:*");
    let document = format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"iam:AttachUserPolicy","Resource":"*",
        "Condition":{{"ArnEquals":{{"iam:PolicyARN":"{arn}"}}}}}}}}"#
    );
    let pairs = [("UserName", "ann"), ("PolicyName", "p"), ("PolicyDocument", document.as_str())];
    bench.ok(&root(A), "PutUserPolicy", &pairs);
    let admin = "arn:aws:iam::aws:policy/AdministratorAccess";
    assert_eq!(
        bench.call(&ann, "AttachUserPolicy", &[("UserName", "ann"), ("PolicyArn", admin)]).status,
        403
    );
    bench.ok(&ann, "AttachUserPolicy", &[("UserName", "ann"), ("PolicyArn", &arn)]);
}
