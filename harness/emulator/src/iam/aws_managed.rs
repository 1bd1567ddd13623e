//! The policies that AWS itself manages, those whose text is known for certain. Any other is
//! answered with `NoSuchEntity` that says so: a guessed text would decide wrongly and silently.

use std::collections::BTreeMap;

use tributary_vocabulary::{Timestamp, stable_hash};

use crate::policy::{PolicyDocument, PolicyKind};

use super::managed::{AWS_PREFIX, ManagedPolicy, PolicyVersion};
use super::state::named;
use super::tags::Tags;

/// Path and name, and the statements.
const TEXTS: &[(&str, &str)] = &[
    ("AdministratorAccess", r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#),
    ("AWSDenyAll", r#"{"Sid":"DenyAll","Effect":"Deny","Action":["*"],"Resource":"*"}"#),
    ("AmazonKinesisFullAccess", r#"{"Effect":"Allow","Action":"kinesis:*","Resource":"*"}"#),
    (
        "AmazonKinesisReadOnlyAccess",
        r#"{"Effect":"Allow","Action":["kinesis:Get*","kinesis:List*","kinesis:Describe*"],"Resource":"*"}"#,
    ),
    (
        "AmazonKinesisFirehoseFullAccess",
        r#"{"Action":["firehose:*"],"Effect":"Allow","Resource":"*"}"#,
    ),
    (
        "AmazonKinesisFirehoseReadOnlyAccess",
        r#"{"Effect":"Allow","Action":["firehose:Describe*","firehose:List*"],"Resource":"*"}"#,
    ),
    (
        "AmazonS3FullAccess",
        r#"{"Effect":"Allow","Action":["s3:*","s3-object-lambda:*"],"Resource":"*"}"#,
    ),
    (
        "AmazonS3ReadOnlyAccess",
        r#"{"Effect":"Allow","Action":["s3:Get*","s3:List*","s3:Describe*","s3-object-lambda:Get*","s3-object-lambda:List*"],"Resource":"*"}"#,
    ),
    ("AmazonOpenSearchServiceFullAccess", r#"{"Action":["es:*"],"Effect":"Allow","Resource":"*"}"#),
    (
        "AmazonOpenSearchServiceReadOnlyAccess",
        r#"{"Action":["es:Describe*","es:List*","es:Get*"],"Effect":"Allow","Resource":"*"}"#,
    ),
    (
        "IAMReadOnlyAccess",
        r#"{"Effect":"Allow","Action":["iam:GenerateCredentialReport","iam:GenerateServiceLastAccessedDetails","iam:Get*","iam:List*","iam:SimulateCustomPolicy","iam:SimulatePrincipalPolicy"],"Resource":"*"}"#,
    ),
    (
        "service-role/AWSLambdaBasicExecutionRole",
        r#"{"Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}"#,
    ),
    (
        "service-role/AWSLambdaKinesisExecutionRole",
        r#"{"Effect":"Allow","Action":["kinesis:DescribeStream","kinesis:DescribeStreamSummary","kinesis:GetRecords","kinesis:GetShardIterator","kinesis:ListShards","kinesis:ListStreams","kinesis:SubscribeToShard","logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}"#,
    ),
];

/// 2015-02-06T18:39:46Z, when AWS made the first of them.
const CREATED: Timestamp = Timestamp::from_ms(1_423_247_986_000);

/// All of them, by ARN.
pub(super) fn all() -> BTreeMap<String, ManagedPolicy> {
    let policies = TEXTS.iter().filter_map(|(place, statement)| {
        let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#);
        // A text that is no policy is left out; a test holds that there is none.
        let document = PolicyDocument::parse(&text, PolicyKind::Identity).ok()?;
        let arn = format!("{AWS_PREFIX}{place}");
        let (path, name) = match place.rsplit_once('/') {
            Some((path, name)) => (format!("/{path}/"), name),
            None => ("/".to_owned(), *place),
        };
        let policy = named(format!("AWS managed policy {name}"), document);
        let policy = ManagedPolicy {
            name: name.to_owned(),
            path,
            id: id(&arn),
            description: None,
            created: CREATED,
            updated: CREATED,
            versions: BTreeMap::from([(1, PolicyVersion { created: CREATED, policy })]),
            default: 1,
            next: 2,
            tags: Tags::default(),
            arn: arn.clone(),
        };
        Some((arn, policy))
    });
    policies.collect()
}

/// An id that is the same in every world; AWS's own are not known.
fn id(arn: &str) -> String {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let hash = (u128::from(stable_hash(arn.as_bytes())) << 64)
        | u128::from(stable_hash(arn.to_uppercase().as_bytes()));
    let letter = |place: u32| {
        let index = usize::try_from((hash >> (5 * place)) % 32).unwrap_or(0);
        char::from(digits[index])
    };
    std::iter::once("ANPA".to_owned()).chain((0..17).map(|n| letter(n).to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_a_policy() {
        let all = all();
        assert_eq!(all.len(), TEXTS.len());
        let ids: std::collections::BTreeSet<_> = all.values().map(|policy| &policy.id).collect();
        assert_eq!(ids.len(), all.len());
        assert!(ids.iter().all(|id| id.len() == 21));
    }
}
