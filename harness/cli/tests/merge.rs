//! `tributary merge`, as a process made of values.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and tells why"
)]

mod common;

use std::path::Path;

use serde_json::Value;
use tributary_reports::{Check, Outcome, Run, ShardFigures, StageFigures, Worker, json};

use common::tributary;

/// A folder of this test, with nothing in it.
fn folder(name: &str) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("merge").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder.to_string_lossy().into_owned()
}

/// What a worker of one endpoint leaves; only the first one carries the bridges.
fn share(index: u64, of: u64) -> Run {
    let mut run = Run::new("centralized-logging", 7);
    (run.outcome, run.exit_code) = (Outcome::Passed, 0);
    run.backend = "endpoint".to_owned();
    run.backend_is = Some("LocalStack 4.14.0 · OpenSearch 3.8.0".to_owned());
    run.clock = "real".to_owned();
    run.worker = Some(Worker { index, of });
    let total = &mut run.delivery.total;
    (total.generated, total.indexed) = (3_000 + index, 3_000 + index);
    run.checks = vec![Check::passed("delivery.loss", "every event is in OpenSearch")];
    run.stages = ["logs", "kinesis"].map(StageFigures::new).to_vec();
    if index == 0 {
        run.stages[1].bridge = Some("subscription".to_owned());
        run.bridges = vec!["subscription: the harness put the records on the stream".to_owned()];
        let shard_id = "shardId-000000000000".to_owned();
        let bridge = run.stages[1].bridge.clone();
        run.shards = vec![ShardFigures { shard_id, records: 9, bridge, ..ShardFigures::default() }];
    }
    run
}

fn write(folder: &str, name: &str, run: &Run) -> String {
    let file = format!("{folder}/{name}");
    std::fs::write(&file, json::write(run).unwrap()).unwrap();
    file
}

/// The files of all workers, the last one first.
fn workers(folder: &str, of: u64) -> Vec<String> {
    let name = |index: u64| format!("run-{}.json", index + 1);
    (0..of).rev().map(|index| write(folder, &name(index), &share(index, of))).collect()
}

fn merge<'a>(files: &'a [String], more: &[&'a str]) -> Vec<&'a str> {
    let files = files.iter().map(String::as_str);
    std::iter::once("merge").chain(files).chain(more.iter().copied()).collect()
}

#[test]
fn four_workers_make_one_run_whose_sums_close() {
    let folder = folder("four");
    let files = workers(&folder, 4);
    let report = format!("{folder}/merged");
    let ended = tributary(&merge(&files, &["--report", &report]));
    assert_eq!(ended.code, 0, "{}{}", ended.out, ended.err);
    for part in [
        "endpoint (LocalStack 4.14.0 · OpenSearch 3.8.0)",
        "real time",
        "kinesis ⇢",
        "⇢ carried by the harness: subscription (kinesis and the shards: the harness put",
        "✓ each of 4 workers: every event is in OpenSearch",
        "✓ 4 workers: 12 006 generated = 12 006 indexed + 0 dropped + 0 failed",
        "merged/report.html",
    ] {
        assert!(ended.out.contains(part), "{part}: {}", ended.out);
    }
    let read = |name: &str| std::fs::read_to_string(Path::new(&report).join(name)).unwrap();
    let run: Value = serde_json::from_str(&read("run.json")).unwrap();
    assert_eq!(run["worker"], Value::Null);
    assert_eq!(run["trace_sha256"], "");
    assert_eq!(run["shards"][0]["records"], 9);
    assert!(read("report.html").contains("⇢"));
    assert!(read("junit.xml").contains("merge.sums") && read("report.md").contains("kinesis ⇢"));
    assert!(!Path::new(&report).join("truth.json").exists());
}

#[test]
fn the_merged_run_file_has_standard_output_for_itself() {
    let folder = folder("json");
    let files = workers(&folder, 2);
    let report = format!("{folder}/merged");
    let ended = tributary(&merge(&files, &["--report", &report, "--json", "-"]));
    let run: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(run["delivery"]["generated"], 6_001);
    assert!(ended.err.contains("passed in"), "{}", ended.err);
    let file = format!("{folder}/one.json");
    let ended = tributary(&merge(&files, &["--report", &report, "--json", &file, "--quiet"]));
    assert_eq!((ended.code, ended.out.as_str(), ended.err.as_str()), (0, "", ""));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), json::write(&read_run(&report)).unwrap());
}

