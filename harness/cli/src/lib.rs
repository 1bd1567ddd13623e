//! The command `tributary`; thin: it reads arguments, calls the lab and the reports, and answers
//! with an exit code.

mod args;
mod backend;
mod check;
mod exit;
mod explain_access;
mod folder;
mod generate;
mod list;
mod merge;
mod report;
mod run;

use std::ffi::OsString;
use std::io::Write;

use clap::Parser;

use args::{Args, Command};
pub use exit::Exit;

/// A process as a value, so that each behaviour of the command is a test without one.
pub struct Process<'a> {
    /// The arguments, the command's own name first.
    pub args: Vec<OsString>,
    /// Where results go.
    pub out: &'a mut dyn Write,
    /// Where progress, summaries and errors go.
    pub err: &'a mut dyn Write,
    /// Whether the terminal shows colours.
    pub colour: bool,
    /// Whether `err` is a terminal, where progress can be shown.
    pub progress: bool,
    /// Whether it runs in a GitHub workflow.
    pub github: bool,
}

/// Why a command ends early: an exit code and a sentence.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    sentence: String,
}

impl Failure {
    pub(crate) fn new(exit: Exit, sentence: impl ToString) -> Self {
        Self { exit, sentence: sentence.to_string() }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            // Whoever reads has seen enough.
            return Self::new(Exit::Passed, "");
        }
        Self::new(Exit::Internal, format!("the answer could not be written: {error}"))
    }
}

/// Runs the command; its exit code.
pub fn run(process: &mut Process<'_>) -> u8 {
    let args = match Args::try_parse_from(&process.args) {
        Ok(args) => args,
        Err(error) => {
            let text = error.render();
            let written = if error.use_stderr() {
                write!(process.err, "{text}")
            } else {
                write!(process.out, "{text}")
            };
            return match (error.use_stderr(), written) {
                (true, _) => Exit::Usage.code(),
                (false, Ok(())) => Exit::Passed.code(),
                (false, Err(_)) => Exit::Internal.code(),
            };
        }
    };
    let outcome = match args.command {
        Command::Run(args) => run::run(process, &args, None),
        Command::Load(args) => run::run(process, &args.run, Some(args.worker)),
        Command::List(args) => list::list(process, &args),
        Command::Report(args) => report::report(process, &args),
        Command::Merge(args) => merge::merge(process, &args),
        Command::Generate(args) => generate::generate(process, &args),
        Command::Check(args) => check::check(process, &args),
        Command::ExplainAccess(args) => explain_access::explain_access(process, &args),
    };
    match outcome {
        Ok(exit) => exit,
        Err(failure) if failure.sentence.is_empty() => failure.exit.code(),
        Err(failure) => {
            // When not even the error can be written, the exit code still tells.
            let _ = writeln!(process.err, "error: {}", failure.sentence);
            failure.exit.code()
        }
    }
}
