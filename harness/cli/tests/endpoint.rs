//! The command at endpoints: what it refuses, with which sentence and which exit code, and, where the
//! environment names servers, whole runs at moto and at kinesis-local.
//!
//! `TRIBUTARY_TEST_MOTO` and `TRIBUTARY_TEST_KINESIS_LOCAL` are their URLs; a test that used one says
//! `ran: …` on standard output (`--nocapture`). `TRIBUTARY_TEST_OPENSEARCH` adds an OpenSearch. Nobody
//! else may use them meanwhile: the runs take turns.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and tells why"
)]

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use common::{Ended, tributary};

/// A URL at which nobody listens: what listened there does no more.
fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

/// A server that answers every request alike, as long as the test runs; its URL, and how many
/// connections it got.
fn server(status: &'static str, headers: &'static str, body: &'static str) -> (String, Calls) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let calls = Calls::default();
    let counted = calls.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            counted.0.fetch_add(1, Ordering::SeqCst);
            std::thread::spawn(move || answer(stream, status, headers, body));
        }
    });
    (url, calls)
}

/// How many connections a server got.
#[derive(Clone, Default)]
struct Calls(Arc<AtomicUsize>);

impl Calls {
    fn number(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

fn answer(stream: TcpStream, status: &str, headers: &str, body: &str) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let line = line.trim().to_ascii_lowercase();
        if let Some(told) = line.strip_prefix("content-length:") {
            length = told.trim().parse().ok()?;
        }
        if line.is_empty() {
            break;
        }
    }
    reader.take(length).read_to_end(&mut Vec::new()).ok()?;
    let mut stream = stream;
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n");
    stream.write_all(format!("{head}connection: close\r\n\r\n{body}").as_bytes()).ok()
}

const OPENSEARCH: &str = r#"{"version":{"distribution":"opensearch","number":"3.8.0"}}"#;
const LOCALSTACK: &str = r#"{"services":{},"edition":"community","version":"4.14.0"}"#;

fn web_server() -> String {
    server("200 OK", "content-type: text/html\r\n", "<html>It works</html>").0
}

/// What answers as LocalStack, as far as it is asked who it is.
fn localstack() -> (String, Calls) {
    server("200 OK", "content-type: application/json\r\nx-localstack: true\r\n", LOCALSTACK)
}

/// Runs the scenario with these arguments; what it says when it ends with this code.
fn refused(code: u8, args: &[&str]) -> String {
    let Ended { code: ended, out, err } = tributary(&[&["run", "--for", "5s"], args].concat());
    assert_eq!(ended, code, "{args:?}: {out}{err}");
    assert_eq!(out, "", "{args:?}");
    let last = err.lines().last().unwrap_or_default().to_owned();
    assert!(code == 2 || last.starts_with("error: "), "{args:?}: {err}");
    err
}

fn holds(text: &str, all: &[&str]) {
    for words in all {
        assert!(text.contains(words), "'{words}' is not in: {text}");
    }
}

#[test]
fn an_endpoint_that_does_not_answer_or_is_another() {
    let (nobody, web) = (nobody(), web_server());
    let said = refused(102, &["--aws", &nobody]);
    holds(&said, &["AWS endpoint at http://127.0.0.1:", "does not answer", "start it, or correct"]);
    let said = refused(102, &["--aws", &web]);
    holds(&said, &["is no AWS endpoint", "It works", "correct the URL"]);
    let (search, _) = server("200 OK", "content-type: application/json\r\n", OPENSEARCH);
    let said = refused(102, &["--aws", &search]);
    holds(&said, &["it answers as OpenSearch 3.8.0; name it with --opensearch"]);
}

#[test]
fn an_opensearch_that_does_not_answer_or_is_another_or_asks_for_a_login() {
    let (aws, _) = localstack();
    let said = refused(102, &["--aws", &aws, "--opensearch", &nobody()]);
    holds(&said, &["OpenSearch at http://127.0.0.1:", "does not answer"]);
    let said = refused(102, &["--aws", &aws, "--opensearch", &web_server()]);
    holds(&said, &["is no OpenSearch", "correct the URL"]);
    for (status, code) in [("401 Unauthorized", "(401)"), ("403 Forbidden", "(403)")] {
        let header = "www-authenticate: Basic realm=\"OpenSearch Security\"\r\n";
        let (secured, _) = server(status, header, "Unauthorized");
        let said = refused(102, &["--aws", &aws, "--opensearch", &secured]);
        holds(&said, &["security plugin on", code, "https://USER:PASSWORD@HOST"]);
    }
}

