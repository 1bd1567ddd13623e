//! `tributary merge`.

use std::io::Read;
use std::path::{Path, PathBuf};

use tributary::Run;
use tributary_reports::{MergeError, github, merge as merged};

use crate::exit::Exit;
use crate::folder::Folder;
use crate::run::{probe, show, write_json};
use crate::{Failure, Process};

/// Make one run of the runs of all workers.
#[derive(Debug, clap::Args)]
pub(crate) struct MergeArgs {
    /// The run file of each worker, in any order; - is standard input
    #[arg(value_name = "RUN.JSON", required = true)]
    files: Vec<PathBuf>,
    /// The folder for run.json and report.html; target/tributary/<run> when not said
    #[arg(long, value_name = "DIR")]
    report: Option<PathBuf>,
    /// Write run.json to this file as well; - is standard output
    #[arg(long, value_name = "FILE|-")]
    json: Option<PathBuf>,
    /// No summary
    #[arg(long, short)]
    quiet: bool,
}

/// Merges the runs, and leaves what a run leaves; the merged run's exit code.
pub(crate) fn merge(process: &mut Process<'_>, args: &MergeArgs) -> Result<u8, Failure> {
    let mut runs = Vec::new();
    for file in &args.files {
        runs.push(read(file)?);
    }
    let run = merged(&runs).map_err(|error| refused(&error, args, &runs))?;
    if let Some(file) = args.json.as_deref().filter(|file| *file != Path::new("-")) {
        spare(&args.files, file)?;
        probe(file)?;
    }
    if let Some(folder) = &args.report {
        spare(&args.files, &folder.join("run.json"))?;
    }
    let folder = Folder::prepare(args.report.as_deref(), None)?;
    folder.write_run(&run)?;
    if !args.quiet {
        show(process, args.json.as_deref(), &run, &folder)?;
    }
    if process.github {
        process.err.write_all(github::annotations(&run).as_bytes())?;
    }
    if let Some(file) = &args.json {
        write_json(process, file, std::slice::from_ref(&run))?;
    }
    Ok(run.exit_code)
}

fn read(file: &Path) -> Result<Run, Failure> {
    let usage = |sentence: String| Failure::new(Exit::Usage, sentence);
    let name = file.display();
    if file.is_dir() {
        return Err(usage(format!("{name} is a folder: name the run.json in it")));
    }
    let mut text = String::new();
    let read = if file == Path::new("-") {
        std::io::stdin().read_to_string(&mut text).map(|_| ())
    } else {
        std::fs::read_to_string(file).map(|read| text = read)
    };
    read.map_err(|error| {
        usage(format!("{name} cannot be read: {error}; name the run.json of each worker"))
    })?;
    Run::from_json(&text).map_err(|error| usage(format!("{name}: {error}")))
}

/// Why runs do not merge, with the files that it is about.
fn refused(error: &MergeError, args: &MergeArgs, runs: &[Run]) -> Failure {
    let file = |place: usize| args.files.get(place).map(|file| file.display().to_string());
    let sentence = match (error, error.place().and_then(file)) {
        (MergeError::Twice { worker, .. }, Some(second)) => {
            let first = runs.iter().position(|run| run.worker.as_ref() == Some(worker));
            let first = first.and_then(file).unwrap_or_default();
            format!("{first} and {second}: {error}")
        }
        (MergeError::Unlike { .. }, Some(other)) => {
            let first = file(0).unwrap_or_default();
            format!("{first} and {other}: {error}")
        }
        (_, Some(file)) => format!("{file}: {error}"),
        (_, None) => error.to_string(),
    };
    Failure::new(Exit::Usage, sentence)
}

/// Refuses to write over one of the runs that are read.
fn spare(files: &[PathBuf], written: &Path) -> Result<(), Failure> {
    let Ok(written) = written.canonicalize() else { return Ok(()) };
    let same = |file: &&PathBuf| file.canonicalize().is_ok_and(|file| file == written);
    match files.iter().find(same) {
        None => Ok(()),
        Some(file) => Err(Failure::new(
            Exit::Usage,
            format!(
                "the merged run would be written over {}: choose another --report or --json",
                file.display()
            ),
        )),
    }
}
