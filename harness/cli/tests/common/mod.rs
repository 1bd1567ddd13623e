//! The command, called as a function.

use tributary_cli::{Process, run};

/// How a command ended.
pub struct Ended {
    pub code: u8,
    pub out: String,
    pub err: String,
}

/// Runs `tributary` with these arguments.
pub fn tributary(args: &[&str]) -> Ended {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = std::iter::once("tributary").chain(args.iter().copied()).map(Into::into).collect();
    let code = run(&mut Process {
        args,
        out: &mut out,
        err: &mut err,
        colour: false,
        progress: false,
        github: false,
    });
    Ended { code, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}
