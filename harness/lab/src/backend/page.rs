//! `docs/backends.md` is made from the tables of what each backend can do, and is up to date.

use std::fmt::Write;
use std::path::Path;

use super::table::{Entry, entry};
use super::{Capability, EndpointKind};

const HEAD: &str = "# What each backend can do

Made from the tables of `harness/lab/src/backend`; `TRIBUTARY_UPDATE=1 cargo test -p tributary --lib \\
backend::page` writes it again.

A scenario requires capabilities. What a backend lacks is bridged by the harness where the scenario allows it,
or the scenario is skipped with the reason; a run on an endpoint looks at what is said here before it begins:
who answers, in whose name, and which services there are.

The tables of LocalStack (community 4.14.0), moto (5.2.5, its server) and kinesis-local (0.6.2 and 0.5.2) are what
was seen when each hop was tried on them. The table of AWS is from its documentation; nothing was tried there.
Of another version of LocalStack the table is taken as that of 4.14, but for what is tried again: subscriptions,
filter patterns, destinations across accounts and Firehose to S3.

";

fn columns() -> [(&'static str, Option<EndpointKind>); 7] {
    let version = || "x".to_owned();
    [
        ("embedded", None),
        ("LocalStack", Some(EndpointKind::LocalStack { version: "4.14.0".to_owned() })),
        ("moto", Some(EndpointKind::Moto)),
        ("kinesis-local", Some(EndpointKind::KinesisLocal)),
        ("another Tributary", Some(EndpointKind::Tributary { version: version() })),
        ("AWS", Some(EndpointKind::Aws)),
        ("anything else", Some(EndpointKind::Unknown { server: version() })),
    ]
}

fn page() -> String {
    let mut page = HEAD.to_owned();
    let columns = columns();
    let names: Vec<&str> = columns.iter().map(|it| it.0).collect();
    writeln!(page, "| capability | {} |", names.join(" | ")).unwrap();
    writeln!(page, "|---{}|", "|---".repeat(names.len())).unwrap();
    for capability in Capability::ALL {
        let cells = columns.iter().map(|(_, kind)| match kind {
            None => "yes",
            Some(kind) => match entry(kind, *capability) {
                Entry::Yes => "yes",
                Entry::If(_) => "if",
                Entry::No(_) => "no",
                Entry::Tried => "tried",
            },
        });
        let cells: Vec<&str> = cells.collect();
        writeln!(page, "| `{capability}`: {} | {} |", capability.about(), cells.join(" | "))
            .unwrap();
    }
    page += "\n`containers` is LocalStack, and an OpenSearch beside it, started by the harness.\n";
    for (name, kind) in &columns {
        let Some(kind) = kind else { continue };
        writeln!(page, "\n## {name}\n").unwrap();
        for capability in Capability::ALL {
            match entry(kind, *capability) {
                Entry::Yes => {}
                Entry::If(condition) => {
                    writeln!(page, "- `{capability}`: if {condition}.").unwrap();
                }
                Entry::No(reason) => writeln!(page, "- no `{capability}`: {reason}.").unwrap(),
                Entry::Tried => writeln!(page, "- `{capability}`: tried.").unwrap(),
            }
        }
    }
    page += TAIL;
    page
}

const TAIL: &str = "
A service is there if a harmless call of it is answered. Delivery is tried with a stream, a log group, a delivery
stream and a bucket named `tributary-probe-…`, which are removed again; an event may take 5 seconds, an object 10.

## Notes

- LocalStack tells which services `SERVICES` leaves out; what needs one of them is missing then. Its Firehose reads a
  stream with the help of `dynamodb`.
- moto gives every access key the account 123456789012. A subscription filter of each account that is assumed delivers
  to a stream of that account within the call of PutLogEvents. It throttles no stream, and takes records of more than 1 MiB.
- kinesis-local listens at port 4567 with TLS and at 4568 without (`KINESIS_MOCK_TLS_PORT`, `KINESIS_MOCK_PLAIN_PORT`), and
  must be started in the folder of its package, where its certificate `server.json` is. Its certificate is signed by itself and
  names no host. It answers signed calls only, without looking at the signature. Version 0.6 has the accounts of the
  access keys, and takes a record for a stream of another account by its ARN, which AWS does by policy only; version
  0.5 has one account, which `AWS_ACCOUNT_ID` names. At the most 50 shards (`SHARD_LIMIT`); records up to 1 MiB.

## AWS itself

Refused, however the environment is set, unless `--allow-real-aws` and at least one `--allow-account` are given: the first is the
master, the others are members, and no call is made in another account once it is known whose the credentials are. AWS is
an endpoint without `--aws`, a URL (of OpenSearch too) under a domain of AWS's partitions, and whatever answers as S3 of AWS or
with a certificate of AWS under another name. `AWS_ENDPOINT_URL`, `AWS_ENDPOINT_URL_<SERVICE>` and the `endpoint_url` of a profile
redirect nothing, and no redirection of an answer is followed.
";

#[test]
fn the_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/backends.md");
    if std::env::var_os("TRIBUTARY_UPDATE").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page(), "run it with TRIBUTARY_UPDATE=1");
}
