//! Users, groups, roles, their keys, inline policies and tags.

use super::support::{A, B, Bench, Keys, allow, root, trust};

const EC2: &str = r#"{"Service":"ec2.amazonaws.com"}"#;

#[test]
fn a_user_lives_and_dies() {
    let mut bench = Bench::new();
    let a = root(A);
    let pairs = [
        ("UserName", "ann"),
        ("Path", "/division/"),
        ("Tags.member.1.Key", "team"),
        ("Tags.member.1.Value", "red"),
    ];
    let made = bench.ok(&a, "CreateUser", &pairs);
    assert_eq!(made.text("Arn"), "arn:aws:iam::111111111111:user/division/ann");
    assert!(made.text("UserId").starts_with("AIDA") && made.text("UserId").len() == 21);
    assert_eq!(made.root.name, "CreateUserResponse");
    bench.call(&a, "CreateUser", &[("UserName", "ANN")]).is(
        409,
        "EntityAlreadyExists",
        "User with name ANN already exists.",
    );
    let keys = bench.ok(&a, "CreateAccessKey", &[("UserName", "ann")]);
    let ann = Keys { id: keys.text("AccessKeyId"), token: None };
    assert_eq!(keys.text("SecretAccessKey").len(), 40);
    let who = bench.ok(&ann, "GetCallerIdentity", &[]);
    assert_eq!(who.text("UserId"), made.text("UserId"));
    assert_eq!(who.text("Arn"), made.text("Arn"));
    bench.call(&ann, "GetUser", &[]).is(
        403,
        "AccessDenied",
        "User: arn:aws:iam::111111111111:user/division/ann is not authorized to perform: \
         iam:GetUser on resource: arn:aws:iam::111111111111:user/division/ann because no \
         identity-based policy allows the iam:GetUser action",
    );
    bench.allow(A, "User", "ann", "iam:*");
    assert_eq!(bench.ok(&ann, "GetUser", &[]).text("Key"), "team");
    let conflict = |bench: &mut Bench, message: &str| {
        bench.call(&a, "DeleteUser", &[("UserName", "ann")]).is(409, "DeleteConflict", message);
    };
    conflict(&mut bench, "Cannot delete entity, must delete access keys first.");
    bench.ok(&a, "CreateGroup", &[("GroupName", "crew")]);
    bench.ok(&a, "AddUserToGroup", &[("GroupName", "crew"), ("UserName", "ann")]);
    bench.ok(&a, "DeleteAccessKey", &[("UserName", "ann"), ("AccessKeyId", &ann.id)]);
    conflict(&mut bench, "Cannot delete entity, must remove users from group first.");
    bench.ok(&a, "RemoveUserFromGroup", &[("GroupName", "crew"), ("UserName", "ann")]);
    conflict(&mut bench, "Cannot delete entity, must delete policies first.");
    bench.ok(&a, "DeleteUserPolicy", &[("UserName", "ann"), ("PolicyName", "p")]);
    bench.ok(&a, "DeleteUser", &[("UserName", "ann")]);
    bench.call(&a, "GetUser", &[("UserName", "ann")]).is(
        404,
        "NoSuchEntity",
        "The user with name ann cannot be found.",
    );
    assert_eq!(bench.ok(&a, "GetUser", &[]).text("Arn"), "arn:aws:iam::111111111111:root");
}

#[test]
fn keys_work_while_they_are_active() {
    let mut bench = Bench::new();
    let ann = bench.user(A, "ann");
    bench.allow(A, "User", "ann", "logs:*");
    assert!(bench.may_create(&ann, "g"));
    let used = bench.ok(&root(A), "GetAccessKeyLastUsed", &[("AccessKeyId", &ann.id)]);
    assert_eq!((used.text("ServiceName"), used.text("UserName")), ("sts".into(), "ann".into()));
    let second = bench.ok(&root(A), "CreateAccessKey", &[("UserName", "ann")]);
    let second = second.text("AccessKeyId");
    let used = bench.ok(&root(A), "GetAccessKeyLastUsed", &[("AccessKeyId", &second)]);
    assert_eq!((used.text("Region"), used.has("LastUsedDate")), ("N/A".into(), false));
    bench.call(&root(A), "CreateAccessKey", &[("UserName", "ann")]).is(
        409,
        "LimitExceeded",
        "Cannot exceed quota for AccessKeysPerUser: 2",
    );
    let status =
        |status| [("UserName", "ann"), ("AccessKeyId", ann.id.as_str()), ("Status", status)];
    bench.ok(&root(A), "UpdateAccessKey", &status("Inactive"));
    bench.call(&ann, "GetCallerIdentity", &[]).is(
        403,
        "InvalidClientTokenId",
        "The security token included in the request is invalid.",
    );
    let (code, body) = bench.logs(&ann, "DescribeLogGroups", "{}");
    assert!(code == 400 && body.contains("UnrecognizedClientException"), "{body}");
    bench.ok(&root(A), "UpdateAccessKey", &status("Active"));
    bench.ok(&ann, "GetCallerIdentity", &[]);
    let listed = bench.ok(&root(A), "ListAccessKeys", &[("UserName", "ann")]);
    assert_eq!(listed.all("AccessKeyId").len(), 2);
    assert_eq!(
        bench.ok(&root(B), "GetAccessKeyInfo", &[("AccessKeyId", &ann.id)]).text("Account"),
        A
    );
    bench.call(&root(A), "UpdateAccessKey", &status("Off")).is(
        400,
        "ValidationError",
        "1 validation error detected: Value at 'status' failed to satisfy constraint: Member must \
         satisfy enum value set: [Active, Inactive]",
    );
}