#[test]
fn a_bad_url_or_file_is_told_without_a_login() {
    for (url, why) in [
        ("foo", "starts with neither http:// nor https://"),
        ("ftp://x", "starts with neither"),
        ("http://127.0.0.1:70000", "its port is none of 0 to 65535"),
        ("http://x/?a=b", "it has a query"),
    ] {
        let said = refused(102, &["--aws", url]);
        holds(&said, &[why, "give one such as http://127.0.0.1:4566"]);
    }
    let said = refused(102, &["--aws", "ftp://me:secret@host"]);
    assert!(!said.contains("secret"), "{said}");
    let aws = "https://127.0.0.1:1";
    let said = refused(102, &["--aws", aws, "--ca-bundle", "no/such.pem"]);
    holds(&said, &["no/such.pem cannot be used as a bundle of certificates", "No such file"]);
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let said = refused(102, &["--aws", aws, "--ca-bundle", manifest]);
    holds(&said, &["holds no PEM certificate"]);
}

#[test]
fn arguments_that_do_not_go_together() {
    for (args, words) in [
        (&["--backend", "containers", "--aws", "http://127.0.0.1:1"][..], "leave --backend away"),
        (&["--backend", "embedded", "--opensearch", "http://127.0.0.1:1"], "leave --backend away"),
        (&["--aws", "http://127.0.0.1:1", "--allow-account", "12"], "has to be 12 digits"),
        (&["--replace"], "--replace is for an endpoint"),
        (&["--keep"], "--keep is for an endpoint"),
        (&["--ca-bundle", "x"], "--ca-bundle is for an endpoint"),
        (&["--profile", "lab"], "--profile is for an endpoint"),
        (&["--backend", "nowhere"], "invalid value 'nowhere'"),
    ] {
        holds(&refused(2, args), &[words]);
    }
    let ended = tributary(&["load", "--worker", "1/4"]);
    assert_eq!(ended.code, 2, "{}", ended.err);
    holds(&ended.err, &["workers share an endpoint: name it with --aws"]);
}

#[test]
fn aws_itself_takes_leave() {
    let flag = "--allow-real-aws";
    let said = refused(102, &["--backend", "endpoint"]);
    holds(&said, &["without --aws URL the calls go to AWS itself", flag, "--allow-account"]);
    let said = refused(102, &[flag]);
    holds(&said, &["give --allow-account ACCOUNT for every account"]);
    for url in [
        "https://kinesis.us-west-2.amazonaws.com",
        "https://me:secret@LOGS.eu-west-1.AMAZONAWS.com.:443",
        "https://firehose.cn-north-1.amazonaws.com.cn",
    ] {
        let said = refused(102, &["--aws", url, "--allow-account", "111111111111"]);
        holds(&said, &["is AWS itself", "which costs money", "give --allow-real-aws if that"]);
        assert!(!said.contains("secret"), "{said}");
    }
}

/// The command as a process of its own, with an environment of its own.
fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tributary"));
    command.args(["run", "--rate", "20"]).args(args).stdin(Stdio::null());
    for name in ["AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"] {
        command.env_remove(name);
    }
    let nowhere = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-such-file");
    command.env("AWS_CONFIG_FILE", &nowhere).env("AWS_SHARED_CREDENTIALS_FILE", nowhere);
    command.env("AWS_EC2_METADATA_DISABLED", "true");
    command
}

