//! `tributary check`.

use std::path::Path;

use serde_json::{Value, json};
use tributary::policy::lint::Severity;
use tributary::{Check, Scenario, check_scenario};

use crate::args::CheckArgs;
use crate::exit::Exit;
use crate::folder::write_whole;
use crate::run::{probe, scenario_failure};
use crate::{Failure, Process};

/// Checks every scenario that was named: the verdict of each first, then what was found.
pub(crate) fn check(process: &mut Process<'_>, args: &CheckArgs) -> Result<u8, Failure> {
    let to_stdout = args.json.as_deref() == Some(Path::new("-"));
    if let Some(file) = args.json.as_deref().filter(|_| !to_stdout) {
        probe(file)?;
    }
    let members = args.members.and_then(|members| usize::try_from(members).ok());
    let mut checks = Vec::new();
    for name in &args.scenarios {
        let scenario = Scenario::find(name).map_err(|error| scenario_failure(&error))?;
        let check = check_scenario(&scenario, members).map_err(|error| scenario_failure(&error))?;
        checks.push(check);
    }
    let text: String = checks.iter().map(|check| rendered(check, args.strict)).collect();
    let stream: &mut dyn std::io::Write = if to_stdout { process.err } else { process.out };
    stream.write_all(text.as_bytes())?;
    if let Some(file) = &args.json {
        let json = format!("{}\n", as_json(&checks));
        if to_stdout {
            process.out.write_all(json.as_bytes())?;
        } else {
            write_whole(file, json.as_bytes())?;
        }
    }
    let failed = checks.iter().any(|check| fails(check, args.strict));
    Ok(if failed { Exit::ScenarioInvalid } else { Exit::Passed }.code())
}

fn fails(check: &Check, strict: bool) -> bool {
    check.count(Severity::Error) > 0 || strict && check.count(Severity::Warning) > 0
}

fn rendered(check: &Check, strict: bool) -> String {
    let mark = if fails(check, strict) { "✗" } else { "✓" };
    let mut text = format!(
        "{mark} {}: {}, {}, {}\n",
        check.scenario,
        counted(check.documents, "policy", "policies"),
        counted(check.count(Severity::Error), "error", "errors"),
        counted(check.count(Severity::Warning), "warning", "warnings"),
    );
    for finding in &check.findings {
        text.push_str(&format!(
            "\n{}  {}  {}\n    mend  {}  [{}]\n",
            finding.place(),
            finding.severity.name(),
            finding.sentence,
            finding.mend,
            finding.id,
        ));
    }
    text
}

fn counted(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}

fn as_json(checks: &[Check]) -> Value {
    let scenarios: Vec<Value> = checks
        .iter()
        .map(|check| {
            let findings: Vec<Value> = check
                .findings
                .iter()
                .map(|finding| {
                    json!({
                        "file": finding.file,
                        "line": finding.position.map(|at| at.line),
                        "column": finding.position.map(|at| at.column),
                        "severity": finding.severity.name(),
                        "id": finding.id,
                        "sentence": finding.sentence,
                        "mend": finding.mend,
                    })
                })
                .collect();
            json!({
                "scenario": check.scenario,
                "documents": check.documents,
                "errors": check.count(Severity::Error),
                "warnings": check.count(Severity::Warning),
                "findings": findings,
            })
        })
        .collect();
    json!({ "schema": "tributary.check/1", "scenarios": scenarios })
}