#[test]
fn a_group_lends_its_policies() {
    let mut bench = Bench::new();
    let a = root(A);
    let ann = bench.user(A, "ann");
    bench.ok(&a, "CreateGroup", &[("GroupName", "crew")]);
    bench.ok(&a, "AddUserToGroup", &[("GroupName", "crew"), ("UserName", "ann")]);
    assert!(!bench.may_create(&ann, "g"));
    bench.allow(A, "Group", "crew", "logs:*");
    assert!(bench.may_create(&ann, "g"));
    bench.ok(&a, "UpdateGroup", &[("GroupName", "crew"), ("NewGroupName", "team")]);
    assert!(bench.may_create(&ann, "g"));
    assert_eq!(bench.ok(&a, "GetGroup", &[("GroupName", "team")]).text("UserName"), "ann");
    let groups = bench.ok(&a, "ListGroupsForUser", &[("UserName", "ann")]);
    assert_eq!(groups.all("GroupName"), ["team"]);
    assert_eq!(
        bench.ok(&a, "ListGroupPolicies", &[("GroupName", "team")]).list("PolicyNames"),
        ["p"]
    );
    bench.call(&a, "DeleteGroup", &[("GroupName", "team")]).is(
        409,
        "DeleteConflict",
        "Cannot delete entity, must remove users from group first.",
    );
    bench.ok(&a, "RemoveUserFromGroup", &[("GroupName", "team"), ("UserName", "ann")]);
    assert!(!bench.may_create(&ann, "g"));
    bench.ok(&a, "DeleteGroupPolicy", &[("GroupName", "team"), ("PolicyName", "p")]);
    bench.ok(&a, "DeleteGroup", &[("GroupName", "team")]);
    assert!(bench.ok(&a, "ListGroups", &[]).all("GroupName").is_empty());
}

#[test]
fn a_renamed_user_keeps_keys_and_policies() {
    let mut bench = Bench::new();
    let ann = bench.user(A, "ann");
    bench.allow(A, "User", "ann", "logs:*");
    bench.user(A, "bob");
    bench.call(&root(A), "UpdateUser", &[("UserName", "ann"), ("NewUserName", "bob")]).is(
        409,
        "EntityAlreadyExists",
        "User with name bob already exists.",
    );
    let change = [("UserName", "ann"), ("NewUserName", "Anna"), ("NewPath", "/x/")];
    bench.ok(&root(A), "UpdateUser", &change);
    let who = bench.ok(&ann, "GetCallerIdentity", &[]).text("Arn");
    assert_eq!(who, "arn:aws:iam::111111111111:user/x/Anna");
    assert!(bench.may_create(&ann, "g"));
}