/// What it said on standard error, when it ended with this code.
fn ended(command: &mut Command, code: i32) -> String {
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

/// Nothing of the environment opens a way to AWS, or turns calls that would go there elsewhere.
#[test]
fn no_environment_gives_leave_or_has_anybody_called() {
    let (listener, calls) = localstack();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-leave");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("config");
    let profile = format!(
        "[default]\nendpoint_url = {listener}\n[profile lab]\nendpoint_url = {listener}\n\
         credential_process = sh -c 'curl {listener}'\n"
    );
    std::fs::write(&file, profile).unwrap();
    for args in [&["--backend", "endpoint"][..], &["--allow-real-aws"]] {
        let mut command = command(args);
        command.env("AWS_CONFIG_FILE", &file).env("AWS_PROFILE", "lab");
        command.env("AWS_ACCESS_KEY_ID", "key").env("AWS_SECRET_ACCESS_KEY", "secret");
        let urls = ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_KINESIS", "AWS_ENDPOINT_URL_STS"];
        for name in urls.into_iter().chain(["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"]) {
            command.env(name, &listener);
        }
        command.env("AWS_EC2_METADATA_SERVICE_ENDPOINT", &listener);
        command.env("AWS_CONTAINER_CREDENTIALS_FULL_URI", &listener);
        let said = ended(&mut command, 102);
        holds(&said, &["without --aws URL the calls go to AWS itself"]);
    }
    assert_eq!(calls.number(), 0, "somebody was called");
}

#[test]
fn without_credentials_nobody_calls_aws() {
    let args = ["--allow-real-aws", "--allow-account", "111111111111", "--accounts", "one"];
    let said = ended(&mut command(&args), 102);
    holds(&said, &["there are no AWS credentials", "aws configure", "--profile"]);
    let said = ended(command(&args).args(["--profile", "nope"]), 102);
    holds(&said, &["the profile 'nope' gives no AWS credentials"]);
}

#[test]
fn credentials_that_are_refused() {
    let (aws, _) = server(
        "403 Forbidden",
        "content-type: text/xml\r\nx-amzn-requestid: 1\r\n",
        "<ErrorResponse><Error><Code>InvalidClientTokenId</Code><Message>The security token \
         included in the request is invalid.</Message></Error></ErrorResponse>",
    );
    let mut command = command(&["--aws", &aws, "--accounts", "one"]);
    command.env("AWS_ACCESS_KEY_ID", "key").env("AWS_SECRET_ACCESS_KEY", "secret");
    let said = ended(&mut command, 102);
    holds(&said, &["refuses the AWS credentials", "InvalidClientTokenId"]);
    assert!(!said.contains("secret"), "{said}");
}

#[cfg(feature = "containers")]
#[test]
fn containers_without_an_engine() {
    for host in ["tcp://127.0.0.1:1", "unix:///no/such.sock"] {
        let said = ended(command(&["--backend", "containers"]).env("DOCKER_HOST", host), 102);
        holds(&said, &["no container engine answers", "DOCKER_HOST", "--backend embedded"]);
    }
}

#[cfg(not(feature = "containers"))]
#[test]
fn a_build_without_containers_says_how_to_get_them() {
    holds(&refused(102, &["--backend", "containers"]), &["--features containers"]);
}

/// Servers are one topology's at a time.
static TURN: Mutex<()> = Mutex::new(());

/// The URL that this variable names, and the turn to use it.
fn named(variable: &str) -> Option<(String, MutexGuard<'static, ()>)> {
    match std::env::var(variable) {
        Ok(url) if !url.is_empty() => {
            Some((url, TURN.lock().unwrap_or_else(PoisonError::into_inner)))
        }
        _ => {
            println!("skipped: {variable} names no URL");
            None
        }
    }
}

/// A small run with these arguments that ends with this code: what it wrote down.
fn ran(name: &str, code: u8, args: &[&str]) -> (Value, String) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    let report = folder.to_string_lossy();
    let first = ["run", "--rate", "20", "--for", "5s", "--report", &report];
    let Ended { code: ended, out, err } = tributary(&[&first, args].concat());
    assert_eq!(ended, code, "{args:?}: {out}{err}");
    assert!(!err.contains("left behind"), "{err}");
    let run = std::fs::read_to_string(folder.join("run.json")).unwrap();
    let run: Value = serde_json::from_str(&run).unwrap();
    assert_eq!(run["exit_code"], code);
    (run, out)
}

fn outcome_of<'a>(run: &'a Value, check: &str) -> &'a str {
    let checks = run["checks"].as_array().unwrap();
    checks.iter().find(|it| it["id"] == check).unwrap()["outcome"].as_str().unwrap()
}

