//! A declared organisation binds its accounts and fills its condition keys.

use tributary_vocabulary::{AccountId, Region};

use super::support::{A, B, Bench, Keys, root, trust};
use crate::iam::{
    ControlPolicies, FULL_AWS_ACCESS, Member, Organization, OrganizationError, Unit,
    assume_role_for_service, declare_organization,
};
use crate::kernel::Access;

const DENY_LOGS: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"logs:CreateLogGroup","Resource":"*"}}"#;

fn named(policies: &[(&str, &str)]) -> Vec<(String, String)> {
    policies.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// Account 9 manages; account 1 lies in a unit, account 2 in the root.
fn organization(unit: ControlPolicies, member: ControlPolicies) -> Organization {
    let account = AccountId::repeated;
    Organization {
        id: "o-exampleorg".into(),
        management_account: account(9),
        root: Unit {
            id: "r-root".into(),
            accounts: vec![Member { account: account(2), policies: ControlPolicies::default() }],
            units: vec![Unit {
                id: "ou-root-work".into(),
                policies: unit,
                accounts: vec![Member { account: account(1), policies: member }],
                units: Vec::new(),
            }],
            ..Unit::default()
        },
    }
}

fn administrator(bench: &mut Bench, account: &str) -> Keys {
    let keys = bench.user(account, "admin");
    bench.allow(account, "User", "admin", "*");
    keys
}

#[test]
fn every_level_has_to_permit_and_none_may_forbid() {
    let none = ControlPolicies::default;
    let scps = |list: &[(&str, &str)]| ControlPolicies { scps: named(list), ..none() };
    let full = ("FullAWSAccess", FULL_AWS_ACCESS);
    let s3 = (
        "OnlyS3",
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#,
    );
    let rows = [
        (none(), none(), true),
        (scps(&[full, ("NoLogs", DENY_LOGS)]), none(), false),
        (none(), scps(&[full, ("NoLogs", DENY_LOGS)]), false),
        (scps(&[s3]), none(), false),
        (none(), scps(&[s3]), false),
        (none(), scps(&[s3, full]), true),
        (scps(&[("NoLogs", DENY_LOGS)]), none(), false),
    ];
    let mut bench = Bench::new();
    let inside = administrator(&mut bench, A);
    let beside = administrator(&mut bench, B);
    let management = administrator(&mut bench, "999999999999");
    for (unit, member, expected) in rows {
        let label = format!("{unit:?} {member:?}");
        declare_organization(&mut bench.world, organization(unit, member)).unwrap();
        assert_eq!(bench.may_create(&inside, "g"), expected, "{label}");
        assert_eq!(bench.may_create(&root(A), "g"), expected, "a root is bound too: {label}");
        assert!(bench.may_create(&beside, "g") && bench.may_create(&management, "g"));
    }
    let scps = ControlPolicies { scps: named(&[full, ("NoLogs", DENY_LOGS)]), ..none() };
    let at_root = Unit { policies: scps, ..organization(none(), none()).root };
    let all = Organization { root: at_root, ..organization(none(), none()) };
    declare_organization(&mut bench.world, all).unwrap();
    assert!(!bench.may_create(&inside, "g") && !bench.may_create(&beside, "g"));
    assert!(bench.may_create(&management, "g"), "nothing binds the management account");
    let (_, body) = bench.logs(&inside, "CreateLogGroup", r#"{"logGroupName":"g"}"#);
    assert!(body.contains("with an explicit deny in a service control policy"), "{body}");
}

#[test]
fn the_resources_account_is_bound_whoever_calls() {
    let mut bench = Bench::new();
    let outside = bench.user("333333333333", "ann");
    bench.allow("333333333333", "User", "ann", "sts:*");
    let arn = bench.role(A, "r", r#"{"AWS":"333333333333","Service":"logs.amazonaws.com"}"#);
    bench.assume(&outside, &arn, &[]);
    let perimeter = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Resource":"*",
        "Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-exampleorg","aws:SourceOrgID":"o-exampleorg"}}}}"#;
    let rcps =
        ControlPolicies { rcps: named(&[("Perimeter", perimeter)]), ..ControlPolicies::default() };
    let declared = organization(rcps, ControlPolicies::default());
    declare_organization(&mut bench.world, declared).unwrap();
    let service = |bench: &mut Bench, source: u8| {
        let (region, source) = (Region::us_west_2(), AccountId::repeated(source));
        let source_arn = format!("arn:aws:logs:us-west-2:{source}:log-group:g:*");
        let world = &mut bench.world;
        assume_role_for_service(world, "logs.amazonaws.com", &arn, &region, source, &source_arn)
    };
    // Both conditions have to differ: one from outside has no aws:SourceOrgID, and IfExists holds.
    let pairs = [("RoleArn", arn.as_str()), ("RoleSessionName", "session")];
    assert_eq!(bench.call(&outside, "AssumeRole", &pairs).status, 403);
    assert!(service(&mut bench, 2).is_ok());
    assert!(service(&mut bench, 3).is_err());
}

