//! What IAM knows of the services of the pipeline: their actions, the resources that those may
//! name, and their condition keys. The tables lie in `services/`, one file per service, and say
//! where they come from.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::overlap::Form;
use crate::policy::pattern::{Style, Wildcard};

/// One service, read from its table.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) prefix: &'static str,
    pub(super) kinds: Vec<ResourceKind>,
    pub(super) keys: Vec<(&'static str, KeyType)>,
    /// Names of API operations that are no actions, with the action that stands for each.
    operations: Vec<(&'static str, &'static str)>,
    pub(super) actions: Vec<Action>,
}

/// A kind of resource, such as a stream.
#[derive(Debug)]
pub(super) struct ResourceKind {
    pub(super) name: &'static str,
    /// The form of its ARN, as AWS writes it: `arn:aws:kinesis:${Region}:${Account}:stream/…`.
    pub(super) arn: &'static str,
    pub(super) form: Form,
}

/// An action and the kinds of resource that a statement may name for it.
#[derive(Debug)]
pub(super) struct Action {
    pub(super) name: &'static str,
    pub(super) names: Named,
}

/// What an action may name as its resource.
#[derive(Debug)]
pub(super) enum Named {
    /// Only `*`.
    Nothing,
    /// Anything of the service: the table does not say more.
    Anything,
    /// These kinds.
    Kinds(Vec<&'static str>),
}

/// The type of a condition key's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyType {
    Text,
    Arn,
    Number,
    Date,
    Flag,
    Address,
    /// A key of many values, whatever their type.
    List,
}

macro_rules! tables {
    ($($prefix:literal),*) => {
        [$(($prefix, include_str!(concat!("services/", $prefix, ".txt")))),*]
    };
}

const TABLES: [(&str, &str); 17] = tables![
    "cloudtrail",
    "cloudwatch",
    "ec2",
    "es",
    "events",
    "firehose",
    "guardduty",
    "iam",
    "kinesis",
    "kms",
    "lambda",
    "logs",
    "organizations",
    "s3",
    "sns",
    "sqs",
    "sts"
];

/// The services whose tables there are.
pub(super) fn services() -> &'static [Service] {
    static SERVICES: OnceLock<Vec<Service>> = OnceLock::new();
    SERVICES.get_or_init(|| TABLES.iter().map(|(prefix, text)| read(prefix, text)).collect())
}

/// The service of a prefix, whatever its case.
pub(super) fn service(prefix: &str) -> Option<&'static Service> {
    services().iter().find(|service| service.prefix.eq_ignore_ascii_case(prefix))
}

/// The prefixes of all services that IAM knows.
pub(super) fn prefixes() -> &'static BTreeSet<&'static str> {
    static PREFIXES: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    PREFIXES.get_or_init(|| {
        let lines = include_str!("prefixes.txt").lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(str::split_ascii_whitespace).collect()
    })
}

fn read(prefix: &'static str, text: &'static str) -> Service {
    let mut service = Service {
        prefix,
        kinds: Vec::new(),
        keys: Vec::new(),
        operations: Vec::new(),
        actions: Vec::new(),
    };
    for line in text.lines() {
        let mut words = line.split_ascii_whitespace();
        let mut next = || words.next().unwrap_or_default();
        match next() {
            "" | "#" => {}
            "=" => {
                let (name, arn) = (next(), next());
                service.kinds.push(ResourceKind {
                    name,
                    arn,
                    form: Form::of_kind(prefix, name, arn),
                });
            }
            "?" => service.keys.push((next(), key_type(next()))),
            ">" => service.operations.push((next(), next())),
            name => {
                let kinds: Vec<&str> = words.collect();
                let names = match kinds.as_slice() {
                    ["-"] => Named::Nothing,
                    ["+"] => Named::Anything,
                    _ => Named::Kinds(kinds),
                };
                service.actions.push(Action { name, names });
            }
        }
    }
    service
}

fn key_type(name: &str) -> KeyType {
    match name {
        "Arn" => KeyType::Arn,
        "Numeric" => KeyType::Number,
        "Date" => KeyType::Date,
        "Bool" => KeyType::Flag,
        "Ip" => KeyType::Address,
        list if list.starts_with("List") => KeyType::List,
        _ => KeyType::Text,
    }
}

impl Service {
    /// The action of this name, whatever its case.
    pub(super) fn action(&self, name: &str) -> Option<&Action> {
        self.actions.iter().find(|action| action.name.eq_ignore_ascii_case(name))
    }

    /// The actions that a pattern matches.
    pub(super) fn matching(&self, pattern: &str) -> Vec<&Action> {
        if !pattern.contains(['*', '?']) {
            return self.action(pattern).into_iter().collect();
        }
        let wildcard = Wildcard::compile(pattern, Style::FoldCase);
        self.actions.iter().filter(|action| wildcard.matches(action.name)).collect()
    }

    /// The action that stands for an API operation of another name.
    pub(super) fn action_of_operation(&self, operation: &str) -> Option<&'static str> {
        let found = self.operations.iter().find(|(name, _)| name.eq_ignore_ascii_case(operation));
        found.map(|(_, action)| *action)
    }

    pub(super) fn kind(&self, name: &str) -> Option<&ResourceKind> {
        self.kinds.iter().find(|kind| kind.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_whole() {
        for service in services() {
            assert!(service.actions.len() >= 10, "{}", service.prefix);
            assert!(prefixes().contains(service.prefix));
            let names: Vec<String> =
                service.actions.iter().map(|a| a.name.to_ascii_lowercase()).collect();
            assert!(names.is_sorted(), "{}", service.prefix);
            for action in &service.actions {
                if let Named::Kinds(kinds) = &action.names {
                    for kind in kinds {
                        assert!(service.kind(kind).is_some(), "{} {kind}", action.name);
                    }
                }
            }
            for (operation, action) in &service.operations {
                assert!(service.action(action).is_some(), "{operation} {action}");
                assert!(service.action(operation).is_none(), "{operation}");
            }
        }
    }

    #[test]
    fn permissions_without_an_operation_are_known() {
        for (prefix, name) in [
            ("iam", "PassRole"),
            ("s3", "ListBucket"),
            ("s3", "GetBucketAcl"),
            ("lambda", "InvokeFunction"),
            ("es", "ESHttpPost"),
            ("s3", "ListAllMyBuckets"),
            ("logs", "PutSubscriptionFilter"),
            ("kinesis", "putrecord"),
            ("kms", "GenerateDataKey"),
            ("firehose", "PutRecordBatch"),
            ("sqs", "SendMessage"),
            ("sns", "Publish"),
        ] {
            assert!(service(prefix).unwrap().action(name).is_some(), "{prefix}:{name}");
        }
    }
}
