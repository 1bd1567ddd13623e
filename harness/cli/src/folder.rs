//! The folder that a run leaves behind.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tributary::Truth;
use tributary_reports::{Run, html, json, junit, markdown};

use crate::Failure;
use crate::exit::Exit;

/// The folder that a run leaves behind; made, and found writable, before the run begins.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// The folder that was asked for, or the next one under `target/tributary/`.
    pub(crate) fn prepare(asked: Option<&Path>, scenario: Option<&str>) -> Result<Self, Failure> {
        let base = match asked {
            Some(folder) => folder.to_owned(),
            None => next_folder(),
        };
        let folder = match scenario {
            Some(scenario) => base.join(scenario),
            None => base,
        };
        let unwritable = |error: &std::io::Error| {
            Failure::new(
                Exit::Usage,
                format!(
                    "the report folder {} cannot be written: {error}; choose another with --report DIR",
                    folder.display()
                ),
            )
        };
        fs::create_dir_all(&folder).map_err(|error| unwritable(&error))?;
        let probe = folder.join(".tributary-probe");
        fs::write(&probe, b"").map_err(|error| unwritable(&error))?;
        fs::remove_file(&probe).map_err(|error| unwritable(&error))?;
        Ok(Self(folder))
    }

    /// The path of the page.
    pub(crate) fn page(&self) -> String {
        self.0.join("report.html").display().to_string()
    }

    /// Writes every rendering of a run, and what was sent.
    pub(crate) fn write(&self, run: &Run, truth: &[Truth]) -> Result<(), Failure> {
        let truth = serde_json::to_string(truth).map_err(unmade)?;
        self.write_run(run)?;
        write_whole(&self.0.join("truth.json"), truth.as_bytes())
    }

    /// Writes every rendering of a run.
    pub(crate) fn write_run(&self, run: &Run) -> Result<(), Failure> {
        for (name, text) in [
            ("run.json", json::write(run).map_err(unmade)?),
            ("report.html", html::write(run).map_err(unmade)?),
            ("junit.xml", junit::write(run)),
            ("report.md", markdown::write(run)),
        ] {
            write_whole(&self.0.join(name), text.as_bytes())?;
        }
        Ok(())
    }
}

fn unmade(error: impl std::fmt::Display) -> Failure {
    Failure::new(Exit::Internal, format!("the report could not be made: {error}"))
}

/// Writes a file whole or not at all: beside its place first, and then moved there.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        Failure::new(Exit::Usage, format!("{} cannot be written: {error}", path.display()))
    };
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let mut file = fs::File::create(&part).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)?;
    fs::rename(&part, path).map_err(failed)
}

/// The first free `target/tributary/DATE-N`.
fn next_folder() -> PathBuf {
    let base = Path::new("target").join("tributary");
    let today = today();
    (1_u32..)
        .map(|number| base.join(format!("{today}-{number}")))
        .find(|folder| !folder.exists())
        .unwrap_or(base)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a folder is named after the day on which it is made"
)]
fn today() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let ms = since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0));
    tributary::Timestamp::from_ms(ms).format("%Y-%m-%d")
}
