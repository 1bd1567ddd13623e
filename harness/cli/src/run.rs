//! `tributary run`.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tributary::{
    Backend, Ended, Error, Overrides, ProvisionError, Run, RunError, Scenario, ScenarioError,
    Worker, run_to_end,
};
use tributary_reports::text::{TextOptions, summary};
use tributary_reports::{github, json};

use crate::args::RunArgs;
use crate::exit::Exit;
use crate::folder::{Folder, write_whole};
use crate::{Failure, Process};

/// Runs every scenario that was named; the worst of their exit codes.
pub(crate) fn run(
    process: &mut Process<'_>,
    args: &RunArgs,
    worker: Option<Worker>,
) -> Result<u8, Failure> {
    let overrides = overrides(args, worker)?;
    let mut scenarios = Vec::new();
    for name in &args.scenarios {
        scenarios.push(Scenario::find(name).map_err(|error| scenario_failure(&error))?);
    }
    if let Some(file) = args.json.as_deref().filter(|file| *file != Path::new("-")) {
        probe(file)?;
    }
    let mut runs = Vec::new();
    let many = scenarios.len() > 1;
    for scenario in &scenarios {
        let folder =
            Folder::prepare(args.report.as_deref(), many.then_some(scenario.name.as_str()))?;
        let Ended { run, truth, left } = match run_one(process, scenario, &overrides) {
            Ok(ended) => ended,
            Err(failure) => {
                folder.discard();
                return Err(failure);
            }
        };
        folder.write(&run, &truth)?;
        for sentence in left {
            writeln!(process.err, "left behind: {sentence}")?;
        }
        if !args.quiet {
            show(process, args.json.as_deref(), &run, &folder)?;
        }
        if process.github {
            process.err.write_all(github::annotations(&run).as_bytes())?;
        }
        runs.push(run);
    }
    if let Some(file) = &args.json {
        write_json(process, file, &runs)?;
    }
    Ok(runs.iter().map(|run| run.exit_code).max().unwrap_or(Exit::NothingSelected.code()))
}

fn overrides(args: &RunArgs, worker: Option<Worker>) -> Result<Overrides, Failure> {
    let backend = args.backend.backend()?;
    if worker.is_some() && !matches!(backend, Backend::Endpoint(_)) {
        return Err(Failure::new(
            Exit::Usage,
            "workers share an endpoint: name it with --aws, such as --aws http://127.0.0.1:4566",
        ));
    }
    Ok(Overrides {
        seed: args.seed,
        clock: args.clock,
        members: args.members.and_then(|members| usize::try_from(members).ok()),
        shards: args.shards,
        rate: args.rate,
        lasting: args.lasting,
        transform: args.transform.clone(),
        incidents: args.incident.clone(),
        injects: args.inject.clone(),
        backend,
        strict: args.backend.strict,
        replace: args.backend.replace,
        worker,
        tell: None,
    })
}

/// Runs one scenario on a runtime of its own, until it ends or somebody interrupts.
fn run_one(
    process: &mut Process<'_>,
    scenario: &Scenario,
    overrides: &Overrides,
) -> Result<Ended, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Failure::new(Exit::Internal, error))?;
    let embedded = matches!(overrides.backend, Backend::Embedded);
    let (told, mut hears) = tokio::sync::mpsc::unbounded_channel();
    let scenario = scenario.clone();
    let tell = move |sentence: &str| {
        // Nobody hears when the run was interrupted.
        let _ = told.send(sentence.to_owned());
    };
    let overrides = Overrides { tell: Some(Arc::new(tell)), ..overrides.clone() };
    let outcome = runtime.block_on(async {
        let mut work = tokio::spawn(async move { run_to_end(&scenario, &overrides).await });
        let mut interrupted = std::pin::pin!(interrupted());
        loop {
            tokio::select! {
                outcome = &mut work => return Some(outcome),
                Some(sentence) = hears.recv() => {
                    // A run goes on when nobody can be told how it does.
                    let _ = writeln!(process.err, "{sentence}");
                }
                () = &mut interrupted => break,
            }
        }
        if !embedded {
            // What the run holds, it removes when it is dropped.
            work.abort();
            let _ = writeln!(process.err, "interrupted");
            let _ = tokio::time::timeout(REMOVAL, work).await;
        }
        None
    });
    // A run on virtual time holds its thread until it ends; nobody waits for it any more.
    runtime.shutdown_background();
    while let Ok(sentence) = hears.try_recv() {
        let _ = writeln!(process.err, "{sentence}");
    }
    match outcome {
        None => Err(Failure::new(Exit::Interrupted, "interrupted; nothing was written")),
        Some(Err(panic)) => Err(Failure::new(Exit::Internal, panic)),
        Some(Ok(Err(error))) => Err(run_failure(&error)),
        Some(Ok(Ok(ended))) => Ok(ended),
    }
}