#[test]
fn conditions_know_the_organisation() {
    let mut bench = Bench::new();
    let ann = bench.user(A, "ann");
    bench.allow(A, "User", "ann", "sts:*");
    let document = |condition: &str| {
        let plain = trust(r#"{"AWS":"*"}"#, "sts:AssumeRole");
        plain.replace("\"}]}", &format!("\",\"Condition\":{condition}}}]}}"))
    };
    let rows = [
        (r#"{"StringEquals":{"aws:PrincipalOrgID":"o-exampleorg"}}"#, true),
        (r#"{"StringEquals":{"aws:PrincipalOrgID":"o-other"}}"#, false),
        (
            r#"{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-exampleorg/r-root/ou-root-work/*"}}"#,
            true,
        ),
        (
            r#"{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-exampleorg/r-root/ou-other/*"}}"#,
            false,
        ),
        (r#"{"StringEquals":{"aws:ResourceOrgID":"${aws:PrincipalOrgID}"}}"#, true),
    ];
    bench.role(B, "r", r#"{"AWS":"*"}"#);
    let ask = |bench: &mut Bench, condition: &str| {
        let document = document(condition);
        bench.ok(
            &root(B),
            "UpdateAssumeRolePolicy",
            &[("RoleName", "r"), ("PolicyDocument", &document)],
        );
        let arn = "arn:aws:iam::222222222222:role/r";
        bench.call(&ann, "AssumeRole", &[("RoleArn", arn), ("RoleSessionName", "session")]).status
            == 200
    };
    assert!(!ask(&mut bench, rows[0].0), "there is no organisation yet");
    let none = ControlPolicies::default;
    declare_organization(&mut bench.world, organization(none(), none())).unwrap();
    for (condition, expected) in rows {
        assert_eq!(ask(&mut bench, condition), expected, "{condition}");
    }
}

#[test]
fn what_is_no_organisation_is_refused() {
    let mut bench = Bench::new();
    let none = ControlPolicies::default;
    let bad = ControlPolicies { scps: named(&[("x", "{")]), ..none() };
    let refused = declare_organization(&mut bench.world, organization(bad, none()));
    assert!(matches!(refused, Err(OrganizationError::Policy { .. })), "{refused:?}");
    let id = Organization { id: "x".into(), ..organization(none(), none()) };
    assert_eq!(declare_organization(&mut bench.world, id), Err(OrganizationError::Id("x".into())));
    let mut twice = organization(none(), none());
    twice.root.accounts.push(Member { account: AccountId::repeated(1), policies: none() });
    let refused = declare_organization(&mut bench.world, twice);
    assert!(matches!(refused, Err(OrganizationError::Twice(..))));
    declare_organization(&mut bench.world, organization(none(), none())).unwrap();
    let other = Organization { id: "o-other".into(), ..organization(none(), none()) };
    assert!(matches!(
        declare_organization(&mut bench.world, other),
        Err(OrganizationError::Twice(..))
    ));
}

#[test]
fn a_role_that_a_service_took_on_is_bound_like_any_other() {
    let mut bench = Bench::new();
    let document = trust(r#"{"Service":"logs.amazonaws.com"}"#, "sts:AssumeRole");
    let pairs =
        [("RoleName", "r"), ("Path", "/p/"), ("AssumeRolePolicyDocument", document.as_str())];
    let arn = bench.ok(&root(A), "CreateRole", &pairs).text("Arn");
    let own = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*",
        "Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111111111111:role/p/r"}}}}"#;
    let pairs = [("RoleName", "r"), ("PolicyName", "p"), ("PolicyDocument", own)];
    bench.ok(&root(A), "PutRolePolicy", &pairs);
    let (region, account) = (Region::us_west_2(), AccountId::repeated(1));
    let source = "arn:aws:logs:us-west-2:111111111111:log-group:g:*";
    let world = &mut bench.world;
    let caller =
        assume_role_for_service(world, "logs.amazonaws.com", &arn, &region, account, source)
            .unwrap();
    assert_eq!(caller.principal.arn(), "arn:aws:sts::111111111111:assumed-role/r/logs");
    let group = "arn:aws:logs:us-west-2:111111111111:log-group:g";
    let may = |bench: &Bench| {
        bench.world.decide(&caller, Access::to("logs:CreateLogGroup", group)).is_allowed()
    };
    assert!(may(&bench));
    let scps = named(&[("FullAWSAccess", FULL_AWS_ACCESS), ("NoLogs", DENY_LOGS)]);
    let unit = ControlPolicies { scps, ..ControlPolicies::default() };
    declare_organization(&mut bench.world, organization(unit, ControlPolicies::default())).unwrap();
    assert!(!may(&bench));
    let none = ControlPolicies::default;
    declare_organization(&mut bench.world, organization(none(), none())).unwrap();
    let s3 = "arn:aws:iam::aws:policy/AmazonS3FullAccess";
    let boundary = [("RoleName", "r"), ("PermissionsBoundary", s3)];
    bench.ok(&root(A), "PutRolePermissionsBoundary", &boundary);
    assert!(!may(&bench));
}
