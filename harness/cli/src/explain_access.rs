//! `tributary explain-access`.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use tributary::policy::simulate_line;
use tributary::{Overrides, RunError, Scenario, lab_of};

use crate::args::ExplainAccessArgs;
use crate::exit::Exit;
use crate::run::{run_failure, scenario_failure};
use crate::{Failure, Process};

/// Answers one question about a scenario, or every request of a file.
pub(crate) fn explain_access(
    process: &mut Process<'_>,
    args: &ExplainAccessArgs,
) -> Result<u8, Failure> {
    match (&args.request, &args.caller, &args.action, &args.resource) {
        (Some(file), ..) => requests(process, file),
        (None, Some(caller), Some(action), Some(resource)) => {
            question(process, args, [caller, action, resource])
        }
        _ => Err(Failure::new(
            Exit::Usage,
            "say who, what and on what: tributary explain-access --as PRINCIPAL ACTION RESOURCE",
        )),
    }
}

/// Sets the scenario up and asks its own authorisation.
fn question(
    process: &mut Process<'_>,
    args: &ExplainAccessArgs,
    [caller, action, resource]: [&str; 3],
) -> Result<u8, Failure> {
    let scenario = Scenario::find(&args.scenario).map_err(|error| scenario_failure(&error))?;
    let members = args.members.and_then(|members| usize::try_from(members).ok());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(Exit::Internal, error))?;
    let context: Vec<(&str, &str)> =
        args.context.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let explanation = runtime
        .block_on(async {
            let overrides = Overrides { members, ..Overrides::default() };
            let lab = lab_of(&scenario, &overrides).await?;
            Ok(lab.explain(caller, action, resource, &context)?)
        })
        .map_err(|error: RunError| run_failure(&error))?;
    for line in explanation.lines() {
        writeln!(process.out, "{line}")?;
    }
    let exit = if explanation.is_allowed() { Exit::Passed } else { Exit::Delivery };
    Ok(exit.code())
}

/// Answers questions in the shape of IAM's SimulateCustomPolicy: one JSON request a line, one
/// answer a line. A request that cannot be read gets an `error` on its line.
fn requests(process: &mut Process<'_>, file: &Path) -> Result<u8, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::new(Exit::Usage, format!("{} cannot be read: {error}", file.display()))
    };
    let source: Box<dyn Read> = if file == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::fs::File::open(file).map_err(unreadable)?)
    };
    for line in BufReader::new(source).split(b'\n') {
        let line = line.map_err(unreadable)?;
        let line = String::from_utf8_lossy(&line);
        if line.trim().is_empty() {
            continue;
        }
        writeln!(process.out, "{}", simulate_line(&line))?;
    }
    Ok(Exit::Passed.code())
}
