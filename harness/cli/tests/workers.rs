//! Several processes of the command that send to one endpoint, and what `tributary merge` makes of
//! them: `TRIBUTARY_TEST_AWS`, `TRIBUTARY_TEST_OPENSEARCH` and `TRIBUTARY_TEST_OPENSEARCH_INSIDE`
//! name one that nobody else works with.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and tells why"
)]

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tributary_reports::{Outcome, Run};

use common::tributary;

const WORKERS: usize = 4;
const RATE: &str = "40";
const LASTING: &str = "20s";

/// An empty folder of this test.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("workers");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The flags of the endpoint; `None` when there is none to try.
fn endpoint() -> Option<Vec<String>> {
    let mut flags = Vec::new();
    for (flag, variable) in [
        ("--aws", "TRIBUTARY_TEST_AWS"),
        ("--opensearch", "TRIBUTARY_TEST_OPENSEARCH"),
        ("--opensearch-inside", "TRIBUTARY_TEST_OPENSEARCH_INSIDE"),
    ] {
        flags.extend([flag.to_owned(), std::env::var(variable).ok()?]);
    }
    Some(flags)
}

fn start(folder: &Path, number: usize, endpoint: &[String]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_tributary"))
        .args(["load", "--worker", &format!("{number}/{WORKERS}"), "--quiet"])
        .args(["--rate", RATE, "--for", LASTING])
        .args(endpoint)
        .arg("--json")
        .arg(folder.join(format!("run-{number}.json")))
        .arg("--report")
        .arg(folder.join(format!("report-{number}")))
        .stdout(Stdio::null())
        .stderr(std::fs::File::create(folder.join(format!("worker-{number}.log"))).unwrap())
        .spawn()
        .unwrap()
}

/// Events by source, account and log stream, of a `truth.json`.
fn counts(truths: &Value, into: &mut BTreeMap<String, u64>) {
    for truth in truths.as_array().unwrap() {
        for (source, of_source) in truth["by_source"].as_object().unwrap() {
            for (account, of_account) in of_source["by_account"].as_object().unwrap() {
                for (stream, events) in of_account["by_log_stream"].as_object().unwrap() {
                    // Findings lie in a stream of EventBridge's naming, which is another every time.
                    let stream = if source == "guardduty" { "" } else { stream };
                    let key = format!("{source} {account} {stream}");
                    *into.entry(key).or_default() += events.as_u64().unwrap();
                }
            }
        }
    }
}

fn truth(folder: &Path, number: usize) -> Value {
    let file = folder.join(format!("report-{number}/truth.json"));
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

#[test]
fn four_workers_send_what_one_would_and_their_sums_close() {
    let Some(endpoint) = endpoint() else {
        println!("not run: four workers: TRIBUTARY_TEST_AWS and its like name no endpoint");
        return;
    };
    let folder = folder();
    // Worker 1 comes last: the others wait for it.
    let children: Vec<(usize, Child)> =
        (1..=WORKERS).rev().map(|number| (number, start(&folder, number, &endpoint))).collect();
    for (number, mut child) in children {
        let code = child.wait().unwrap().code();
        let log = std::fs::read_to_string(folder.join(format!("worker-{number}.log"))).unwrap();
        assert_eq!(code, Some(0), "worker {number}: {log}");
    }
    let files: Vec<String> = (1..=WORKERS)
        .map(|number| folder.join(format!("run-{number}.json")).to_string_lossy().into_owned())
        .collect();
    let merged_file = folder.join("merged.json").to_string_lossy().into_owned();
    let merged_folder = folder.join("merged").to_string_lossy().into_owned();
    let mut args = vec!["merge", "--json", &merged_file, "--report", &merged_folder];
    args.extend(files.iter().map(String::as_str));
    let ended = tributary(&args);
    assert_eq!(ended.code, 0, "{}{}", ended.out, ended.err);

    let merged = Run::from_json(&std::fs::read_to_string(&merged_file).unwrap()).unwrap();
    let sums = merged.checks.iter().find(|check| check.id == "merge.sums").unwrap();
    assert_eq!((merged.outcome, sums.outcome), (Outcome::Passed, Outcome::Passed), "{sums:?}");
    let total = &merged.delivery.total;
    assert_eq!((total.generated, total.indexed, total.backed_up), (800, 800, 800));
    assert!((merged.topology.rate_per_s - 40.0).abs() < 1e-6, "{:?}", merged.topology);
    for stage in &merged.stages {
        assert_eq!(stage.events, 800, "{}", stage.stage);
    }

    // What one process sends, at another place: the embedded one.
    let alone = folder.join("report-0").to_string_lossy().into_owned();
    let ended =
        tributary(&["run", "--quiet", "--rate", RATE, "--for", LASTING, "--report", &alone]);
    assert_eq!(ended.code, 0, "{}{}", ended.out, ended.err);
    let (mut of_one, mut of_all) = (BTreeMap::new(), BTreeMap::new());
    counts(&truth(&folder, 0), &mut of_one);
    for number in 1..=WORKERS {
        counts(&truth(&folder, number), &mut of_all);
        let run = std::fs::read_to_string(&files[number - 1]).unwrap();
        let run = Run::from_json(&run).unwrap();
        assert_eq!(run.epoch, merged.epoch);
        assert!(run.repeat.contains(&format!("load centralized-logging --worker {number}/4 ")));
    }
    assert_eq!(of_all, of_one);
    println!("ran: four workers");
}
