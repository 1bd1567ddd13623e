//! `tributary list`.

use std::path::Path;

use tributary::Scenario;

use crate::exit::Exit;
use crate::{Failure, Process};

/// Lists the scenarios that `run` knows by name.
pub(crate) fn list(process: &mut Process<'_>) -> Result<u8, Failure> {
    let mut names = Scenario::names();
    if names.is_empty() {
        names.push("centralized-logging".to_owned());
    }
    for name in names {
        let scenario = Scenario::find(&name).map_err(|error| {
            let place = Path::new("scenarios").join(&name);
            Failure::new(Exit::ScenarioInvalid, format!("{error} ({})", place.display()))
        })?;
        writeln!(process.out, "{name:24} {}", scenario.description)?;
    }
    Ok(Exit::Passed.code())
}