fn skips(run: &Value) -> Vec<&str> {
    let skipped = run["skipped"].as_array().unwrap();
    skipped.iter().map(|it| it["requires"].as_str().unwrap()).collect()
}

fn bridges(run: &Value) -> Vec<&str> {
    let bridges = run["bridges"].as_array().unwrap();
    bridges.iter().map(|it| it.as_str().unwrap().split(':').next().unwrap()).collect()
}

/// Everything arrived in the backup, and nothing of it is claimed of what is not there.
fn all_backed_up(run: &Value) {
    let counts = &run["delivery"];
    assert_eq!(counts["generated"], 100, "{counts}");
    assert_eq!(counts["backed_up"], 100, "{counts}");
    assert_eq!(counts["indexed"], 0, "{counts}");
    assert_eq!(run["outcome"], "passed");
    for check in ["delivery.loss", "delivery.duplicate", "delivery.corruption", "delivery.leak"] {
        assert_eq!(outcome_of(run, check), "passed", "{check}");
    }
    assert_eq!(outcome_of(run, "delivery.order"), "skipped");
    for missing in ["opensearch", "filter-patterns", "firehose-kinesis-source", "sources"] {
        assert!(skips(run).contains(&missing), "{missing}: {:?}", skips(run));
    }
}

#[test]
fn moto_does_what_it_can_and_the_rest_is_bridged() {
    let Some((moto, _turn)) = named("TRIBUTARY_TEST_MOTO") else { return };
    let (run, out) = ran("moto-key", 0, &["--backend", "endpoint", "--aws", &moto]);
    all_backed_up(&run);
    assert_eq!(run["backend_is"], "moto");
    assert_eq!(bridges(&run), ["sources", "firehose", "transform"], "one account needs no outbox");
    assert!(skips(&run).contains(&"accounts"));
    holds(&out, &["every event is in s3://demo-logs-s3 (100 of 100)", "passed; "]);
    // A second time: nothing was left. With roles there are several accounts.
    let roles = ["--aws", &moto, "--accounts", "assume-role"];
    let (run, _) = ran("moto-roles", 0, &roles);
    all_backed_up(&run);
    assert_eq!(bridges(&run), ["sources", "subscription", "firehose", "transform"]);
    assert!(!skips(&run).contains(&"accounts"));
    let (run, out) = ran("moto-strict", 102, &[&roles[..], &["--strict"]].concat());
    assert_eq!(run["outcome"], "failed");
    holds(&out, &["were skipped (--strict)", "exit 102", "--accounts assume-role"]);
    println!("ran: moto, by key, by role, and strictly");
}

fn begun(args: &[&str]) -> Child {
    let mut child = command(&["--for", "60s"]).args(args).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.starts_with("setting the topology up") {
        line.clear();
        assert_ne!(lines.read_line(&mut line).unwrap(), 0, "it ended before it began");
    }
    child.stderr = Some(lines.into_inner());
    wait_a_moment();
    child
}

/// Until a topology is half set up, or traffic flows: either has to be cleared away.
#[expect(clippy::disallowed_methods, reason = "what a process does has no clock of ours")]
fn wait_a_moment() {
    std::thread::sleep(std::time::Duration::from_secs(3));
}

#[cfg(unix)]
#[test]
fn what_is_interrupted_is_removed_and_what_was_killed_is_replaced() {
    let Some((moto, _turn)) = named("TRIBUTARY_TEST_MOTO") else { return };
    let report = Path::new(env!("CARGO_TARGET_TMPDIR")).join("interrupted");
    let args = ["--aws", &moto, "--report", report.to_str().unwrap()];
    for signal in ["-INT", "-TERM"] {
        let mut child = begun(&args);
        let killed = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(killed.unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(105), "{signal}");
    }
    let mut child = begun(&args);
    child.kill().unwrap();
    child.wait().unwrap();
    let said = refused(102, &["--aws", &moto]);
    holds(&said, &["an earlier run left what it made", "--replace", "tributary:run="]);
    let (run, _) = ran("moto-replaced", 0, &["--aws", &moto, "--replace"]);
    all_backed_up(&run);
    ran("moto-after", 0, &["--aws", &moto]);
    println!("ran: moto, interrupted and killed");
}

