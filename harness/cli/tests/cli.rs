//! The command, as a process made of values: arguments in, streams and an exit code out.

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

use common::tributary;

/// A folder of this test, empty at first.
fn folder(name: &str) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    folder.to_string_lossy().into_owned()
}

/// A run that is over in a moment, and where it shall be written.
fn small<'a>(report: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["run", "--rate", "20", "--for", "60s", "--report", report], more].concat()
}

#[test]
fn a_run_leaves_its_files_and_a_summary() {
    let report = folder("passed");
    let ended = tributary(&small(&report, &[]));
    assert_eq!(ended.code, 0, "{}{}", ended.out, ended.err);
    assert!(ended.out.contains("✓ every event is in OpenSearch (1 200 of 1 200)"), "{}", ended.out);
    assert!(ended.out.contains("report.html"), "{}", ended.out);
    let read = |name: &str| std::fs::read_to_string(Path::new(&report).join(name)).unwrap();
    let run: Value = serde_json::from_str(&read("run.json")).unwrap();
    assert_eq!(run["schema"], "tributary.run/1");
    assert_eq!(run["delivery"]["generated"], 1_200);
    assert_eq!(run["delivery"]["indexed"], 1_200);
    assert_eq!(run["delivery"]["backed_up"], 1_200);
    assert!(read("report.html").starts_with("<!"));
    assert!(read("junit.xml").contains("delivery.loss"));
    let again = tributary(&["report", &format!("{report}/run.json")]);
    assert_eq!(again.code, 0);
    assert!(again.out.contains("✓ every event is in OpenSearch"), "{}", again.out);
}

#[test]
fn the_run_file_has_standard_output_for_itself() {
    let report = folder("json");
    let ended = tributary(&small(&report, &["--json", "-", "--seed", "5", "--members", "3"]));
    assert_eq!(ended.code, 0);
    let run: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(run["seed"], 5);
    assert_eq!(run["delivery"]["by_account"].as_object().unwrap().len(), 4);
    assert!(ended.err.contains("passed in"), "{}", ended.err);
    let quiet = tributary(&small(&report, &["--json", "-", "--quiet"]));
    assert_eq!(quiet.err, "");
}

#[test]
fn a_planted_fault_ends_with_100_and_names_the_events() {
    let report = folder("planted");
    let ended = tributary(&small(&report, &["--inject", "loss@kinesis:2"]));
    assert_eq!(ended.code, 100, "{}", ended.out);
    assert!(ended.out.contains("delivery.loss"), "{}", ended.out);
    assert!(ended.out.contains("--inject loss@kinesis:2"), "it can be repeated: {}", ended.out);
}

#[test]
fn bad_input_gets_a_sentence_and_its_exit_code() {
    let report = folder("bad");
    let file = folder("a-file");
    std::fs::write(&file, "").unwrap();
    let inside_file = format!("{file}/below");
    let scenario = folder("scenario");
    std::fs::create_dir_all(&scenario).unwrap();
    std::fs::write(format!("{scenario}/scenario.yaml"), "name: x\nlod: []\n").unwrap();
    for (args, code, part) in [
        (vec!["run", "nothing"], 2, "no scenario 'nothing'"),
        (vec!["run", &scenario], 103, "lod"),
        (vec!["run", "--seed", "seven"], 2, "seven"),
        (vec!["run", "--rate", "fast"], 2, "'fast' is not a rate"),
        (vec!["run", "--rate", "-5"], 2, "'-5' is not a rate"),
        (vec!["run", "--for", "99999h"], 2, "rate times duration"),
        (vec!["run", "--rate", "0"], 2, "'0' is not a rate"),
        (vec!["run", "--for", "ever"], 2, "'ever' is not a duration"),
        (vec!["run", "--members", "0"], 2, "1..=1000"),
        (vec!["run", "--shards", "501"], 2, "1..=500"),
        (vec!["run", "--transform", "builtin:x"], 2, "no transform 'builtin:x'"),
        (vec!["run", "--inject", "loss@lambda"], 2, "no stage 'lambda'"),
        (vec!["run", "--inject", "theft@s3"], 2, "no fault 'theft'"),
        (vec!["run", "--clock", "lunar"], 2, "no clock 'lunar'"),
        (vec!["run", "--backend", "other"], 2, "embedded"),
        (
            vec!["run", "--backend", "containers", "--aws", "http://127.0.0.1:1"],
            2,
            "leave --backend",
        ),
        (vec!["run", "--report", &inside_file], 2, "cannot be written"),
        (vec!["run", "--json", &inside_file], 2, "cannot be written"),
        (vec!["report", "nowhere.json"], 2, "nowhere.json cannot be read"),
        (vec!["report", &file], 2, "not a run file"),
        (vec!["fly"], 2, "fly"),
        (vec![], 2, "Usage"),
    ] {
        let ended = tributary(&args);
        assert_eq!(ended.code, code, "{args:?}: {}", ended.err);
        assert!(ended.err.contains(part), "{args:?}: {}", ended.err);
        assert_eq!(ended.out, "", "{args:?}");
    }
    assert!(!Path::new(&report).exists());
}

#[test]
fn help_and_version_are_no_errors() {
    let help = tributary(&["--help"]);
    assert_eq!(help.code, 0);
    let told: Vec<&str> = help.out.split_whitespace().collect();
    let told = told.join(" ");
    assert!(told.contains("Exit codes:") && told.contains("103 scenario invalid"));
    assert_eq!(tributary(&["run", "--help"]).code, 0);
    assert!(tributary(&["--version"]).out.starts_with("tributary "));
}