fn read_run(report: &str) -> Run {
    Run::from_json(&std::fs::read_to_string(format!("{report}/run.json")).unwrap()).unwrap()
}

#[test]
fn one_worker_that_failed_or_does_not_add_up_fails_them_all() {
    let folder = folder("failed");
    let report = format!("{folder}/merged");
    let mut failed = share(1, 2);
    (failed.outcome, failed.exit_code) = (Outcome::Failed, 99);
    let files = [write(&folder, "1", &share(0, 2)), write(&folder, "2", &failed)];
    assert_eq!(tributary(&merge(&files, &["--report", &report])).code, 99);
    let mut open = share(1, 2);
    open.delivery.total.indexed -= 1;
    let files = [write(&folder, "1", &share(0, 2)), write(&folder, "2", &open)];
    let ended = tributary(&merge(&files, &["--report", &report]));
    assert_eq!(ended.code, 100);
    assert!(ended.out.contains("worker 2 of 2: 3 001 generated ≠ 3 000 indexed"), "{}", ended.out);
}

#[test]
fn bad_input_names_the_file_and_the_way_out() {
    let folder = folder("bad");
    let files = workers(&folder, 3);
    let [third, second, first] = files.as_slice() else { panic!("three workers") };
    let broken = format!("{folder}/broken.json");
    std::fs::write(&broken, "{}").unwrap();
    let other = write(&folder, "other.json", &Run { seed: 8, ..share(1, 3) });
    let whole = write(&folder, "whole.json", &Run { worker: None, ..share(1, 3) });
    let huge = write(&folder, "huge.json", &share(7, 3));
    let report = format!("{folder}/merged");
    for (files, parts) in [
        (vec!["nowhere.json"], ["nowhere.json cannot be read", "name the run.json"]),
        (vec![folder.as_str()], ["is a folder", "run.json in it"]),
        (vec![first, &broken], ["broken.json: this is not a run file", "--json FILE"]),
        (vec![first, second], ["worker 3 of 3 is not there", "name its run file"]),
        (vec![second, third], ["worker 1 of 3 is not there", "name its run file"]),
        (vec![first, second, first], ["run-1.json and ", "worker 1 of 3 is there twice"]),
        (vec![first, &other, third], ["other.json: these are not", "seed differs, '7' and '8'"]),
        (vec![first, &whole, third], ["whole.json: this is a whole run", "leave it out"]),
        (vec![first, &huge, third], ["huge.json: it says that it is worker 8 of 3", "again"]),
    ] {
        let args = [&["merge"], files.as_slice(), &["--report", &report]].concat();
        let ended = tributary(&args);
        assert_eq!(ended.code, 2, "{args:?}: {}", ended.err);
        for part in parts {
            assert!(ended.err.contains(part), "{args:?}: {}", ended.err);
        }
        assert_eq!(ended.out, "", "{args:?}");
    }
    assert!(!Path::new(&report).exists());
    assert_eq!(tributary(&["merge"]).code, 2);
    let help = tributary(&["merge", "--help"]);
    let told: Vec<&str> = help.out.split_whitespace().collect();
    assert!(told.join(" ").contains("truth.json, is not merged"), "{}", help.out);
}

#[test]
fn a_run_that_is_read_is_never_written_over() {
    let folder = folder("spare");
    let first = write(&folder, "run.json", &share(0, 1));
    let before = std::fs::read_to_string(&first).unwrap();
    for more in [["--report", folder.as_str()], ["--json", first.as_str()]] {
        let ended = tributary(&[&["merge", first.as_str()], &more[..]].concat());
        assert_eq!(ended.code, 2, "{}", ended.out);
        assert!(ended.err.contains("would be written over"), "{}", ended.err);
        assert_eq!(std::fs::read_to_string(&first).unwrap(), before);
    }
    let nowhere = format!("{first}/below");
    let ended = tributary(&["merge", &first, "--report", &nowhere]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("cannot be written"), "{}", ended.err);
}