/// Calls Kinesis at moto, which looks at no signature; what it answered.
fn kinesis_at(moto: &str, operation: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(moto.trim_start_matches("http://")).unwrap();
    let length = body.len();
    write!(
        stream,
        "POST / HTTP/1.1\r\nhost: moto\r\nconnection: close\r\ncontent-length: {length}\r\n\
         content-type: application/x-amz-json-1.1\r\nx-amz-target: Kinesis_20131202.{operation}\r\n\
         authorization: AWS4-HMAC-SHA256 Credential=111111111111/20260101/us-west-2/kinesis/\
         aws4_request, SignedHeaders=host, Signature=0\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn what_is_somebody_elses_is_refused_and_not_touched() {
    let Some((moto, _turn)) = named("TRIBUTARY_TEST_MOTO") else { return };
    let name = r#"{"StreamName":"Demo_Kinesis_Stream"}"#;
    let made =
        kinesis_at(&moto, "CreateStream", r#"{"StreamName":"Demo_Kinesis_Stream","ShardCount":3}"#);
    assert!(made.starts_with("HTTP/1.1 200"), "{made}");
    for more in [&[][..], &["--replace"]] {
        let said = refused(102, &[&["--aws", &moto][..], more].concat());
        holds(&said, &["stream Demo_Kinesis_Stream of account 123456789012 (somebody else's)"]);
        holds(&said, &["carries no tag of Tributary and is not touched", "remove it yourself"]);
    }
    let described = kinesis_at(&moto, "DescribeStreamSummary", name);
    holds(&described, &["\"OpenShardCount\": 3"]);
    kinesis_at(&moto, "DeleteStream", name);
    println!("ran: moto, with somebody else's stream");
}

#[test]
fn kinesis_local_has_a_stream_and_nothing_else() {
    let Some((kinesis, _turn)) = named("TRIBUTARY_TEST_KINESIS_LOCAL") else { return };
    for _ in 0..2 {
        let (run, out) = ran("kinesis-local", 0, &["--backend", "endpoint", "--aws", &kinesis]);
        assert_eq!(
            (&run["outcome"], &run["backend_is"]),
            (&"skipped".into(), &"kinesis-local".into())
        );
        for check in ["loss", "duplicate", "corruption", "leak", "order"] {
            assert_eq!(outcome_of(&run, &format!("delivery.{check}")), "skipped", "{check}");
        }
        assert_eq!(outcome_of(&run, "transform.contract"), "passed");
        assert_eq!(bridges(&run), ["sources", "subscription", "transform"]);
        for missing in ["logs", "firehose", "s3", "opensearch"] {
            assert!(skips(&run).contains(&missing), "{missing}");
        }
        let stages = run["stages"].as_array().unwrap();
        let kinesis = stages.iter().find(|it| it["stage"] == "kinesis").unwrap();
        assert_eq!(kinesis["events"], 100, "every event was followed through the stream");
        holds(&out, &["every event came through the stream (100)", "so not passed"]);
    }
    let (run, _) = ran("kinesis-local-strict", 102, &["--aws", &kinesis, "--strict"]);
    assert_eq!(run["outcome"], "failed");
    println!("ran: kinesis-local, twice and strictly");
}

#[test]
fn kinesis_local_with_an_opensearch_loses_nothing() {
    let Some((kinesis, _turn)) = named("TRIBUTARY_TEST_KINESIS_LOCAL") else { return };
    let Ok(opensearch) = std::env::var("TRIBUTARY_TEST_OPENSEARCH") else { return };
    let args = ["--aws", &kinesis, "--opensearch", &opensearch];
    let (run, out) = ran("kinesis-local-opensearch", 0, &args);
    assert_eq!(run["outcome"], "passed");
    assert_eq!(run["delivery"]["indexed"], 100);
    assert_eq!(outcome_of(&run, "delivery.loss"), "passed");
    assert!(!skips(&run).contains(&"opensearch") && skips(&run).contains(&"s3"));
    holds(&out, &["every event is in OpenSearch (100 of 100); there is no backup to look into"]);
    println!("ran: kinesis-local with OpenSearch");
}
