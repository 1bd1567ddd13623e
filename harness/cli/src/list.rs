//! `tributary list`.

use std::path::Path;

use tributary::{Scenario, Step};

use crate::args::ListArgs;
use crate::exit::Exit;
use crate::{Failure, Process};

/// Lists the scenarios that `run` knows by name, or the steps of the set-up.
pub(crate) fn list(process: &mut Process<'_>, args: &ListArgs) -> Result<u8, Failure> {
    if args.steps {
        for step in Step::ALL {
            writeln!(process.out, "{:32} {}", step.name(), step.about())?;
        }
        return Ok(Exit::Passed.code());
    }
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
