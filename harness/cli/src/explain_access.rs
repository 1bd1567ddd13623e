//! `tributary explain-access`.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use tributary::policy::simulate_line;

use crate::args::ExplainAccessArgs;
use crate::exit::Exit;
use crate::{Failure, Process};

/// Answers questions in the shape of IAM's SimulateCustomPolicy: one JSON request a line, one
/// answer a line. A request that cannot be read gets an `error` on its line.
pub(crate) fn explain_access(
    process: &mut Process<'_>,
    args: &ExplainAccessArgs,
) -> Result<u8, Failure> {
    let source: Box<dyn Read> = if args.request == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        let file = std::fs::File::open(&args.request).map_err(|error| {
            Failure::new(Exit::Usage, format!("{} cannot be read: {error}", args.request.display()))
        })?;
        Box::new(file)
    };
    for line in BufReader::new(source).split(b'\n') {
        let line = line.map_err(|error| {
            Failure::new(Exit::Usage, format!("{} cannot be read: {error}", args.request.display()))
        })?;
        let line = String::from_utf8_lossy(&line);
        if line.trim().is_empty() {
            continue;
        }
        writeln!(process.out, "{}", simulate_line(&line))?;
    }
    Ok(Exit::Passed.code())
}
