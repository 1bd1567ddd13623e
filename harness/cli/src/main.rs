//! The command `tributary`.

use std::io::{IsTerminal, stderr, stdout};
use std::process::ExitCode;

use tributary_cli::{Process, run};

fn main() -> ExitCode {
    let mut out = stdout().lock();
    let mut err = stderr();
    let progress = err.is_terminal();
    let colour = progress && std::env::var_os("NO_COLOR").is_none();
    let code = run(&mut Process {
        args: std::env::args_os().collect(),
        out: &mut out,
        err: &mut err,
        colour,
        progress,
        github: std::env::var_os("GITHUB_ACTIONS").is_some(),
    });
    ExitCode::from(code)
}
