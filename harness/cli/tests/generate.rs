//! `tributary generate`, as a process made of values.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, and tells why"
)]

use std::io::{Error, ErrorKind, Write};
use std::path::Path;

use tributary_cli::{Process, run};

fn with(args: &[&str], out: &mut dyn Write) -> (u8, String) {
    let mut err = Vec::new();
    let args = ["tributary", "generate"].iter().chain(args).map(Into::into).collect();
    let code = run(&mut Process {
        args,
        out,
        err: &mut err,
        colour: false,
        progress: false,
        github: false,
    });
    (code, String::from_utf8(err).unwrap())
}

fn generate(args: &[&str]) -> (u8, String, String) {
    let mut out = Vec::new();
    let (code, err) = with(args, &mut out);
    (code, String::from_utf8(out).unwrap(), err)
}

fn file(name: &str) -> String {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).to_string_lossy().into_owned()
}

#[test]
fn writes_as_many_as_were_asked_for() {
    let (code, out, err) = generate(&["vpc-flow-logs", "--count", "1234", "--seed", "3"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(out.lines().count(), 1_234);
    assert!(out.lines().all(|line| line.starts_with("2 ") && line.split(' ').count() == 14));
    let path = file("flows.log");
    let (code, nothing, _) =
        generate(&["vpc-flow-logs", "--count", "1234", "--seed", "3", "--out", &path]);
    assert_eq!((code, nothing.as_str()), (0, ""));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), out);
    let (code, again, _) = generate(&["vpc-flow-logs", "--replay", &path, "--as", "plain"]);
    assert_eq!(code, 0);
    assert_eq!(again.lines().count(), 1_234);
}

#[test]
fn the_truth_is_beside_it() {
    let path = file("truth.json");
    let (code, out, err) = generate(&[
        "vpc-flow-logs",
        "--rate",
        "200",
        "--for",
        "5m",
        "--incident",
        "port-scan",
        "crypto-mining",
        "--truth",
        &path,
    ]);
    assert_eq!(code, 0, "{err}");
    let truth: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(truth["events"].as_u64().unwrap() as usize, out.lines().count());
    assert_eq!(truth["planted"].as_array().unwrap().len(), 2);
}

struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(Error::from(ErrorKind::BrokenPipe))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    assert_eq!(with(&["vpc-flow-logs", "--count", "100000"], &mut Closed), (0, String::new()));
}

#[test]
fn bad_input_is_told_in_a_sentence() {
    let bad = file("bad.log");
    std::fs::write(&bad, "2 222222222222 eni-0a - - - - - - - 5 6 - NODATA\nhello\n").unwrap();
    for (args, code, sentence) in [
        (&["vpc-flow-logs", "--format", "${scraddr}"][..], 2, "did you mean 'srcaddr'?"),
        (&["vpc-flow-logs", "--rate", "-5"], 2, "'-5' is not a rate"),
        (&["vpc-flow-logs", "--rate", "1e15"], 2, "at most 1000000 for each"),
        (&["vpc-flow-logs", "--count", "0"], 2, "0 is not in"),
        (&["vpc-flow-logs", "--start", "-7"], 2, "'-7' is not a moment"),
        (&["vpc-flow-logs", "--start", "9999-01-01"], 2, "give times from"),
        (&["vpc-flow-logs", "--for", "soon"], 2, "'soon' is not a duration"),
        (&["vpc-flow-logs", "--worker", "3/2"], 2, "there is no worker 3/2"),
        (&["vpc-flow-logs", "--incident", "portscan"], 2, "did you mean 'port-scan'?"),
        (&["vpc-flow-logs", "--shape", "wave"], 2, "is not a shape"),
        (&["syslog"], 2, "there is no source 'syslog'"),
        (&["cloudtrail", "--format", "${srcaddr}"], 2, "a format is one of flow logs"),
        (&["vpc-flow-logs", "--replay", &bad], 103, "line 2 is not a flow-log record"),
        (&["vpc-flow-logs", "--replay", "/nowhere/x"], 2, "cannot be read"),
        (&["vpc-flow-logs", "--out", "/nowhere/x"], 2, "cannot be written"),
    ] {
        let (ended, out, err) = generate(args);
        assert_eq!((ended, out.as_str()), (code, ""), "{args:?}: {err}");
        assert!(err.contains(sentence), "{args:?}: {err}");
    }
}