/// How long an interrupted run may take to remove what it set up.
const REMOVAL: Duration = Duration::from_secs(120);

/// Waits for Ctrl-C, or for SIGTERM.
async fn interrupted() {
    #[cfg(unix)]
    if let Ok(mut terminated) =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
    {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
        return;
    }
    // Where no signal can be waited for, none interrupts in an orderly way.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Shows the summary; `json` is where the run file goes.
pub(crate) fn show(
    process: &mut Process<'_>,
    json: Option<&Path>,
    run: &Run,
    folder: &Folder,
) -> Result<(), Failure> {
    let text = summary(
        run,
        &TextOptions {
            colour: process.colour,
            report: Some(folder.page()),
            ..TextOptions::default()
        },
    );
    // The summary makes way when standard output is for the run file.
    let to_stderr = json == Some(Path::new("-"));
    let stream: &mut dyn std::io::Write = if to_stderr { process.err } else { process.out };
    match stream.write_all(text.as_bytes()) {
        // Whoever reads has seen enough; how the run ended is told by the exit code all the same.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// Writes the runs to the file that `--json` names, or to standard output.
pub(crate) fn write_json(
    process: &mut Process<'_>,
    file: &Path,
    runs: &[Run],
) -> Result<(), Failure> {
    let mut text = String::new();
    for run in runs {
        let run = json::write(run).map_err(|error| Failure::new(Exit::Internal, error))?;
        text.push_str(&run);
    }
    if file == Path::new("-") {
        process.out.write_all(text.as_bytes())?;
        return Ok(());
    }
    write_whole(file, text.as_bytes())
}

/// Finds out before the run whether its file can be written.
pub(crate) fn probe(file: &Path) -> Result<(), Failure> {
    let folder = match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    if folder.is_dir() && !file.is_dir() {
        return Ok(());
    }
    let reason = if file.is_dir() { "it is a folder" } else { "its folder does not exist" };
    Err(Failure::new(Exit::Usage, format!("--json {} cannot be written: {reason}", file.display())))
}

pub(crate) fn scenario_failure(error: &ScenarioError) -> Failure {
    let exit = match error {
        ScenarioError::Unknown { .. } => Exit::Usage,
        _ => Exit::ScenarioInvalid,
    };
    Failure::new(exit, error)
}

pub(crate) fn run_failure(error: &RunError) -> Failure {
    let exit = match error {
        RunError::Scenario(_) => Exit::ScenarioInvalid,
        RunError::Lab(
            Error::Range { .. } | Error::Plan(_) | Error::Account { .. } | Error::Question(_),
        ) => Exit::Usage,
        RunError::Lab(
            Error::Transform(_)
            | Error::FlowFormat(_)
            | Error::Provision(ProvisionError::Malformed { .. } | ProvisionError::Organization(_)),
        ) => Exit::ScenarioInvalid,
        RunError::Lab(Error::Backend(_) | Error::Provision(ProvisionError::Backend(_))) => {
            Exit::BackendUnavailable
        }
        RunError::Lab(_) => Exit::Internal,
    };
    Failure::new(exit, error)
}
