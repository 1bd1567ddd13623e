//! `tributary report`.

use std::io::Read;
use std::path::Path;

use tributary_reports::text::{TextOptions, summary};
use tributary_reports::{Run, github, html, json, junit, markdown};

use crate::args::{Format, ReportArgs};
use crate::exit::Exit;
use crate::{Failure, Process};

/// Renders a run again.
pub(crate) fn report(process: &mut Process<'_>, args: &ReportArgs) -> Result<u8, Failure> {
    let text = read(&args.file).map_err(|error| {
        Failure::new(Exit::Usage, format!("{} cannot be read: {error}", args.file.display()))
    })?;
    let run = Run::from_json(&text)
        .map_err(|error| Failure::new(Exit::Usage, format!("{}: {error}", args.file.display())))?;
    let internal = |error: &dyn std::fmt::Display| Failure::new(Exit::Internal, error);
    let rendered = match args.format {
        Format::Text => {
            let options = TextOptions { colour: process.colour, ..TextOptions::default() };
            summary(&run, &options)
        }
        Format::Html => html::write(&run).map_err(|error| internal(&error))?,
        Format::Junit => junit::write(&run),
        Format::Markdown => markdown::write(&run),
        Format::Github => github::annotations(&run),
        Format::Json => json::write(&run).map_err(|error| internal(&error))?,
    };
    process.out.write_all(rendered.as_bytes())?;
    Ok(Exit::Passed.code())
}

fn read(file: &Path) -> std::io::Result<String> {
    if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    std::fs::read_to_string(file)
}
