//! Laws that hold whatever the policies say.

use proptest::prelude::*;

use super::support::{A, B, decide, document, identity, policy};
use crate::policy::{Context, NamedPolicy, Outcome, Policies, PolicyKind, ResourceService};

const STREAMS: [&str; 2] = [
    "arn:aws:kinesis:us-west-2:111111111111:stream/s",
    "arn:aws:kinesis:us-west-2:222222222222:stream/s",
];
const CALLERS: [&str; 5] = [
    "arn:aws:iam::111111111111:root",
    "arn:aws:iam::111111111111:user/ann",
    "arn:aws:sts::111111111111:assumed-role/cwrole/logs",
    "firehose.amazonaws.com",
    "nobody",
];
const CONDITIONS: [&str; 8] = [
    r#"{"StringEquals": {"k": ["a", "b"]}}"#,
    r#"{"StringNotLike": {"k": "a*"}}"#,
    r#"{"NumericLessThan": {"k": "5"}}"#,
    r#"{"Null": {"k": "true"}}"#,
    r#"{"ForAllValues:StringEquals": {"k": "a"}}"#,
    r#"{"ForAnyValue:StringNotEqualsIfExists": {"k": "a"}}"#,
    r#"{"NotIpAddress": {"k": "10.0.0.0/8"}, "Bool": {"b": "false"}}"#,
    r#"{"ArnNotLike": {"k": "arn:aws:*:*:*:x"}}"#,
];

fn effect() -> impl Strategy<Value = &'static str> {
    prop_oneof![3 => Just("Allow"), 1 => Just("Deny")]
}

fn action() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "kinesis:PutRecord",
        "kinesis:*",
        "*",
        "s3:GetObject",
        "kinesis:?ut*",
    ])
}

fn condition() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        1 => prop::sample::select(&CONDITIONS[..]).prop_map(|c| format!(r#", "Condition": {c}"#)),
    ]
}

fn on() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["*", "arn:aws:kinesis:*:*:stream/s", STREAMS[0], STREAMS[1]])
}

