//! Trust policies: whom they may name, and that they mean that one and nobody later.

use super::support::{A, B, Bench, root, trust};

fn create(bench: &mut Bench, principal: &str) -> super::support::Answer {
    let document = trust(principal, "sts:AssumeRole");
    let pairs = [("RoleName", "x"), ("AssumeRolePolicyDocument", document.as_str())];
    bench.call(&root(B), "CreateRole", &pairs)
}

#[test]
fn whom_a_role_trusts_has_to_exist() {
    let mut bench = Bench::new();
    bench.user(A, "ann");
    bench.role(A, "r", r#"{"AWS":"111111111111"}"#);
    for arn in [
        "arn:aws:iam::111111111111:user/bob",
        "arn:aws:iam::111111111111:user/path/ann",
        "arn:aws:iam::111111111111:role/other",
        "arn:aws:sts::111111111111:assumed-role/other/session",
        "AIDAAAAAAAAAAAAAAAAAA",
        "arn:aws:iam::111111111111:user/*",
    ] {
        create(&mut bench, &format!(r#"{{"AWS":"{arn}"}}"#)).is(
            400,
            "MalformedPolicyDocument",
            &format!("Invalid principal in policy: \"AWS\":\"{arn}\""),
        );
    }
    let all = r#"{"AWS":["arn:aws:iam::111111111111:user/ann","arn:aws:iam::111111111111:role/r",
        "arn:aws:sts::111111111111:assumed-role/r/s","333333333333","*"],"Service":"logs.amazonaws.com"}"#;
    assert_eq!(create(&mut bench, all).status, 200);
}

#[test]
fn a_name_taken_again_is_somebody_else() {
    let mut bench = Bench::new();
    let ann = bench.user(A, "ann");
    bench.allow(A, "User", "ann", "sts:*");
    let id = bench.ok(&ann, "GetCallerIdentity", &[]).text("UserId");
    let arn = bench.role(B, "r", r#"{"AWS":"arn:aws:iam::111111111111:user/ann"}"#);
    bench.assume(&ann, &arn, &[]);
    let a = root(A);
    bench.ok(&a, "DeleteAccessKey", &[("UserName", "ann"), ("AccessKeyId", &ann.id)]);
    bench.ok(&a, "DeleteUserPolicy", &[("UserName", "ann"), ("PolicyName", "p")]);
    bench.ok(&a, "DeleteUser", &[("UserName", "ann")]);
    let again = bench.user(A, "ann");
    bench.allow(A, "User", "ann", "sts:*");
    let pairs = [("RoleArn", arn.as_str()), ("RoleSessionName", "session")];
    bench.call(&again, "AssumeRole", &pairs).is(
        403,
        "AccessDenied",
        "User: arn:aws:iam::111111111111:user/ann is not authorized to perform: sts:AssumeRole on \
         resource: arn:aws:iam::222222222222:role/r",
    );
    let shown =
        bench.ok(&root(B), "GetRole", &[("RoleName", "r")]).text("AssumeRolePolicyDocument");
    assert!(shown.contains(&id) && !shown.contains("user"), "{shown}");
}

#[test]
fn a_renamed_user_is_still_trusted() {
    let mut bench = Bench::new();
    let ann = bench.user(A, "ann");
    bench.allow(A, "User", "ann", "sts:*");
    let arn = bench.role(B, "r", r#"{"AWS":"arn:aws:iam::111111111111:user/ann"}"#);
    bench.ok(&root(A), "UpdateUser", &[("UserName", "ann"), ("NewUserName", "anna")]);
    bench.assume(&ann, &arn, &[]);
    bench.ok(&root(A), "UpdateUser", &[("UserName", "anna"), ("NewUserName", "a")]);
    bench.assume(&ann, &arn, &[]);
}

#[test]
fn a_trust_policy_is_replaced_and_limited() {
    let mut bench = Bench::new();
    let ann = bench.user(A, "ann");
    bench.allow(A, "User", "ann", "sts:*");
    let arn = bench.role(B, "r", r#"{"AWS":"111111111111"}"#);
    bench.assume(&ann, &arn, &[]);
    let update = |bench: &mut Bench, document: &str| {
        let pairs = [("RoleName", "r"), ("PolicyDocument", document)];
        bench.call(&root(B), "UpdateAssumeRolePolicy", &pairs)
    };
    let other = trust(r#"{"AWS":"333333333333"}"#, "sts:AssumeRole");
    assert_eq!(update(&mut bench, &other).status, 200);
    let pairs = [("RoleArn", arn.as_str()), ("RoleSessionName", "session")];
    assert_eq!(bench.call(&ann, "AssumeRole", &pairs).status, 403);
    let accounts: Vec<String> =
        (0..200).map(|n| format!("\"{:012}\"", 100_000_000_000_u64 + n)).collect();
    let long = trust(&format!(r#"{{"AWS":[{}]}}"#, accounts.join(",")), "sts:AssumeRole");
    update(&mut bench, &long).is(
        409,
        "LimitExceeded",
        "Cannot exceed quota for ACLSizePerRole: 2048",
    );
}