#[test]
fn a_role_is_described_and_deleted() {
    let mut bench = Bench::new();
    let a = root(A);
    let document = trust(EC2, "sts:AssumeRole");
    let pairs = [
        ("RoleName", "r"),
        ("Path", "/service/"),
        ("Description", "for <tests>"),
        ("MaxSessionDuration", "07200"),
        ("AssumeRolePolicyDocument", document.as_str()),
    ];
    bench.ok(&a, "CreateRole", &pairs);
    let role = bench.ok(&a, "GetRole", &[("RoleName", "R")]);
    assert_eq!(role.text("Arn"), "arn:aws:iam::111111111111:role/service/r");
    assert_eq!(role.text("CreateDate"), "2026-01-01T00:00:00Z");
    assert_eq!(
        (role.text("MaxSessionDuration"), role.text("Description")),
        ("7200".into(), "for <tests>".into())
    );
    assert!(role.text("AssumeRolePolicyDocument").starts_with("%7B%22Version%22%3A"));
    bench.ok(&a, "UpdateRole", &[("RoleName", "r"), ("MaxSessionDuration", "3600")]);
    assert_eq!(bench.ok(&a, "GetRole", &[("RoleName", "r")]).text("MaxSessionDuration"), "3600");
    bench.allow(A, "Role", "r", "logs:*");
    bench.call(&a, "GetRolePolicy", &[("RoleName", "r"), ("PolicyName", "q")]).is(
        404,
        "NoSuchEntity",
        "The role policy with name q cannot be found.",
    );
    bench.call(&a, "DeleteRole", &[("RoleName", "r")]).is(
        409,
        "DeleteConflict",
        "Cannot delete entity, must delete policies first.",
    );
    bench.ok(&a, "DeleteRolePolicy", &[("RoleName", "r"), ("PolicyName", "p")]);
    bench.ok(&a, "DeleteRole", &[("RoleName", "r")]);
    bench.call(&a, "GetRole", &[("RoleName", "r")]).is(
        404,
        "NoSuchEntity",
        "The role with name r cannot be found.",
    );
}

#[test]
fn what_is_wrong_is_told_without_its_value() {
    let mut bench = Bench::new();
    let long = "x".repeat(65);
    let rows: &[(&str, &[(&str, &str)], &str, &str)] = &[
        (
            "CreateUser",
            &[],
            "ValidationError",
            "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must not be null",
        ),
        (
            "CreateUser",
            &[("UserName", "a b")],
            "ValidationError",
            r"1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]+",
        ),
        (
            "CreateUser",
            &[("UserName", &long), ("Path", "x")],
            "ValidationError",
            r"2 validation errors detected: Value at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64; Value at 'path' failed to satisfy constraint: Member must satisfy regular expression pattern: (\u002F)|(\u002F[\u0021-\u007E]+\u002F)",
        ),
        (
            "ListUsers",
            &[("MaxItems", "0")],
            "ValidationError",
            "1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1",
        ),
        (
            "ListUsers",
            &[("MaxItems", " 1")],
            "MalformedInput",
            "The request contains a value of the wrong type.",
        ),
        (
            "ListPolicies",
            &[("OnlyAttached", "yes")],
            "MalformedInput",
            "The request contains a value of the wrong type.",
        ),
        ("ListUsers", &[("Marker", "!")], "ValidationError", "Invalid Marker."),
        (
            "TagUser",
            &[("UserName", "a"), ("Tags.member.1.Key", "k")],
            "ValidationError",
            "1 validation error detected: Value at 'tags.1.member.value' failed to satisfy constraint: Member must not be null",
        ),
        (
            "TagUser",
            &[("UserName", "a"), ("Tags.member.0.Key", "k")],
            "MalformedInput",
            "The request contains a value of the wrong type.",
        ),
    ];
    for (action, pairs, code, message) in rows {
        bench.call(&root(A), action, pairs).is(400, code, message);
    }
    let answer = bench.call(&root(A), "Nonsense", &[]);
    assert_eq!((answer.status, answer.text("Code").as_str()), (400, "InvalidAction"));
}

#[test]
fn listings_come_in_pages() {
    let mut bench = Bench::new();
    for n in 0..7 {
        let path = if n % 2 == 0 { "/even/" } else { "/" };
        bench.ok(&root(A), "CreateUser", &[("UserName", &format!("u{n}")), ("Path", path)]);
    }
    bench.ok(&root(B), "CreateUser", &[("UserName", "other")]);
    let mut names = Vec::new();
    let mut marker = None;
    loop {
        let mut pairs = vec![("MaxItems", "3".to_owned())];
        pairs.extend(marker.map(|marker| ("Marker", marker)));
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let page = bench.ok(&root(A), "ListUsers", &pairs);
        names.extend(page.all("UserName"));
        assert_eq!(page.has("Marker"), page.text("IsTruncated") == "true");
        if !page.has("Marker") {
            break;
        }
        marker = Some(page.text("Marker"));
    }
    assert_eq!(names, ["u0", "u1", "u2", "u3", "u4", "u5", "u6"]);
    let even = bench.ok(&root(A), "ListUsers", &[("PathPrefix", "/even/")]);
    assert_eq!(even.all("UserName").len(), 4);
}