fn identity_statement() -> impl Strategy<Value = String> {
    (effect(), action(), on(), condition()).prop_map(|(effect, action, on, condition)| {
        format!(r#"{{"Effect": "{effect}", "Action": "{action}", "Resource": "{on}"{condition}}}"#)
    })
}

fn resource_statement() -> impl Strategy<Value = String> {
    let principal = prop::sample::select(vec![
        r#""*""#,
        r#"{"AWS": "111111111111"}"#,
        r#"{"AWS": "222222222222"}"#,
        r#"{"AWS": "arn:aws:iam::111111111111:user/ann"}"#,
        r#"{"AWS": "arn:aws:iam::111111111111:role/cwrole"}"#,
        r#"{"Service": "firehose.amazonaws.com"}"#,
    ]);
    (identity_statement(), principal).prop_map(|(statement, principal)| {
        statement.replacen('{', &format!(r#"{{"Principal": {principal}, "#), 1)
    })
}

fn context() -> impl Strategy<Value = Context> {
    prop_oneof![
        Just(Context::new()),
        "[ab0-9.]{0,3}".prop_map(|value| Context::new().with("k", value).with("b", "no")),
        prop::collection::vec("[ab]", 0..3)
            .prop_map(|values| Context::new().with_list("k", values)),
    ]
}

fn some(statements: &[String], kind: PolicyKind) -> Option<NamedPolicy> {
    (!statements.is_empty()).then(|| policy("p", kind, &document(&statements.join(", "))))
}

#[derive(Debug, Clone)]
struct World {
    identity: Vec<String>,
    resource: Vec<String>,
    boundary: Vec<String>,
    who: &'static str,
    on: &'static str,
    context: Context,
}

impl World {
    fn policies(&self) -> Policies {
        Policies {
            identity: self.identity.iter().map(|statement| identity(statement)).collect(),
            resource: some(&self.resource, PolicyKind::Resource(ResourceService::Kinesis)),
            boundary: some(&self.boundary, PolicyKind::Boundary),
            ..Policies::default()
        }
    }

    fn outcome(&self, policies: &Policies) -> Outcome {
        decide(self.who, "kinesis:PutRecord", self.on, &self.context, policies).outcome()
    }
}

fn world() -> impl Strategy<Value = World> {
    let statements = |most| prop::collection::vec(identity_statement(), 0..most);
    (
        statements(4),
        prop::collection::vec(resource_statement(), 0..4),
        statements(3),
        prop::sample::select(&CALLERS[..]),
        prop::sample::select(&STREAMS[..]),
        context(),
    )
        .prop_map(|(identity, resource, boundary, who, on, context)| World {
            identity,
            resource,
            boundary,
            who,
            on,
            context,
        })
}

proptest! {
    #[test]
    fn a_deny_never_allows(world in world(), more in identity_statement(), principal in resource_statement()) {
        let before = world.outcome(&world.policies());
        let mut denied = world.clone();
        denied.identity.push(more.replace("Allow", "Deny"));
        denied.resource.push(principal.replace("Allow", "Deny"));
        // A first resource policy is more than a Deny: it is what a destination waits for.
        if before != Outcome::Allowed {
            prop_assert_ne!(denied.outcome(&denied.policies()), Outcome::Allowed);
        }
        let everything = r#"{"Effect": "Deny", "Action": "*", "Resource": "*"}"#;
        let mut refused = world;
        if refused.who.starts_with("arn:") {
            refused.identity.push(everything.into());
            prop_assert_eq!(refused.outcome(&refused.policies()), Outcome::ExplicitDeny);
        }
    }

    #[test]
    fn an_allow_never_denies(world in world(), more in identity_statement()) {
        let before = world.outcome(&world.policies());
        let mut allowed = world;
        allowed.identity.push(more.replace("Deny", "Allow"));
        let after = allowed.outcome(&allowed.policies());
        if before == Outcome::Allowed {
            prop_assert_eq!(after, Outcome::Allowed);
        } else if before == Outcome::ExplicitDeny {
            prop_assert_eq!(after, Outcome::ExplicitDeny);
        }
    }

    #[test]
    fn an_identity_allow_never_crosses_accounts_by_itself(mut world in world()) {
        world.resource.clear();
        world.on = STREAMS[1];
        prop_assert_ne!(world.outcome(&world.policies()), Outcome::Allowed);
        let denies: Vec<String> =
            world.identity.iter().map(|statement| statement.replace("Allow", "Deny")).collect();
        world.resource = denies
            .iter()
            .map(|statement| statement.replacen('{', r#"{"Principal": "*", "#, 1))
            .collect();
        prop_assert_ne!(world.outcome(&world.policies()), Outcome::Allowed);
    }

    #[test]
    fn a_resource_allow_never_crosses_accounts_by_itself(mut world in world()) {
        world.identity.clear();
        world.on = STREAMS[1];
        if world.who.contains(A) && !world.who.ends_with(":root") {
            prop_assert_ne!(world.outcome(&world.policies()), Outcome::Allowed);
        }
    }

    /// Whatever is put around a caller or a resource, nobody may do more than before.
    #[test]
    fn limits_never_widen(world in world(), limit in identity_statement()) {
        let before = world.outcome(&world.policies());
        let text = document(&limit);
        let without = world.policies();
        let boundary = Policies {
            boundary: Some(policy("boundary", PolicyKind::Boundary, &text)),
            ..Policies { boundary: None, ..without.clone() }
        };
        let session = Policies {
            session: vec![policy("session", PolicyKind::Session, &text)],
            ..without.clone()
        };
        let scps = Policies {
            scps: vec![vec![policy("scp", PolicyKind::Scp, &text)]],
            ..without.clone()
        };
        let unbounded = world.outcome(&Policies { boundary: None, ..without });
        prop_assert!(unbounded == Outcome::Allowed || world.outcome(&boundary) != Outcome::Allowed);
        if before != Outcome::Allowed {
            prop_assert_ne!(world.outcome(&session), Outcome::Allowed);
            prop_assert_ne!(world.outcome(&scps), Outcome::Allowed);
        }
    }

    /// More in a boundary, a session policy or a level of the organisation permits nothing that
    /// the caller was not permitted without them.
    #[test]
    fn more_levels_never_widen(world in world(), levels in prop::collection::vec(identity_statement(), 1..4)) {
        let mut policies = world.policies();
        let mut last = world.outcome(&policies);
        for statement in levels {
            policies.scps.push(vec![policy("scp", PolicyKind::Scp, &document(&statement))]);
            let now = world.outcome(&policies);
            prop_assert!(now != Outcome::Allowed || last == Outcome::Allowed);
            last = now;
        }
    }

    /// What does not ask for the context decides the same under any.
    #[test]
    fn who_asks_no_context_needs_none(world in world(), other in context()) {
        let policies = world.policies();
        if !policies.ask_context() {
            let expected = world.outcome(&policies);
            let elsewhere = World { context: other, ..world };
            prop_assert_eq!(elsewhere.outcome(&policies), expected);
        }
    }

    #[test]
    fn order_never_matters(world in world()) {
        let expected = world.outcome(&world.policies());
        let mut turned = world.clone();
        turned.identity.reverse();
        turned.resource.reverse();
        turned.boundary.reverse();
        prop_assert_eq!(turned.outcome(&turned.policies()), expected);
        // One document of many statements says what many documents of one say.
        let mut joined = world.policies();
        joined.identity = some(&world.identity, PolicyKind::Identity).into_iter().collect();
        prop_assert_eq!(world.outcome(&joined), expected);
    }

    #[test]
    fn allow_and_deny_of_one_condition_are_opposites(
        condition in prop::sample::select(&CONDITIONS[..]), context in context(),
    ) {
        let core = r#""Action": "*", "Resource": "*""#;
        let allow = format!(r#"{{"Effect": "Allow", {core}, "Condition": {condition}}}"#);
        let deny = format!(
            r#"{{"Effect": "Allow", {core}}}, {{"Effect": "Deny", {core}, "Condition": {condition}}}"#
        );
        let outcome = |statements: &str| {
            let policies = Policies { identity: vec![identity(statements)], ..Policies::default() };
            decide(CALLERS[1], "kinesis:PutRecord", STREAMS[0], &context, &policies).is_allowed()
        };
        prop_assert_ne!(outcome(&allow), outcome(&deny));
    }

    #[test]
    fn every_denial_says_why(world in world()) {
        let policies = world.policies();
        let decision = decide(world.who, "kinesis:PutRecord", world.on, &world.context, &policies);
        prop_assert_eq!(decision.denial().is_none(), decision.is_allowed());
        if let Some(denial) = decision.denial() {
            prop_assert!(decision.sentence().contains("is not authorized to perform: kinesis:PutRecord"));
            prop_assert!(decision.explanation_lines().iter().all(|line| !line.is_empty()));
            prop_assert_eq!(denial.denied_by.is_some(), decision.outcome() == Outcome::ExplicitDeny);
        } else {
            let root_at_home = world.who.ends_with(":root") && world.on.contains(A);
            prop_assert!(root_at_home || !decision.granted_by(&policies).is_empty());
        }
        prop_assert!(!world.on.contains(B) || decision.granted_by(&policies).len() < 3);
    }
}
