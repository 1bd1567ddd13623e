//! The folder that a run leaves behind.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tributary::Truth;
use tributary_reports::{Run, html, json, junit, markdown};

use crate::Failure;
use crate::exit::Exit;

/// The folder that a run leaves behind; made, and found writable, before the run begins.
pub(crate) struct Folder {
    path: PathBuf,
    /// Whether nobody named it: then it is this run's alone.
    own: bool,
}

impl Folder {
    /// The folder that was asked for, or the next one under `target/tributary/`.
    pub(crate) fn prepare(asked: Option<&Path>, scenario: Option<&str>) -> Result<Self, Failure> {
        let base = match asked {
            Some(folder) => folder.to_owned(),
            None => claim(Path::new("target").join("tributary"))?,
        };
        let folder = match scenario {
            Some(scenario) => base.join(scenario),
            None => base,
        };
        fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
        let probe = folder.join(".tributary-probe");
        fs::write(&probe, b"").map_err(|error| unwritable(&folder, &error))?;
        fs::remove_file(&probe).map_err(|error| unwritable(&folder, &error))?;
        Ok(Self { path: folder, own: asked.is_none() })
    }

    /// Leaves nothing of a run that left nothing.
    pub(crate) fn discard(self) {
        if self.own {
            // Only what is empty goes; should it not, it is only a folder too many.
            let _ = fs::remove_dir(self.path);
        }
    }

    /// The path of the page.
    pub(crate) fn page(&self) -> String {
        self.path.join("report.html").display().to_string()
    }

    /// Writes every rendering of a run, and what was sent.
    pub(crate) fn write(&self, run: &Run, truth: &[Truth]) -> Result<(), Failure> {
        let truth = serde_json::to_string(truth).map_err(unmade)?;
        self.write_run(run)?;
        write_whole(&self.path.join("truth.json"), truth.as_bytes())
    }

    /// Writes every rendering of a run.
    pub(crate) fn write_run(&self, run: &Run) -> Result<(), Failure> {
        for (name, text) in [
            ("run.json", json::write(run).map_err(unmade)?),
            ("report.html", html::write(run).map_err(unmade)?),
            ("junit.xml", junit::write(run)),
            ("report.md", markdown::write(run)),
        ] {
            write_whole(&self.path.join(name), text.as_bytes())?;
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

fn unwritable(folder: &Path, error: &std::io::Error) -> Failure {
    let folder = folder.display();
    let sentence = format!(
        "the report folder {folder} cannot be written: {error}; choose another with --report DIR"
    );
    Failure::new(Exit::Usage, sentence)
}

/// Makes the first free `target/tributary/DATE-N`. Whoever makes it has it: runs that begin at the same
/// time, such as workers, get one each.
fn claim(base: PathBuf) -> Result<PathBuf, Failure> {
    fs::create_dir_all(&base).map_err(|error| unwritable(&base, &error))?;
    let today = today();
    for number in 1_u32.. {
        let folder = base.join(format!("{today}-{number}"));
        match fs::create_dir(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(unwritable(&folder, &error)),
        }
    }
    Ok(base)
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn runs_that_begin_together_get_a_folder_each() {
        let base = std::env::temp_dir().join(format!("tributary-claim-{}", std::process::id()));
        let claimed: std::collections::BTreeSet<PathBuf> = std::thread::scope(|scope| {
            let claims: Vec<_> =
                (0..8).map(|_| scope.spawn(|| claim(base.clone()).unwrap())).collect();
            claims.into_iter().map(|claim| claim.join().unwrap()).collect()
        });
        fs::remove_dir_all(&base).unwrap();
        assert_eq!(claimed.len(), 8);
    }
}