#[test]
fn inline_policies_have_quotas() {
    let mut bench = Bench::new();
    bench.user(A, "ann");
    let put = |bench: &mut Bench, name: &str, padding: usize| {
        let policy = allow(&format!("s3:{}", "x".repeat(padding)));
        let pairs =
            [("UserName", "ann"), ("PolicyName", name), ("PolicyDocument", policy.as_str())];
        bench.call(&root(A), "PutUserPolicy", &pairs)
    };
    assert_eq!(put(&mut bench, "one", 1_500).status, 200);
    assert_eq!(put(&mut bench, "one", 1_600).status, 200);
    put(&mut bench, "two", 400).is(
        409,
        "LimitExceeded",
        "Maximum policy size of 2048 bytes exceeded for user ann",
    );
    let pairs = [("UserName", "ann"), ("PolicyName", "p"), ("PolicyDocument", "{")];
    bench.call(&root(A), "PutUserPolicy", &pairs).is(
        400,
        "MalformedPolicyDocument",
        "This policy contains invalid Json",
    );
}

#[test]
fn tags_tell_conditions_who_calls() {
    let mut bench = Bench::new();
    let ann = bench.user(A, "ann");
    let policy = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"logs:*","Resource":"*",
        "Condition":{"StringEquals":{"aws:PrincipalTag/team":"red"}}}}"#;
    let pairs = [("UserName", "ann"), ("PolicyName", "p"), ("PolicyDocument", policy)];
    bench.ok(&root(A), "PutUserPolicy", &pairs);
    assert!(!bench.may_create(&ann, "g"));
    let tag = |value| {
        [("UserName", "ann"), ("Tags.member.1.Key", "Team"), ("Tags.member.1.Value", value)]
    };
    bench.ok(&root(A), "TagUser", &tag("blue"));
    assert!(!bench.may_create(&ann, "g"));
    bench.ok(&root(A), "TagUser", &tag("red"));
    assert!(bench.may_create(&ann, "g"));
    assert_eq!(bench.ok(&root(A), "ListUserTags", &[("UserName", "ann")]).all("Key"), ["Team"]);
    bench.ok(&root(A), "UntagUser", &[("UserName", "ann"), ("TagKeys.member.1", "team")]);
    assert!(!bench.may_create(&ann, "g"));
    let twice = [
        ("UserName", "ann"),
        ("Tags.member.1.Key", "a"),
        ("Tags.member.1.Value", ""),
        ("Tags.member.2.Key", "A"),
        ("Tags.member.2.Value", ""),
    ];
    assert_eq!(bench.call(&root(A), "TagUser", &twice).text("Code"), "InvalidInput");
}

#[test]
fn a_request_tells_its_address_and_client() {
    let mut bench = Bench::new();
    let ann = bench.user(A, "ann");
    let policy = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"logs:*","Resource":"*",
        "Condition":{"IpAddress":{"aws:SourceIp":"192.0.2.0/24"},"StringLike":{"aws:UserAgent":"aws-cli/*"}}}}"#;
    let pairs = [("UserName", "ann"), ("PolicyName", "p"), ("PolicyDocument", policy)];
    bench.ok(&root(A), "PutUserPolicy", &pairs);
    bench.headers = vec![("user-agent", "aws-cli/2".into())];
    assert!(!bench.may_create(&ann, "g"));
    bench.headers.push(("x-forwarded-for", "192.0.2.7, 10.0.0.1".into()));
    assert!(bench.may_create(&ann, "g"));
    bench.headers.remove(0);
    assert!(!bench.may_create(&ann, "g"));
}

#[test]
fn a_role_of_a_service_is_its_own() {
    let mut bench = Bench::new();
    let a = root(A);
    let service = [("AWSServiceName", "guardduty.amazonaws.com")];
    let role = bench.ok(&a, "CreateServiceLinkedRole", &service);
    let name = role.text("RoleName");
    assert_eq!(
        role.text("Arn"),
        "arn:aws:iam::111111111111:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty"
    );
    assert_eq!(bench.call(&a, "CreateServiceLinkedRole", &service).text("Code"), "InvalidInput");
    for action in ["DeleteRole", "UpdateRole"] {
        bench.call(&a, action, &[("RoleName", &name)]).is(
            400,
            "UnmodifiableEntity",
            "Cannot perform the operation on the protected role 'AWSServiceRoleForAmazonGuardDuty' - \
             this role is only modifiable by AWS",
        );
    }
    let unknown = [("AWSServiceName", "nope.amazonaws.com")];
    assert_eq!(bench.call(&a, "CreateServiceLinkedRole", &unknown).text("Code"), "InvalidInput");
}
